import { expect, test } from './support/test.js';
import { user } from './support/user.js';

test('a profile that fails to load shows an error and can be retried', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/403/);
  site.mock.control.faults.add({ endpoint: 'profile', method: 'GET', status: 403, body: {} });
  await user.arriveAsAda(page, site);
  await expect(page.getByRole('alert')).toContainText('We could not fetch your profile.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
});

test('an edit that the server rejects is rolled back and explained', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/503/);
  await user.arriveAsAda(page, site);
  site.mock.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 503, body: {} });
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert')).toContainText('Not saved, and put back as it was.');
  await expect(page.getByRole('region', { name: 'Your reader’s pass' })).toContainText(
    'Ada Lovelace',
  );
});

test('a field that the server rejects is marked and focused', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/400/);
  await user.arriveAsAda(page, site);
  const details = { field: 'nickname', reason: 'is taken' };
  site.mock.control.faults.add({
    endpoint: 'profile',
    method: 'PATCH',
    status: 400,
    body: { error: { code: 'validation_error', message: 'No.', details, request_id: 'r1' } },
  });
  const nickname = page.getByLabel('What we call you');
  await nickname.fill('Captain');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(nickname).toHaveAttribute('aria-invalid', 'true');
  await expect(nickname).toBeFocused();
  await expect(nickname).toHaveAccessibleDescription(/The desk says that this is taken\./);
});

test('an invalid form is explained without a request', async ({ page, site }) => {
  await user.arriveAsAda(page, site);
  await page.getByLabel('First name').fill('');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('First name')).toBeFocused();
  await expect(page.getByLabel('First name')).toHaveAccessibleDescription(
    'We need something to write on the envelope.',
  );
  expect(site.mock.control.requests.count({ endpoint: 'profile', method: 'PATCH' })).toBe(0);
});

test('an edit made offline is saved when the connection is back', async ({
  page,
  context,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.getByLabel('First name').fill('Augusta');
  await context.setOffline(true);
  await expect(page.getByText('You are offline.', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('This is saved as soon as you are back.')).toBeVisible();
  expect(site.mock.control.users.get('ada').firstName).toBe('Ada');
  await context.setOffline(false);
  await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
  expect(site.mock.control.users.get('ada').firstName).toBe('Augusta');
});
