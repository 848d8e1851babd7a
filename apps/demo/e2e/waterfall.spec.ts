import { expect, stateOf, test } from './support/harness-test.js';

test('the callback page requests all of its code in parallel', async ({
  context,
  harness,
  site,
}) => {
  const page = await harness.open(context);
  const entries = await page
    .locator('script[src], link[rel="modulepreload"]')
    .evaluateAll((elements) =>
      elements.map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? ''),
    );
  await page.evaluate(() => void session.loginWithRedirect());
  const user = page.getByRole('button', { name: 'Continue as Ada Lovelace' });
  await user.waitFor();
  const requested = new Set<string>();
  let arrive = (): void => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await context.route(
    ({ origin, pathname }) =>
      harness.url.startsWith(origin) && pathname.endsWith('.js') && !entries.includes(pathname),
    async (route) => {
      requested.add(new URL(route.request().url()).pathname);
      await arrival;
      await route.continue();
    },
  );
  await user.click();
  const isRequested = (name: string): boolean => [...requested].some((path) => path.includes(name));
  await expect.poll(() => isRequested('login') && isRequested('refresh-token-mode')).toBe(true);
  const early = new Set(requested);
  // Afterwards the signed-in page preloads the code of renewals.
  const requestedByExchange = new Promise<ReadonlySet<string>>((resolve) => {
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/oauth/token') resolve(new Set(requested));
    });
  });
  arrive();
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(await requestedByExchange).toEqual(early);
  expect(site.mock.control.requests.count({ grant: 'authorization_code' })).toBe(1);
});
