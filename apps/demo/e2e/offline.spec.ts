import { expect, stateOf, test } from './support/harness-test.js';
import { runInOneEngine } from './support/one-engine.js';
import { passTime } from './support/pass-time.js';
import { refreshCount } from './support/refreshes.js';

const failureOf = (): Promise<unknown> =>
  session.getAccessToken().then(
    () => null,
    ({ code, retryable }: { code: string; retryable: boolean }) => ({ code, retryable }),
  );

test.beforeEach(({ consoleGuard }) => {
  consoleGuard.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource|CORS/);
});

test('a page that goes offline stays signed in and refreshes once online', async ({
  context,
  harness,
  site,
}) => {
  const page = await harness.open(context);
  await harness.logIn(page);
  // Loads the code of a refresh from the page's server.
  await page.evaluate(() => session.getAccessToken({ minValiditySeconds: 3_600 }));
  expect(refreshCount(site)).toBe(1);
  await context.setOffline(true);
  await passTime(site, page, { hours: 2 });
  expect(await page.evaluate(failureOf)).toEqual({ code: 'network', retryable: true });
  await expect(stateOf(page)).toHaveText('authenticated');
  await context.setOffline(false);
  await expect.poll(() => refreshCount(site)).toBe(2);
  expect(await page.evaluate(failureOf)).toBeNull();
  await expect(stateOf(page)).toHaveText('authenticated');
});

test.describe(() => {
  runInOneEngine(test);

  test('a page that starts while Sesamy is unreachable is signed in and revalidates later', async ({
    context,
    harness,
    site,
  }) => {
    const page = await harness.open(context);
    await harness.logIn(page);
    await passTime(site, page, { hours: 2 });
    await context.route(`${site.issuer}**`, (route) => route.abort());
    await page.reload();
    await expect(stateOf(page)).toHaveText('authenticated');
    expect(await page.evaluate(failureOf)).toEqual({ code: 'network', retryable: true });
    await expect(stateOf(page)).toHaveText('authenticated');
    await context.unroute(`${site.issuer}**`);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => refreshCount(site)).toBe(1);
    expect(await page.evaluate(failureOf)).toBeNull();
    expect(refreshCount(site)).toBe(1);
  });
});
