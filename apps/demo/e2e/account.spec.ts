import { expect, test } from './support/test.js';
import { reader } from './support/reader.js';

test('a profile that cannot be fetched says so and can be tried again', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/403/);
  site.mock.control.faults.add({ endpoint: 'profile', method: 'GET', status: 403, body: {} });
  await reader.arriveAsAda(page, site);
  await expect(page.getByRole('alert')).toContainText('We could not fetch your profile.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
});

test('an edit that the server refuses is put back and explained', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/503/);
  await reader.arriveAsAda(page, site);
  site.mock.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 503, body: {} });
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert')).toContainText('Not saved, and put back as it was.');
  await expect(page.getByRole('region', { name: 'Your reader’s pass' })).toContainText(
    'Ada Lovelace',
  );
});

test('a field that the server refuses is marked and focused', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/400/);
  await reader.arriveAsAda(page, site);
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

test('a mistake in the form is explained before the server is asked', async ({ page, site }) => {
  await reader.arriveAsAda(page, site);
  await page.getByLabel('First name').fill('');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByLabel('First name')).toBeFocused();
  await expect(page.getByLabel('First name')).toHaveAccessibleDescription(
    'We need something to write on the envelope.',
  );
  expect(site.mock.control.requests.count({ endpoint: 'profile', method: 'PATCH' })).toBe(0);
});

test('an edit made without a connection waits, and is saved when it is back', async ({
  page,
  context,
  site,
}) => {
  await reader.arriveAsAda(page, site);
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
