import { sesamyRequests } from '../support/modes/sesamy-requests.js';
import { costs } from '../support/modes/costs.js';
import { setUps } from '../support/modes/set-up.js';
import { refreshCount } from '../support/refreshes.js';
import { expect, skipWithoutWebKit, test } from '../support/webkit/webkit-test.js';

skipWithoutWebKit(test);

const getProfile = 'return session.fetchJson(session.apiUrl + "/client/v1/profile")';

for (const setUp of setUps) {
  const cost = costs[setUp.mode];

  test.describe(setUp.mode, () => {
    test.use({ setUp });

    test('a login returns to the address where it began, without its parameters', async ({
      webkit,
    }) => {
      await webkit.open('/deep/link?from=letter#note');
      await webkit.waitForState('unauthenticated none');
      await webkit.logIn();
      expect(await webkit.browser.getCurrentUrl()).toBe(
        `${webkit.site.url}deep/link?from=letter#note`,
      );
    });

    test('a reload stays signed in', async ({ webkit }) => {
      const { browser, site } = webkit;
      await webkit.open();
      await webkit.logIn();
      site.requests.length = 0;
      await webkit.open();
      await webkit.waitForState('authenticated');
      await expect.poll(() => sesamyRequests(site)).toEqual(cost.reload);
      await browser.executeScript(getProfile);
      expect(sesamyRequests(site)).toEqual([...cost.reload, cost.profile]);
      await webkit.waitForState('authenticated');
    });

    test('an expired access token is renewed silently by the next call', async ({ webkit }) => {
      const { browser, site } = webkit;
      await webkit.open();
      await webkit.logIn();
      const now = Date.now() + 2 * 3_600_000;
      site.mock.control.clock.set(now);
      await browser.executeScript(`Date.now = () => ${String(now)}`);
      site.requests.length = 0;
      await browser.executeScript(getProfile);
      expect(sesamyRequests(site)).toEqual([...cost.renewal, cost.profile]);
      expect(refreshCount(site)).toBe(cost.refreshes);
      await webkit.waitForState('authenticated');
    });

    test('a logout ends the session here and at Sesamy', async ({ webkit }) => {
      const { site } = webkit;
      await webkit.open();
      await webkit.logIn();
      await webkit.logOut();
      await webkit.waitForState('unauthenticated none');
      const { sessions, refreshTokens } = site.mock.control;
      expect(sessions.list().map(({ endedAt }) => endedAt)).not.toContain(null);
      expect(refreshTokens.list().map(({ revokedAt }) => revokedAt)).not.toContain(null);
      await webkit.open();
      await webkit.waitForState('unauthenticated none');
    });
  });
}
