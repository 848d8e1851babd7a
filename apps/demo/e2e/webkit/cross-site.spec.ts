import { sesamyRequests } from '../support/modes/sesamy-requests.js';
import { costs } from '../support/modes/costs.js';
import { expect, skipWithoutWebKit, test } from '../support/webkit/webkit-test.js';

skipWithoutWebKit(test);

const setUp = { mode: 'sso-cookie', issuer: 'cross-site' } as const;
const getProfile = 'return session.fetchJson(session.apiUrl + "/client/v1/profile")';

test('a third-party cookie is sent as expected of this browser', async ({ webkit }) => {
  const { browser, site } = webkit;
  const read = 'return document.body.textContent';
  await browser.get(site.origins.stranger);
  await browser.navigate().refresh();
  expect(await browser.executeScript(read)).toBe('visited=yes');
  await browser.get(site.origins.sibling);
  const response = await browser.executeScript<string>(
    `return fetch('${site.origins.stranger}', { credentials: 'include' }).then((r) => r.text())`,
  );
  expect(response).not.toContain('visited=yes');
  await webkit.open();
});

test.describe('sso-cookie with an issuer on another site', () => {
  test.use({ setUp });

  test('a login with a cross-site issuer ends with its page under any cookie policy', async ({
    webkit,
  }) => {
    await webkit.open();
    await webkit.logIn();
    webkit.site.requests.length = 0;
    await webkit.open();
    await webkit.waitForState('unauthenticated expired');
    expect(sesamyRequests(webkit.site)).toEqual(['GET token.sesamy.test/authorize']);
  });
});

test.describe('sso-cookie with an issuer on another site and a fallback', () => {
  test.use({ setUp: { ...setUp, fallbackMode: 'refresh-token' } });
  const cost = costs['refresh-token'];

  test('a reload and a renewal of the fallback use a refresh token', async ({ webkit }) => {
    const { browser, site } = webkit;
    await webkit.open();
    await webkit.logIn();
    site.requests.length = 0;
    await webkit.open();
    await browser.executeScript(getProfile);
    const now = Date.now() + 2 * 3_600_000;
    site.mock.control.clock.set(now);
    await browser.executeScript(`Date.now = () => ${String(now)}`);
    await browser.executeScript(getProfile);
    expect(sesamyRequests(site)).toEqual([cost.profile, ...cost.renewal, cost.profile]);
  });
});
