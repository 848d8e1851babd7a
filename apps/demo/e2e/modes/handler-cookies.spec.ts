import { authorizationUrls } from '../support/callbacks.js';
import { expect, stateOf, test } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';

test.use({ setUp: { mode: 'token-handler', issuer: 'cross-site' } });

test('tokens are in host-only cookies that no script can read', async ({ context, publisher }) => {
  const page = await publisher.open(context);
  await publisher.logIn(page);
  const cookies = await context.cookies(publisher.site.url);
  const facts = cookies.map(({ name, domain, path, httpOnly, secure, sameSite }) => {
    return [name, { domain, path, httpOnly, secure, sameSite }] as const;
  });
  const own = { domain: 'app.publisher.test', path: '/', secure: true };
  expect(Object.fromEntries(facts)).toEqual({
    at: { ...own, httpOnly: true, sameSite: 'Lax' },
    '__Host-rt': { ...own, httpOnly: true, sameSite: 'Strict' },
    sesamy_is_authenticated: { ...own, httpOnly: false, sameSite: 'Lax' },
  });
});

test.describe(() => {
  runInOneEngine(test);

  test('a logout leaves no cookie on the publisher’s domain', async ({ context, publisher }) => {
    const page = await publisher.open(context);
    await publisher.logIn(page);
    await page.evaluate(() => {
      session.logout().catch(() => {});
    });
    await expect(stateOf(page)).toHaveText('unauthenticated none');
    expect(await context.cookies(publisher.site.url)).toEqual([]);
  });

  test('the callback of another browser’s login does not sign the user in', async ({
    browser,
    context,
    publisher,
    consoleGuard,
  }) => {
    consoleGuard.expect(/status of 400/);
    const { site } = publisher;
    const attackersContext = await browser.newContext({ ignoreHTTPSErrors: true });
    const attack = await publisher.open(attackersContext);
    await attack.evaluate(() => {
      session.loginWithRedirect().catch(() => {});
    });
    await expect(attack.getByRole('button', { name: 'Continue as Grace Hopper' })).toBeVisible();
    const authorizationUrl = authorizationUrls(site).at(-1) ?? '';
    const callbackUrl = await site.mock.control.signIn({ authorizationUrl, user: 'grace' });
    expect(callbackUrl).toContain('/sesamy/auth/publisher-web/callback?');

    const page = await context.newPage();
    await page.goto(callbackUrl);
    expect(await context.cookies(site.url)).toEqual([]);
    await page.goto(site.url);
    await expect(stateOf(page)).toHaveText('unauthenticated none');
    // It is valid except for the browser.
    await attack.goto(callbackUrl);
    await expect(stateOf(attack)).toHaveText('authenticated');
    await attackersContext.close();
  });
});
