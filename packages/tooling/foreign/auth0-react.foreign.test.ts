import type { Browser, Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { launchChromium, serve, startMock, type Mock, type Running } from './site.js';

let project: Project;
let browser: Browser;

beforeAll(async () => {
  project = await openProject('auth0');
  browser = await launchChromium();
}, INSTALL_LIMIT_MS);
afterAll(() => browser?.close());

const libraries = [
  ['@auth0/auth0-react', 'tsconfig.json', {}],
  ['@sesamy-kit/react/auth0', 'tsconfig.ours.json', { AUTH0_LIBRARY: '@sesamy-kit/react/auth0' }],
] as const;

// One app, whose source is the same: only the alias differs.
describe.each(libraries)('an app of auth0-react with %s', (name, types, env) => {
  let site: Running;
  let mock: Mock;

  beforeAll(async () => {
    const out = `dist-${types.replace('.json', '')}`;
    site = await serve(join(project.directory, 'app', out), { isSpa: true });
    mock = await startMock(project, site.url);
    await project.run(
      'vite',
      ['build', 'app', '--config=app/vite.config.ts', `--outDir=${out}`, '--logLevel=warn'],
      { ...env, VITE_DOMAIN: mock.url.replace(/\/$/, '') },
    );
  }, INSTALL_LIMIT_MS);
  afterAll(async () => {
    await site?.close();
    await mock?.close();
  });

  async function open(path = ''): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(site.url + path);
    return page;
  }

  const click = (page: Page, button: string): Promise<void> =>
    page.getByRole('button', { name: button, exact: true }).click();
  const result = async (page: Page, button: string): Promise<string> => {
    await click(page, button);
    const output = page.locator('output', { hasText: new RegExp(`^${button} `) });
    return (await output.textContent())?.slice(button.length + 1) ?? '';
  };
  const signIn = (page: Page): Promise<void> => page.getByRole('button', { name: /ada/i }).click();
  const greeting = (page: Page): Promise<void> =>
    page.getByRole('heading', { name: 'Hello Ada Lovelace' }).waitFor();

  async function openSignedIn(): Promise<Page> {
    const page = await open();
    await click(page, 'log in');
    await signIn(page);
    await greeting(page);
    return page;
  }

  test(
    `an app of auth0-react compiles with the types of ${name}`,
    () => project.run('tsc', ['-p', `app/${types}`]),
    RUN_LIMIT_MS,
  );

  test(`the build with ${name} has code of that library only`, () => {
    const assets = join(project.directory, 'app', `dist-${types.replace('.json', '')}`, 'assets');
    const code = readdirSync(assets).map((file) => readFileSync(join(assets, file), 'utf8'));
    const has = (text: string): boolean => code.some((one) => one.includes(text));
    expect([has('auth0spajs'), has('sesamy-kit')]).toEqual(
      name === '@auth0/auth0-react' ? [true, false] : [false, true],
    );
  });

  test(
    `${name} logs in by redirect, with the appState and the user for onRedirectCallback`,
    async () => {
      const page = await openSignedIn();
      expect(page.url()).toBe(`${site.url}deep?x=1`);
      const returned = await page.evaluate(() => sessionStorage.getItem('returned'));
      expect(returned).toBe('{"note":"hello","name":"Ada Lovelace"}');
      await page.getByText('Badge: ada@example.com').waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} stays logged in over a reload`,
    async () => {
      const page = await openSignedIn();
      await page.reload();
      await greeting(page);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} passes the URL of the login to openUrl`,
    async () => {
      const page = await open();
      expect(await result(page, 'log in by URL')).toBe('"/authorize"');
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} resolves to tokens, their details and the cached one`,
    async () => {
      const page = await openSignedIn();
      expect(await result(page, 'token')).toBe('[3,true,true,true]');
      const renewals = (): number => mock.server.control.requests.count({ grant: 'refresh_token' });
      const before = renewals();
      expect(await result(page, 'new token')).toBe('"string"');
      expect(renewals()).toBe(before + 1);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} resolves to the claims of the ID Token`,
    async () => {
      const page = await openSignedIn();
      expect(await result(page, 'claims')).toBe('["email|ada",true,"publisher-web"]');
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} sends requests with a fetcher`,
    async () => {
      const page = await openSignedIn();
      expect(await result(page, 'profile')).toBe('200');
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} has the configuration, and no token of a visitor`,
    async () => {
      const page = await open();
      expect(await result(page, 'configuration')).toBe('"publisher-web"');
      expect(await result(page, 'token or code')).toMatch(TOKEN_OF_VISITOR);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} redirects a visitor of a guarded page and returns to it`,
    async () => {
      const page = await open('members');
      await signIn(page);
      await page.getByRole('heading', { name: 'For members' }).waitFor();
      expect(page.url()).toBe(`${site.url}members`);
      const [before, returned] = await page.evaluate(() => [
        sessionStorage.getItem('before'),
        sessionStorage.getItem('returned'),
      ]);
      expect([before, returned]).toEqual(['called', '{"note":"guard","name":"Ada Lovelace"}']);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} has the server's error of a cancelled login`,
    async () => {
      const page = await open();
      await click(page, 'log in');
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('access_denied');
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} leaves the callback to handleRedirectCallback with skipRedirectCallback`,
    async () => {
      const page = await open();
      await page.evaluate(() => sessionStorage.setItem('manual', '1'));
      await page.reload();
      await click(page, 'log in');
      await signIn(page);
      await page.getByRole('button', { name: 'callback', exact: true }).waitFor();
      expect(await result(page, 'callback')).toBe('"hello"');
      await greeting(page);
      expect(await page.evaluate(() => sessionStorage.getItem('returned'))).toBeNull();
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} logs out at the server`,
    async () => {
      const page = await openSignedIn();
      await click(page, 'log out');
      await page.getByRole('heading', { name: 'Hello visitor' }).waitFor();
      expect(page.url()).toBe(site.url);
      await page.reload();
      await page.getByRole('heading', { name: 'Hello visitor' }).waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} logs out in this browser with openUrl false`,
    async () => {
      const page = await openSignedIn();
      await click(page, 'log out here');
      await page.getByRole('heading', { name: 'Hello visitor' }).waitFor();
      expect(page.url()).toBe(`${site.url}deep?x=1`);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} logs in by popup`,
    async () => {
      const page = await open();
      const opening = page.waitForEvent('popup');
      await click(page, 'log in by popup');
      await signIn(await opening);
      await greeting(page);
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} has an error with the code cancelled when the popup is closed`,
    async () => {
      const page = await open();
      const opening = page.waitForEvent('popup');
      await click(page, 'log in by popup');
      const popup = await opening;
      await popup.getByRole('button', { name: /ada/i }).waitFor();
      await popup.close();
      expect(await page.getByRole('alert').textContent()).toBe('cancelled: cancelled');
    },
    RUN_LIMIT_MS,
  );

  test(
    `${name} resolves to a token by popup`,
    async () => {
      const page = await openSignedIn();
      const opening = page.waitForEvent('popup');
      await click(page, 'token by popup');
      const popup = await opening;
      // The server has a session, so there may be nothing to click.
      const isAsked = popup.getByRole('button', { name: /ada/i });
      await Promise.race([popup.waitForEvent('close'), isAsked.click()]).catch(() => {});
      await page.locator('output', { hasText: 'token by popup "string"' }).waitFor();
    },
    RUN_LIMIT_MS,
  );
});

test(
  'a reader who has logged in with auth0-react stays logged in when the app moves, without a login',
  async () => {
    const site = await serve(join(project.directory, 'app/dist-moving'), { isSpa: true });
    onTestFinished(site.close);
    const mock = await startMock(project, site.url);
    onTestFinished(mock.close);
    const build = (env: Record<string, string>): Promise<string> =>
      project.run(
        'vite',
        ['build', 'app', '--config=app/vite.config.ts', '--outDir=dist-moving', '--logLevel=warn'],
        { ...env, VITE_DOMAIN: mock.url.replace(/\/$/, '') },
      );
    const requests = (path: string): number =>
      mock.server.control.requests.list().filter((request) => request.path === path).length;

    await build({});
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(site.url);
    await page.getByRole('button', { name: 'log in', exact: true }).click();
    await page.getByRole('button', { name: /ada/i }).click();
    const greeting = page.getByRole('heading', { name: 'Hello Ada Lovelace' });
    await greeting.waitFor();
    const oldEntries = (): Promise<number> =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('@@')).length);
    expect(await oldEntries()).toBeGreaterThan(0);
    const logins = requests('/authorize');

    await build({ AUTH0_LIBRARY: join(project.directory, 'app/with-take-over.tsx') });
    await page.goto(site.url);
    await greeting.waitFor();
    expect(await oldEntries()).toBe(0);
    expect(mock.server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    await page.reload();
    await greeting.waitFor();
    expect(requests('/authorize')).toBe(logins);
  },
  RUN_LIMIT_MS,
);

/** Auth0's SDK names the missing refresh token, the session the missing user. */
const TOKEN_OF_VISITOR = /^"(?:login_required|missing_refresh_token)"$/;
