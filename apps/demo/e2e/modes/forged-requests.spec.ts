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
  // Each browser words its errors differently.
  consoleGuard.expect(/./);
});

/** Expects Ada to be logged in at the handler, at Sesamy and on her page. */
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
    test('an attacker’s image, frame, script or link does not log the user out', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      const attack = await openAttacker(context, publisher.site, attacker);
      const logoutUrl = `${publisher.site.url}sesamy/auth/logout?returnTo=%2F`;
      await loadByElements(attack, logoutUrl);
      // Nor can it frame the confirmation for clickjacking.
      await expect(attack.frameLocator('iframe').getByRole('button')).toHaveCount(0);
      await followLink(attack, logoutUrl);
      await expect(attack.getByRole('heading', { name: 'Sign out?' })).toBeVisible();
      await expectStillLoggedIn(page, publisher);
    });

    test.describe(() => {
      runInOneEngine(test);

      test('an attacker’s form does not log the user out, even with the confirmation field', async ({
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

      test('an attacker’s requests neither read nor change the profile', async ({
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
