import type { Browser } from '@playwright/test';
import { openAttacker } from '../support/modes/attacks.js';
import { expect, stateOf, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';
import { getProfile } from '../support/modes/profile.js';

test.use({ setUp: { mode: 'token-handler', issuer: 'cross-site' } });

test.beforeEach(({ consoleGuard }) => {
  // Firefox logs that it rejected the cookies with the prefix.
  consoleGuard.expect(/__Host-/);
});

// Scripts can read the planted cookies, which is not a leak of the kit.
test.afterEach(({ context }) => context.clearCookies());

/** Logs Grace in in a separate browser and returns her session's cookies by name. */
async function cookiesOfGrace(
  browser: Browser,
  publisher: Publisher,
): Promise<Record<string, string>> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await publisher.open(context);
  await page.evaluate(() => {
    session.loginWithRedirect().catch(() => {});
  });
  await page.getByRole('button', { name: 'Continue as Grace Hopper' }).click();
  await expect(stateOf(page)).toHaveText('authenticated');
  const cookies = await context.cookies(publisher.site.url);
  await context.close();
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
}

/** Plants cookies from a page of the same domain, for all of it, in every form that would be sent first. */
async function plant(
  publisher: Publisher,
  attack: Awaited<ReturnType<typeof openAttacker>>,
  cookies: Readonly<Record<string, string>>,
): Promise<string[]> {
  await attack.evaluate((planted) => {
    for (const [name, value] of Object.entries(planted)) {
      for (const path of ['/', '/sesamy', '/sesamy/auth', '/sesamy/api']) {
        document.cookie = `${name}=${value}; Domain=publisher.test; Path=${path}; Secure`;
      }
    }
  }, cookies);
  const arrived = await attack.context().cookies(`${publisher.site.url}sesamy/api/`);
  return arrived.filter(({ domain }) => domain === '.publisher.test').map(({ name }) => name);
}

test.describe(() => {
  runInOneEngine(test);

  test('another user’s cookies, planted from a sibling domain, do not sign in', async ({
    browser,
    context,
    publisher,
  }) => {
    const cookies = await cookiesOfGrace(browser, publisher);
    expect(Object.keys(cookies).toSorted()).toEqual(['__Host-rt', 'at', 'sesamy_is_authenticated']);
    const attack = await openAttacker(context, publisher.site, 'sibling');
    const planted = await plant(publisher, attack, cookies);
    // The purpose of the prefix.
    expect(planted).toContain('at');
    expect(planted).not.toContain('__Host-rt');
    const page = await publisher.open(context);
    await expect(stateOf(page)).toHaveText(/^unauthenticated/);
  });
});

test('another user’s cookies, planted from a sibling domain, do not replace the session', async ({
  browser,
  context,
  publisher,
}) => {
  const cookies = await cookiesOfGrace(browser, publisher);
  const page = await publisher.open(context);
  await publisher.logIn(page);
  const attack = await openAttacker(context, publisher.site, 'sibling');
  expect(await plant(publisher, attack, cookies)).toContain('at');
  await page.reload();
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(await page.evaluate(getProfile)).toMatchObject({ firstName: 'Ada' });
});
