import { runInOneEngine } from './support/one-engine.js';
import { expect, stateOf, test } from './support/harness-test.js';
import { openTabs } from './support/many-tabs.js';
import { passTime } from './support/pass-time.js';
import { expectNoReuse, refreshCount } from './support/refreshes.js';

const refresh = { endpoint: 'token', grant: 'refresh_token' } as const;

test('a tab closed during a refresh leaves it to the next', async ({ context, harness, site }) => {
  const [holder, other] = await openTabs(context, harness, 2);
  await passTime(site, holder, { hours: 2 });
  site.mock.control.faults.add({ ...refresh, hang: true });
  await holder.evaluate(() => void session.getAccessToken().catch(() => {}));
  await expect.poll(() => site.mock.control.faults.unused()).toEqual([]);
  const token = other!.evaluate(() => session.getAccessToken());
  await holder.close();
  expect(await token).not.toBe('');
  await expect(stateOf(other!)).toHaveText('authenticated');
  expectNoReuse(site);
});

test('a duplicated tab and its original spend the refresh token once', async ({
  context,
  harness,
  site,
}) => {
  const [original] = await openTabs(context, harness, 1);
  await passTime(site, original, { hours: 2 });
  // Like the browser's own command, it gives the new tab a copy of sessionStorage.
  const [duplicate] = await Promise.all([
    context.waitForEvent('page'),
    original.evaluate(() => void window.open(location.href)),
  ]);
  await expect(stateOf(duplicate)).toHaveText('authenticated');
  const [one, two] = await Promise.all(
    [original, duplicate].map((tab) => tab.evaluate(() => session.getAccessToken())),
  );
  expect(one).toBe(two);
  expect(refreshCount(site)).toBe(1);
  expectNoReuse(site);
});

test.describe(() => {
  runInOneEngine(test);

  test('a user who signs in in one tab replaces another in all tabs', async ({
    context,
    harness,
    site,
  }) => {
    const [one, two] = await openTabs(context, harness, 2);
    site.ssoUser = 'grace';
    await one.evaluate(() => {
      session.loginWithRedirect({ prompt: 'login' }).catch(() => {});
    });
    await expect
      .poll(() =>
        two!.evaluate(() => {
          const state = session.getSnapshot();
          return state.status === 'authenticated' ? state.user.name : state.status;
        }),
      )
      .toBe('Grace Hopper');
  });
});
