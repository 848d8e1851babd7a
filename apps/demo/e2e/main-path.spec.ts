import { expect, test } from './support/test.js';
import { passTime } from './support/pass-time.js';
import { user } from './support/user.js';

const deepLink = '/stories/the-harbour-that-moves?from=letter#note';

test('a premium story requires a login and shows after it, at the same address', async ({
  page,
  site,
}) => {
  await page.goto(deepLink);
  await expect(page).toHaveURL((url) => url.origin === new URL(site.issuer).origin);
  await user.continueAsAda(page);
  await expect(page).toHaveURL(new URL(deepLink, site.url).href);
  await expect(page.getByText('The bar is a mile of sand with opinions.').first()).toBeVisible();
  await expect(page).toHaveTitle('The harbour that moves · Tidewaiter');
});

test('the account shows the profile from the API', async ({ page }) => {
  await user.logIn(page);
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(page.getByRole('region', { name: 'Your reader’s pass' })).toContainText(
    'ada@example.com',
  );
});

test('an edit shows before the response arrives, and is kept', async ({ page, site }) => {
  await user.arriveAsAda(page, site);
  site.mock.control.faults.add({ endpoint: 'profile', method: 'PATCH', delayMs: 1_500 });
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('button', { name: 'Saving…' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your reader’s pass' })).toContainText('Augusta');
  expect(site.mock.control.users.get('ada').firstName).toBe('Ada');
  await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('First name')).toHaveValue('Augusta');
});

test('an expired access token is renewed silently by the next call', async ({ page, site }) => {
  await user.logIn(page);
  await passTime(site, page, { hours: 2 });
  site.requests.length = 0;
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  const requests = site.requests.filter(
    ({ method, path }) => method !== 'OPTIONS' && !path.startsWith('/avatars/'),
  );
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /oauth/token',
    'GET /client/v1/profile',
  ]);
});

test('a rejected access token is renewed and the call retried', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/401/);
  await user.logIn(page);
  site.mock.control.clock.advance({ hours: 2 });
  // A token that is seconds old is not renewed for a 401.
  await page.context().clock.setSystemTime(Date.now() + 60_000);
  await user.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  expect(site.mock.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('after a logout a guarded page requires a login again', async ({ page, site }) => {
  await user.logIn(page);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(user.loginButton(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  await page.goto('/account');
  await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
});
