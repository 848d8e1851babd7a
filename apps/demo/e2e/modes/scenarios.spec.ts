import { expect, stateOf, test } from '../support/modes/modes-test.js';
import { failureOfProfile, getProfile } from '../support/modes/profile.js';
import { setUps } from '../support/modes/set-up.js';
import { runInOneEngine } from '../support/one-engine.js';
import { passTime } from '../support/pass-time.js';
import { delayRefreshes, expectNoReuse, refreshCount } from '../support/refreshes.js';

for (const setUp of setUps) {
  test.describe(setUp.mode, () => {
    test.use({ setUp });
    // In the other engines by two-tabs.spec.ts and offline.spec.ts.
    if (setUp.mode === 'refresh-token') runInOneEngine(test);

    test('a logout in one tab signs out the other', async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const other = await publisher.open(context);
      await expect(stateOf(other)).toHaveText('authenticated');
      await page.evaluate(() => {
        session.logout().catch(() => {});
      });
      await expect(stateOf(other)).toHaveText('unauthenticated logged-out-elsewhere');
      await expect(stateOf(page)).toHaveText('unauthenticated none');
    });

    test('an offline network keeps the session, and due work resumes when it is back', async ({
      context,
      publisher,
      consoleGuard,
    }) => {
      consoleGuard.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource|CORS/);
      const page = await publisher.open(context);
      await publisher.logIn(page);
      // Loads the required code from the page's server.
      await passTime(publisher.site, page, { hours: 2 });
      await page.evaluate(getProfile);
      await passTime(publisher.site, page, { hours: 4 });
      await context.setOffline(true);
      expect(await page.evaluate(failureOfProfile)).toMatchObject({ retryable: true });
      await expect(stateOf(page)).toHaveText('authenticated');
      await context.setOffline(false);
      expect(await page.evaluate(failureOfProfile)).toBeNull();
      await expect(stateOf(page)).toHaveText('authenticated');
    });

    test.describe(() => {
      runInOneEngine(test);

      test('a login returns to the address where it began, without its parameters', async ({
        context,
        publisher,
      }) => {
        const page = await publisher.open(context, '/deep/link?from=letter#note');
        await expect(stateOf(page)).toHaveText('unauthenticated none');
        await publisher.logIn(page);
        await expect(page).toHaveURL(`${publisher.site.url}deep/link?from=letter#note`);
      });

      test('a profile update is kept', async ({ context, publisher }) => {
        const page = await publisher.open(context);
        await publisher.logIn(page);
        expect(await page.evaluate(getProfile)).toMatchObject({ firstName: 'Ada' });
        await page.evaluate(() =>
          session.fetchJson(`${session.apiUrl}/client/v1/profile`, {
            method: 'PATCH',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ firstName: 'Augusta' }),
          }),
        );
        expect(publisher.site.mock.control.users.get('ada').firstName).toBe('Augusta');
        expect(await page.evaluate(getProfile)).toMatchObject({ firstName: 'Augusta' });
      });

      test('a session ended at Sesamy ends here at its next renewal', async ({
        context,
        publisher,
        consoleGuard,
      }) => {
        consoleGuard.expect(/status of 40[01]/);
        const page = await publisher.open(context);
        await publisher.logIn(page);
        const other = await publisher.open(context);
        const { control } = publisher.site.mock;
        control.refreshTokens.revoke({ user: 'ada' });
        control.sessions.end({ user: 'ada' });
        await passTime(publisher.site, page, { hours: 2 });
        expect(await page.evaluate(failureOfProfile)).toMatchObject({ code: 'login_required' });
        // The first tab to notice decides the reason in each.
        await expect(stateOf(page)).toHaveText(/^unauthenticated (?!none)/);
        await expect(stateOf(other)).toHaveText(/^unauthenticated (?!none)/);
        await page.reload();
        await expect(stateOf(page)).toHaveText('unauthenticated none');
      });
    });
  });
}

test.describe('token-handler', () => {
  runInOneEngine(test);

  test.use({ setUp: { mode: 'token-handler', issuer: 'cross-site' } });

  test('concurrent calls of several tabs with an expired access token cost one renewal', async ({
    context,
    publisher,
  }) => {
    const first = await publisher.open(context);
    await publisher.logIn(first);
    const tabs = [first, await publisher.open(context), await publisher.open(context)];
    await passTime(publisher.site, first, { hours: 2 });
    delayRefreshes(publisher.site, 150);
    const profiles = await Promise.all(tabs.map((tab) => tab.evaluate(getProfile)));
    for (const profile of profiles) expect(profile).toMatchObject({ firstName: 'Ada' });
    expect(refreshCount(publisher.site)).toBe(1);
    expectNoReuse(publisher.site);
  });
});

test.describe('sso-cookie', () => {
  test.use({ setUp: { mode: 'sso-cookie', issuer: 'same-site' } });

  test('concurrent calls of several tabs with an expired access token open one frame at a time', async ({
    context,
    publisher,
  }) => {
    const { site } = publisher;
    const first = await publisher.open(context);
    await publisher.logIn(first);
    const tabs = [first];
    for (let tab = 0; tab < 4; tab += 1) tabs.push(await publisher.open(context));
    await Promise.all(tabs.map((tab) => tab.evaluate(getProfile)));
    await passTime(site, first, { hours: 2 });
    // Slow enough for two frames to meet.
    site.mock.control.faults.add({ endpoint: 'authorize', times: 'until-cleared', delayMs: 100 });
    site.requests.length = 0;
    const profiles = await Promise.all(tabs.map((tab) => tab.evaluate(getProfile)));
    for (const profile of profiles) expect(profile).toMatchObject({ firstName: 'Ada' });
    const requests = site.requests.map(({ path }) => path);
    expect(requests.filter((path) => path === '/authorize' || path === '/oauth/token')).toEqual(
      tabs.flatMap(() => ['/authorize', '/oauth/token']),
    );
  });

  test('tabs without a session at Sesamy probe once together', async ({ context, publisher }) => {
    const { site } = publisher;
    site.mock.control.faults.add({ endpoint: 'authorize', times: 'until-cleared', delayMs: 100 });
    const tabs = await Promise.all(Array.from({ length: 5 }, () => publisher.open(context)));
    for (const tab of tabs) await expect(stateOf(tab)).toHaveText('unauthenticated none');
    expect(site.requests.filter(({ path }) => path === '/authorize')).toHaveLength(1);
  });
});
