import type { Page } from '@playwright/test';
import {
  attackers,
  fetchWithCookies,
  followLink,
  loadByElements,
  openAttacker,
  postForm,
} from '../support/modes/attacks.js';
import { expect, stateOf, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';

test.use({ setUp: { mode: 'token-handler', issuer: 'cross-site' } });

test.beforeEach(({ consoleGuard }) => {
  // Each browser has its own words for each refusal.
  consoleGuard.expect(/./);
});

/** Holds that Ada is still logged in, for the handler, for Sesamy and for her page. */
async function expectStillLoggedIn(page: Page, { site }: Publisher): Promise<void> {
  const { refreshTokens, sessions, users } = site.mock.control;
  expect(refreshTokens.list().map(({ revokedAt }) => revokedAt)).toEqual([null]);
  expect(sessions.list().map(({ endedAt }) => endedAt)).toEqual([null]);
  expect(users.get('ada').firstName).toBe('Ada');
  await page.reload();
  await expect(stateOf(page)).toHaveText('authenticated');
  const profile = await page.evaluate(() =>
    session.fetchJson(`${session.apiUrl}/client/v1/profile`),
  );
  expect(profile).toMatchObject({ firstName: 'Ada' });
}

for (const attacker of attackers) {
  test.describe(`a page of a ${attacker}`, () => {
    test('logs nobody out by an image, a frame, a script or a link', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const attack = await openAttacker(context, publisher.site, attacker);
      const logoutUrl = `${publisher.site.url}sesamy/auth/logout?returnTo=%2F`;
      await loadByElements(attack, logoutUrl);
      // Nor does it get the question into a frame, to have it clicked unseen.
      await expect(attack.frameLocator('iframe').getByRole('button')).toHaveCount(0);
      await followLink(attack, logoutUrl);
      await expect(attack.getByRole('heading', { name: 'Sign out?' })).toBeVisible();
      await expectStillLoggedIn(page, publisher);
    });

    test.describe(() => {
      runInOneEngine(test);

      test('logs nobody out by a form, even one with the word of the confirmation', async ({
        context,
        publisher,
      }) => {
        const page = await publisher.open(context);
        await publisher.logIn(page);
        const logoutUrl = `${publisher.site.url}sesamy/auth/logout?returnTo=%2F`;
        for (const fields of [{}, { confirm: 'yes' }]) {
          const attack = await openAttacker(context, publisher.site, attacker);
          await postForm(attack, logoutUrl, fields);
          await attack.close();
        }
        await expectStillLoggedIn(page, publisher);
      });

      test('changes no profile and reads nothing by requests of its own', async ({
        context,
        publisher,
      }) => {
        const page = await publisher.open(context);
        await publisher.logIn(page);
        const attack = await openAttacker(context, publisher.site, attacker);
        const userinfoUrl = `${publisher.site.url}sesamy/auth/userinfo`;
        const profileUrl = `${publisher.site.url}sesamy/api/client/v1/profile`;
        const body = JSON.stringify({ firstName: 'Mallory' });
        expect(await fetchWithCookies(attack, userinfoUrl, {})).toBe('refused');
        expect(await fetchWithCookies(attack, profileUrl, {})).toBe('refused');
        for (const method of ['PATCH', 'POST', 'PUT']) {
          const headers = { 'content-type': 'application/json', 'x-sesamy-csrf': '1' };
          const init = { method, headers, body };
          expect(await fetchWithCookies(attack, profileUrl, init)).toBe('refused');
        }
        await fetchWithCookies(attack, profileUrl, { method: 'POST', mode: 'no-cors', body });
        await postForm(attack, profileUrl, { firstName: 'Mallory' });
        await expectStillLoggedIn(page, publisher);
      });
    });
  });
}
