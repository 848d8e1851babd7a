import { expect, test } from '../support/modes/modes-test.js';
import { getProfile } from '../support/modes/profile.js';
import { findTokenShapes } from '../support/modes/token-shapes.js';
import { findLeaks } from '../support/leaks.js';
import { runInOneEngine } from '../support/one-engine.js';
import { passTime } from '../support/pass-time.js';

runInOneEngine(test);

/** The names of what the page can read: stored entries, records of databases, cookies. */
async function ownNames(): Promise<string[]> {
  const databases = await indexedDB.databases();
  const records = await Promise.all(databases.map(({ name = '' }) => recordKeys(name)));
  return [
    ...records.flat(),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...document.cookie.split('; ').map((cookie) => `cookie ${cookie}`),
  ];

  async function recordKeys(name: string): Promise<string[]> {
    const database = await settle(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const keys = await Promise.all(
      stores.map((store) => settle(database.transaction(store).objectStore(store).getAllKeys())),
    );
    database.close();
    return keys.flat().map((key) => `record ${JSON.stringify(key)}`);
  }

  function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
    });
  }
}

test.describe('refresh-token', () => {
  test('refresh-token stores tokens in its one record only', async ({ context, publisher }) => {
    const page = await publisher.open(context);
    await publisher.logIn(page);
    const names = await page.evaluate(ownNames);
    expect(names.filter((name) => /^record .*\/tokens"$/.test(name))).toHaveLength(1);
  });
});

test.describe('token-handler', () => {
  test.use({ setUp: { mode: 'token-handler', issuer: 'cross-site' } });

  test('scripts can read only the snapshot and the hint of a token-handler session', async ({
    context,
    publisher,
  }) => {
    const page = await publisher.open(context);
    await publisher.logIn(page);
    await passTime(publisher.site, page, { hours: 2 });
    await page.evaluate(getProfile);
    expect((await page.evaluate(ownNames)).sort()).toEqual([
      'cookie sesamy_is_authenticated=true',
      expect.stringMatching(/@token-handler$/),
      expect.stringMatching(/@token-handler\/logins$/),
      expect.stringMatching(/@token-handler\/tab$/),
    ]);
    const failure = await page.evaluate(() =>
      session.getAccessToken().catch(({ code }: { code: string }) => code),
    );
    expect(failure).toBe('invalid_configuration');
  });

  test('the search finds the encrypted cookies and responses through the proxy', async ({
    context,
    publisher,
  }) => {
    const page = await publisher.open(context);
    await publisher.logIn(page);
    const kinds = [...publisher.site.secrets.values()];
    expect(kinds).toEqual(expect.arrayContaining(['cookie at', 'cookie __Host-rt', 'code']));
    const paths = publisher.site.ownResponses.map(({ path }) => path);
    expect(paths).toContain('/sesamy/auth/userinfo');
  });

  test('the search finds a token in a response, a refresh token in the page and a cookie in the page', async ({
    context,
    publisher,
    consoleGuard,
  }) => {
    const { site } = publisher;
    const page = await publisher.open(context);
    await publisher.logIn(page);
    const [family] = site.mock.control.refreshTokens.list();
    const [encrypted] = [...site.secrets].find(([, kind]) => kind === 'cookie __Host-rt') ?? [];
    await page.evaluate(
      ([refreshToken, cookie]) => {
        sessionStorage.setItem('mine', `${refreshToken}.rest`);
        window.name = cookie;
      },
      [String(family?.tokens[0]?.id), String(encrypted)] as const,
    );
    site.ownResponses.push({ path: '/planted', body: '{"t":"eyJhbGciOiJub25lIn0.e30."}' });
    expect(await findTokenShapes(context, site)).toEqual([
      'the window name',
      'sessionStorage',
      'the response of /planted',
    ]);
    expect(await findLeaks(context, site, consoleGuard)).toEqual([
      'cookie __Host-rt in the window name',
    ]);
    site.ownResponses.length = 0;
    await page.close();
  });
});

test.describe('sso-cookie', () => {
  test.use({ setUp: { mode: 'sso-cookie', issuer: 'same-site' } });

  test('sso-cookie stores no token', async ({ context, publisher }) => {
    const page = await publisher.open(context);
    await publisher.logIn(page);
    await page.reload();
    const token = await page.evaluate(() => session.getAccessToken());
    expect(token).toMatch(/^eyJ/);
    const names = await page.evaluate(ownNames);
    expect(names.filter((name) => /^record .*\/tokens"$/.test(name))).toEqual([]);
    expect(await findTokenShapes(context, publisher.site)).toEqual([]);
  });
});
