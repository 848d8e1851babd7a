import type { Page } from '@playwright/test';
import { expect, stateOf, test } from './support/harness-test.js';
import { passTime } from './support/pass-time.js';

/*
 * A deploy between the load of a page and what its reader does: the server has the page's chunks no more. Engines
 * differ in what they do about an import that has failed once.
 */

test.beforeEach(({ consoleGuard }) => {
  consoleGuard.expect(/404|Failed to load|Loading failed|dynamically imported module|MIME type/);
});

/** Everything that the kit stores in IndexedDB, as text. */
const readRecords = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('sesamy-kit');
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')));
    opening.addEventListener('success', () => {
      const reading = opening.result.transaction('records').objectStore('records').getAll();
      reading.addEventListener('success', () => resolve(JSON.stringify(reading.result)));
    });
  });

const codeOf = (): Promise<unknown> =>
  session.getAccessToken().then(
    () => null,
    ({ code, retryable }: { code: string; retryable: boolean }) => ({ code, retryable }),
  );

async function expectSignedOut(page: Page): Promise<void> {
  await expect(stateOf(page)).toHaveText(/^unauthenticated/);
}

test('a logout without its chunks clears the browser, signs out the other tab and lands on the page after it', async ({
  context,
  harness,
  site,
}) => {
  site.mock.control.clients.update(site.config.clientId, { logoutUrls: [harness.url] });
  const other = await harness.open(context);
  await harness.logIn(other);
  harness.missingChunks = 'all';
  const page = await harness.open(context);
  await expect(stateOf(page)).toHaveText('authenticated');
  const left = page.waitForRequest((request) => request.url().includes('/v2/logout'));
  await page.evaluate(() => void session.logout());
  await left;
  await expectSignedOut(other);
  await page.waitForURL(harness.url);
  await expectSignedOut(page);
  expect(await page.evaluate(readRecords)).not.toMatch(/refreshToken|email|"[^"]{20,}"/);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  const tokens = site.mock.control.refreshTokens.list();
  expect(tokens).toEqual([expect.objectContaining({ revokedAt: expect.any(Number) })]);
  harness.missingChunks = 'none';
  for (const tab of [other, page]) {
    // Firefox caches a failed import until the page is reloaded.
    await tab.reload();
    await expectSignedOut(tab);
    expect(await tab.evaluate(codeOf)).toMatchObject({ code: 'login_required' });
  }
});

test('a logout whose chunks never load signs out and redirects', async ({
  context,
  harness,
  site,
}) => {
  site.mock.control.clients.update(site.config.clientId, { logoutUrls: [harness.url] });
  const page = await harness.open(context);
  await harness.logIn(page);
  harness.missingChunks = 'stalled';
  await page.reload();
  await expect(stateOf(page)).toHaveText('authenticated');
  const left = page.waitForRequest((request) => request.url().includes('/v2/logout'));
  await page.evaluate(() => void session.logout());
  await left;
  await page.waitForURL(harness.url);
  await expectSignedOut(page);
});

test('a renewal without its chunk reports an error, keeps the session, and works at the latest after a reload', async ({
  browserName,
  context,
  harness,
  site,
}) => {
  // The chunk is not loaded ahead, as on a page that has never been idle.
  await context.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0;
  });
  const page = await harness.open(context);
  await harness.logIn(page);
  await page.reload();
  await expect(stateOf(page)).toHaveText('authenticated');
  harness.missingChunks = 'all';
  await passTime(site, page, { hours: 2 });
  expect(await page.evaluate(codeOf)).toEqual({ code: 'chunk_load_failed', retryable: false });
  await expect(stateOf(page)).toHaveText('authenticated');
  harness.missingChunks = 'none';
  // The others cache the failure until the page is reloaded.
  if (browserName !== 'chromium') await page.reload();
  expect(await page.evaluate(codeOf)).toBeNull();
});

test('a renewal works without its chunk on a page that has been idle', async ({
  context,
  harness,
  site,
}) => {
  const page = await harness.open(context);
  await harness.logIn(page);
  const loaded = page.waitForResponse((response) => response.url().includes('renewal'));
  await page.reload();
  await loaded;
  harness.missingChunks = 'all';
  await passTime(site, page, { hours: 2 });
  expect(await page.evaluate(codeOf)).toBeNull();
});

test('a login without its chunks reloads the page once and continues', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  const loads: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  harness.missingChunks = 'until-reload';
  await harness.logIn(page);
  expect(loads).toEqual(['/', '/authorize', '/']);
});

test('a login whose code was loaded ahead needs no reload', async ({ context, harness }) => {
  const page = await harness.open(context);
  const ofPopup = page.waitForResponse((response) => response.url().includes('popup-chunk'));
  await page.evaluate(() => session.preloadLogin('popup'));
  expect((await ofPopup).ok()).toBe(true);
  const loads: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  harness.missingChunks = 'until-reload';
  await harness.logIn(page);
  expect(loads).toEqual(['/authorize', '/']);
});

test('a login whose chunks stay missing reloads the page once and reports what is missing', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  const loads: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  harness.missingChunks = 'all';
  await page.evaluate(() => void session.loginWithRedirect().catch(() => {}));
  await expect(stateOf(page)).toHaveText('unauthenticated none chunk_load_failed');
  expect(loads).toEqual(['/']);
});
