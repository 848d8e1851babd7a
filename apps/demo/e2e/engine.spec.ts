import { expect, test } from './support/test.js';
import { runInOneEngine } from './support/one-engine.js';
import { user } from './support/user.js';

runInOneEngine(test);

test('the page on how the site works shows what the session knows, renews it, and ends it in this browser only', async ({
  page,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  await expect(page.getByText('openid profile email offline_access')).toBeVisible();
  await page.getByRole('button', { name: 'Renew the session' }).click();
  await expect(page.getByRole('status').getByText('Renewed.')).toBeVisible();
  const events = page.getByRole('region', { name: 'Events since you opened this page' });
  await expect(events.getByRole('listitem')).toHaveText(['renewed']);
  await page.getByRole('button', { name: 'Log out in this browser only' }).click();
  await expect(events.getByRole('listitem')).toHaveText(['renewed', 'session-endedlogged-out']);
  await expect(user.loginButton(page)).toBeVisible();
  expect(site.mock.control.requests.count({ endpoint: 'logout' })).toBe(0);
});

test('an API call with optional credentials shows the validated data to a reader and status 401 to a visitor', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/status of 401/);
  const call = page.getByRole('region', { name: 'An API call, signed in or not' });
  await page.goto('/how-it-works');
  await call.getByRole('button', { name: 'Fetch the profile' }).click();
  await expect(call.getByRole('status')).toHaveText('Status 401: the profile is not for visitors.');
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  await call.getByRole('button', { name: 'Fetch the profile' }).click();
  await expect(call.getByRole('status')).toHaveText(
    /^Status 200, first name Ada\. \d+ more requests are allowed for now\.$/,
  );
});

test('the profile under a Suspense boundary is requested at the click, and then shown', async ({
  page,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  const card = page.getByRole('region', { name: 'The profile under a Suspense boundary' });
  await expect(card.getByRole('button', { name: 'Show the profile' })).toBeVisible();
  site.mock.control.requests.clear();
  await card.getByRole('button', { name: 'Show the profile' }).click();
  await expect(card.getByRole('definition').first()).toHaveText('Ada Lovelace');
  expect(site.mock.control.requests.count({ endpoint: 'profile' })).toBe(1);
});

test('a profile that the API does not return leaves the page standing, and loads at the next try', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/status of 403|ApiError/);
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  const card = page.getByRole('region', { name: 'The profile under a Suspense boundary' });
  site.mock.control.faults.add({ endpoint: 'profile', method: 'GET', status: 403, body: {} });
  await card.getByRole('button', { name: 'Show the profile' }).click();
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card.getByRole('definition').first()).toHaveText('Ada Lovelace');
});

test('the idle logout of the page is off until it is turned on, then warns with a countdown', async ({
  page,
  site,
}) => {
  await page.clock.install();
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  const idle = page.getByRole('region', { name: 'Idle logout' });
  await expect(idle.getByRole('checkbox', { name: 'Log out when idle' })).not.toBeChecked();
  await idle.getByRole('checkbox', { name: 'Log out when idle' }).check();
  await expect(idle.getByText('Idle logout: active')).toBeVisible();
  await page.clock.fastForward(70_000);
  await expect(idle.getByText(/^Idle logout: warning, \d+ s left\./)).toBeVisible();
  await page.mouse.move(20, 20);
  await page.mouse.move(40, 40);
  await expect(idle.getByText('Idle logout: active')).toBeVisible();
});

test('the user has the type of the schema, and a renewal whose claims do not match keeps the user and names the claim', async ({
  page,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  const typed = page.getByRole('region', { name: 'The user, typed by a schema' });
  await expect(typed.getByRole('definition')).toHaveText(['Ada Lovelace', 'ada', 'true']);
  site.mock.control.users.update('ada', { name: '' });
  await page.getByRole('button', { name: 'Renew the session' }).click();
  await expect(typed.getByRole('status')).toHaveText(
    'The last renewal was refused by the schema: name.',
  );
  await expect(typed.getByRole('definition').first()).toHaveText('Ada Lovelace');
  site.mock.control.users.update('ada', { name: 'Augusta Ada King' });
  await page.getByRole('button', { name: 'Renew the session' }).click();
  await expect(typed.getByRole('definition').first()).toHaveText('Augusta Ada King');
  await typed.getByRole('button', { name: 'Dismiss the error' }).click();
  await expect(typed.getByRole('status')).toBeEmpty();
});

test('a login whose claims do not match the schema fails, and the page names the claim', async ({
  page,
  site,
}) => {
  site.mock.control.users.update('ada', { name: '' });
  await page.goto('/how-it-works');
  await user.loginButton(page).click();
  await page
    .getByRole('button', { name: /^Continue as/ })
    .first()
    .click();
  await expect(page.getByRole('alert')).toContainText('Your papers have a blank in them.');
  await expect(page.getByRole('region', { name: 'Right now' })).toContainText(
    'The last login failed (claims_rejected: name).',
  );
  await expect(user.loginButton(page)).toBeVisible();
});
