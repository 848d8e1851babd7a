import { sesamyRequests } from '../support/modes/sesamy-requests.js';
import { costs } from '../support/modes/costs.js';
import { expect, skipWithoutBrowser, stateOf, test } from '../support/modes/modes-test.js';
import { failureOfProfile, getProfile } from '../support/modes/profile.js';
import { recordStates, statesSeen } from '../support/modes/states-seen.js';
import { runInOneEngine } from '../support/one-engine.js';
import { passTime } from '../support/pass-time.js';

skipWithoutBrowser(test);

test.beforeEach(({ consoleGuard }) => {
  // Firefox logs that it rejected the cookie with which the kit detects the registrable domain.
  consoleGuard.expect(/“sesamy-kit-site” has been rejected/);
});

const setUp = { mode: 'sso-cookie', issuer: 'cross-site' } as const;

const silentRequest = 'GET token.sesamy.test/authorize';

test.describe('sso-cookie with an issuer on another site', () => {
  test.use({ setUp });

  test(
    'a login with a cross-site issuer ends with its page under any cookie policy',
    { tag: '@cookie-policy' },
    async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      expect(await page.evaluate(getProfile)).toMatchObject({ firstName: 'Ada' });
      publisher.site.requests.length = 0;
      await page.reload();
      await expect(stateOf(page)).toHaveText('unauthenticated expired');
      expect(sesamyRequests(publisher.site)).toEqual([silentRequest]);
      await page.reload();
      await expect(stateOf(page)).toHaveText('unauthenticated none');
      expect(sesamyRequests(publisher.site)).toEqual([silentRequest]);
    },
  );

  test.describe(() => {
    runInOneEngine(test);

    test('an expired token with a cross-site issuer ends the session: login_required', async ({
      context,
      publisher,
    }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      await passTime(publisher.site, page, { hours: 2 });
      const failure = { code: 'login_required', retryable: false };
      expect(await page.evaluate(failureOfProfile)).toEqual(failure);
      await expect(stateOf(page)).toHaveText('unauthenticated expired');
    });
  });
});

test.describe('sso-cookie in development', () => {
  runInOneEngine(test);

  const warning = 'token.sesamy.test:.* is on another site than https://app.publisher.test';

  for (const issuer of ['cross-site', 'same-site'] as const) {
    test.describe(() => {
      test.use({ setUp: { ...setUp, issuer, build: 'development-harness' } });

      test(`the console ${issuer === 'cross-site' ? 'warns about' : 'does not mention'} an issuer on ${issuer === 'cross-site' ? 'another' : 'the same'} site`, async ({
        context,
        publisher,
        consoleGuard,
      }) => {
        await publisher.open(context);
        const warnings = consoleGuard.messages.filter((text) => new RegExp(warning).test(text));
        expect(warnings).toHaveLength(issuer === 'cross-site' ? 1 : 0);
      });
    });
  }
});

test.describe('sso-cookie with an issuer on another site and a fallback', () => {
  test.use({ setUp: { ...setUp, fallbackMode: 'refresh-token' } });
  const cost = costs['refresh-token'];

  test(
    'a reload and a renewal of the fallback use a refresh token',
    { tag: '@cookie-policy' },
    async ({ context, publisher }) => {
      const page = await publisher.open(context);
      await publisher.logIn(page);
      await recordStates(context);
      publisher.site.requests.length = 0;
      await page.reload();
      await page.evaluate(getProfile);
      await passTime(publisher.site, page, { hours: 2 });
      await page.evaluate(getProfile);
      expect(await statesSeen(page)).toEqual(['authenticated']);
      expect(sesamyRequests(publisher.site)).toEqual([cost.profile, ...cost.renewal, cost.profile]);
    },
  );
});
