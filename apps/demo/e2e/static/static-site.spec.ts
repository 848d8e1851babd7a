import type { Page } from '@playwright/test';
import { expect, test } from '../support/static-site-test.js';
import type { StaticSite } from '../support/static-site-test.js';
import { user } from '../support/user.js';

const countRefreshes = (page: Page, site: StaticSite): Promise<unknown> =>
  site.control(page, 'requests/count', { grant: 'refresh_token' });

async function logIn(page: Page): Promise<void> {
  await page.goto('./');
  await user.loginButton(page).click();
  await user.continueAsAda(page);
}

/** Lets time pass for the mock and for the pages. */
async function passHours(page: Page, site: StaticSite, hours: number): Promise<void> {
  const now = Date.now() + hours * 3_600_000;
  await site.control(page, 'clock/set', now);
  await page.context().clock.setFixedTime(now);
}

test('a first visit needs no second load of the page', async ({ page }) => {
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.goto('./');
  await expect(user.loginButton(page)).toBeVisible();
  expect(loads).toBe(1);
});

test('a first visit to a guarded address logs in and returns there', async ({ page, site }) => {
  await page.goto('stories/the-harbour-that-moves/?from=letter');
  await user.continueAsAda(page);
  await expect(page).toHaveURL(`${site.url}stories/the-harbour-that-moves/?from=letter`);
  await expect(page.getByText('The bar is a mile of sand with opinions.').first()).toBeVisible();
});

test('a reload that bypasses the worker gives control back to it', async ({
  page,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'Only the protocol of Chromium reloads past a worker.');
  await logIn(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.reload', { ignoreCache: true });
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
});

test('a session survives the end of the worker', async ({ page, site, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only the protocol of Chromium stops a worker.');
  await logIn(page);
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await page.goto('sso-cookie/account');
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(page).toHaveURL(`${site.url}sso-cookie/account`);
});

test('an expired access token is renewed by a worker', async ({ page, site }) => {
  await logIn(page);
  await passHours(page, site, 2);
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  expect(await countRefreshes(page, site)).toBe(1);
});

test('a letter is sent after a login in a window', async ({ page, site, consoleGuard }) => {
  consoleGuard.expect(/40[013]/);
  // The devtools of the window are still loading when it closes.
  consoleGuard.expect(/dynamically imported module/);
  await logIn(page);
  await page.getByRole('link', { name: 'Write to the editor' }).click();
  // React does not see what Playwright's fill() sets in a text area of Firefox.
  await page.getByRole('textbox', { name: 'Your letter' }).pressSequentially('Asleep again.');
  await site.control(page, 'refreshTokens/revoke', { user: 'ada' });
  await site.control(page, 'sessions/end', { user: 'ada' });
  await passHours(page, site, 2);
  await page.getByRole('button', { name: 'Send' }).click();
  const button = page.getByRole('dialog').getByRole('button', { name: 'Log in' });
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(page.getByRole('status').getByText('Sent.')).toBeVisible();
  expect(await site.control(page, 'users/get', 'ada')).toMatchObject({
    user_metadata: { letter: 'Asleep again.' },
  });
});

test('a login on one page is single sign-on on another, through a hidden iframe', async ({
  page,
  site,
}) => {
  await logIn(page);
  await page.goto('sso-cookie/account');
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  expect(
    await site.control(page, 'requests/count', { endpoint: 'authorize', status: 200 }),
  ).toBeGreaterThan(0);
});

test('a fault that is planned on the dashboard hits the next request', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/422/);
  await logIn(page);
  await site.control(page, 'faults/add', {
    endpoint: 'profile',
    method: 'PATCH',
    status: 422,
    body: { error: 'validation_failed', message: 'Not today.' },
  });
  await user.nameIn(page).click();
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
});

test('the dashboard is live, and acts on the mock of the page', async ({
  page,
  site,
  consoleGuard,
}) => {
  // Firefox reports the event stream of a page that is left.
  consoleGuard.expect(/ServiceWorker intercepted/);
  await logIn(page);
  await page.goto('sesamy/mock/');
  await expect(page.locator('#live')).toHaveText('live');
  await expect(page.getByRole('table', { name: 'Applications' })).toContainText('Tidewaiter');
  await page.getByRole('button', { name: 'Freeze' }).click();
  await expect(page.getByRole('button', { name: 'Let it run' })).toBeVisible();
  await expect(page).toHaveURL(`${site.issuer}mock/`);
  expect(await site.control(page, 'clock/isFrozen')).toBe(true);
});

test('the devtools of the static build find the mock and control it', async ({ page }) => {
  await logIn(page);
  await page.getByRole('button', { name: /^Open Sesamy devtools/ }).click();
  const panel = page.getByRole('region', { name: 'Sesamy devtools' });
  await panel.getByRole('button', { name: "Advance the mock's clock by 1 h" }).click();
  await expect(panel.getByText('1 h ahead')).toBeVisible();
  await panel.getByRole('combobox', { name: 'User' }).selectOption('Grace Hopper');
  await panel.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByRole('banner').getByText('Grace Hopper')).toBeVisible();
});

test('a reader logs in with the token handler of the worker, reloads and logs out', async ({
  page,
  site,
}) => {
  await page.goto('token-handler/');
  await user.loginButton(page).click();
  await user.continueAsAda(page);
  await expect(page).toHaveURL(`${site.url}token-handler/`);
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('banner').getByRole('button', { name: 'Log out' }).click();
  await expect(user.loginButton(page)).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test.describe('without service workers', () => {
  test.beforeEach(async ({ context }) => {
    await context.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
  });

  test('a reader logs in, edits the profile and logs out without a service worker', async ({
    page,
    site,
  }) => {
    await logIn(page);
    await expect(page).toHaveURL(site.url);
    await user.nameIn(page).click();
    await page.getByLabel('First name').fill('Augusta');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('First name')).toHaveValue('Augusta');
    await page.getByRole('banner').getByRole('button', { name: 'Log out' }).click();
    await expect(user.loginButton(page)).toBeVisible();
  });

  test('a login on one page is single sign-on on another without a service worker', async ({
    page,
    site,
  }) => {
    await logIn(page);
    await page.goto('sso-cookie/');
    await user.nameIn(page).click();
    await expect(page.getByLabel('First name')).toHaveValue('Ada');
    await expect(page).toHaveURL(`${site.url}sso-cookie/account`);
  });

  test('a page that is not on https or localhost gets a notice that says what to do', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'isSecureContext', { value: false });
    });
    await page.goto('./');
    await expect(page.getByRole('alert')).toContainText('Open the page there');
  });
});
