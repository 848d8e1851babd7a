import type { BrowserContext, Page } from '@playwright/test';
import { expect, stateOf, test, type Harness } from './support/harness-test.js';

/** The chunks of the kit that a page requests. None arrives until they are released. */
interface HeldChunks {
  readonly requested: ReadonlySet<string>;
  release(): void;
}

/** Holds the scripts that the page loads on demand. */
async function holdChunks(context: BrowserContext, harness: Harness): Promise<HeldChunks> {
  const html = await (await context.request.get(harness.url)).text();
  const requested = new Set<string>();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(
    ({ origin, pathname }) =>
      harness.url.startsWith(origin) && pathname.endsWith('.js') && !html.includes(pathname),
    async (route) => {
      requested.add(new URL(route.request().url()).pathname);
      await released;
      await route.continue();
    },
  );
  return { requested, release };
}

/** What has been requested by the time of the next request for the path. */
function requestedBy(
  page: Page,
  path: string,
  { requested }: HeldChunks,
): Promise<ReadonlySet<string>> {
  return new Promise((resolve) => {
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === path) resolve(new Set(requested));
    });
  });
}

const namesOf = (paths: readonly string[]): string[] =>
  paths.map((path) => path.replace(/^.*\/|-[\w-]{8}\.js$/g, '')).toSorted();

/** Resolves to what the page requests for a login before anything arrives: its requests reach this test one by one. */
async function requestedAtOnce(
  page: Page,
  { requested }: HeldChunks,
): Promise<ReadonlySet<string>> {
  const main = ['login', 'refresh-token-mode', 'renewal', 'session-core'];
  // The page inserts the links of a chunk and its imports in one task.
  const links = page.locator('head link[rel="modulepreload"]');
  const linked = async (): Promise<string[]> =>
    links.evaluateAll((found: readonly HTMLLinkElement[]) =>
      found.map(({ href }) => new URL(href).pathname),
    );
  await expect.poll(async () => namesOf(await linked())).toEqual(expect.arrayContaining(main));
  const atOnce = await linked();
  await expect.poll(() => [...requested]).toEqual(expect.arrayContaining(atOnce));
  return new Set(requested);
}

test('the page of a callback requests all the code that it needs before any of it has arrived', async ({
  context,
  harness,
  site,
}) => {
  const page = await harness.open(context);
  await page.evaluate(() => void session.loginWithRedirect());
  const user = page.getByRole('button', { name: 'Continue as Ada Lovelace' });
  await user.waitFor();
  const chunks = await holdChunks(context, harness);
  await user.click();
  const atOnce = await requestedAtOnce(page, chunks);
  // Afterwards the signed-in page preloads the code of renewals.
  const byExchange = requestedBy(page, '/oauth/token', chunks);
  chunks.release();
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(await byExchange).toEqual(atOnce);
  expect(site.mock.control.requests.count({ grant: 'authorization_code' })).toBe(1);
});

test('a login without preloaded code requests all that it needs before any of it has arrived', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  const chunks = await holdChunks(context, harness);
  await page.evaluate(() => void session.loginWithRedirect());
  const atOnce = await requestedAtOnce(page, chunks);
  const byAuthorize = requestedBy(page, '/authorize', chunks);
  chunks.release();
  expect(await byAuthorize).toEqual(atOnce);
});

test('a login with preloaded code requests nothing but the login page', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  await page.evaluate(() => session.preloadLogin());
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await page.evaluate(() => void session.loginWithRedirect());
  await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).waitFor();
  expect(paths[0]).toBe('/authorize');
});

test('a login leaves the page although its database does not open, and is completed', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => Object.create(EventTarget.prototype);
    void session.loginWithRedirect();
  });
  await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(stateOf(page)).toHaveText('authenticated');
});
