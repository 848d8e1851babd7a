import { sesamyRequests } from '../support/modes/sesamy-requests.js';
import { expect, skipWithoutBrowser, stateOf, test } from '../support/modes/modes-test.js';
import { getProfile } from '../support/modes/profile.js';
import { costs } from '../support/modes/costs.js';
import { setUps } from '../support/modes/set-up.js';
import { recordStates, statesSeen } from '../support/modes/states-seen.js';
import { passTime } from '../support/pass-time.js';
import { refreshCount } from '../support/refreshes.js';

skipWithoutBrowser(test);

for (const setUp of setUps) {
  const cost = costs[setUp.mode];

  test.describe(setUp.mode, { tag: '@cookie-policy' }, () => {
    test.use({ setUp });

    test('a reload is signed in from the first render, and stays signed in', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      await recordStates(context);
      publisher.site.requests.length = 0;
      await page.reload();
      await expect.poll(() => sesamyRequests(publisher.site)).toEqual(cost.reload);
      await page.evaluate(getProfile);
      expect(sesamyRequests(publisher.site)).toEqual([...cost.reload, cost.profile]);
      expect(await statesSeen(page)).toEqual(['authenticated']);
    });

    test('an expired access token is renewed silently by the next call', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      await passTime(publisher.site, page, { hours: 2 });
      publisher.site.requests.length = 0;
      await page.evaluate(getProfile);
      expect(sesamyRequests(publisher.site)).toEqual([...cost.renewal, cost.profile]);
      expect(refreshCount(publisher.site)).toBe(cost.refreshes);
      await expect(stateOf(page)).toHaveText('authenticated');
    });

    test('a logout ends the session here and at Sesamy', async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      await page.evaluate(() => {
        session.logout().catch(() => {});
      });
      await expect(stateOf(page)).toHaveText('unauthenticated none');
      await expect(page).toHaveURL(publisher.site.url);
      const { control } = publisher.site.mock;
      expect(control.sessions.list().map(({ endedAt }) => endedAt)).not.toContain(null);
      expect(control.refreshTokens.list().map(({ revokedAt }) => revokedAt)).not.toContain(null);
      await page.reload();
      await expect(stateOf(page)).toHaveText('unauthenticated none');
    });
  });
}
