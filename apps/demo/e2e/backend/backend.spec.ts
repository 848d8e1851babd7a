import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/backend-test.js';
import { user } from '../support/user.js';
import { seriousProblems } from '../support/serious-problems.js';
import { test as withoutBackend } from '../support/test.js';

const office = (page: Page): Locator => page.getByRole('region', { name: 'At the harbour office' });
const onToken = (page: Page): Locator => page.getByRole('region', { name: 'Access token claims' });
const ledger = (page: Page): Locator =>
  page.getByRole('region', { name: 'Publishers from the Management API' });

test('the backend shows Ada the claims of her access token and the publishers', async ({
  page,
}) => {
  await user.logIn(page);
  await user.nameIn(page).click();
  await expect(onToken(page)).toContainText('email|ada');
  await expect(onToken(page)).toContainText('publishers:read');
  await expect(ledger(page).getByRole('listitem')).toHaveText([
    /The Daily Sample/,
    /The Evening Sample/,
  ]);
});

test('Grace sees that she lacks the permission for the publishers, and nothing is fetched', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/403/);
  site.ssoUser = 'grace';
  await page.goto('/account');
  await expect(onToken(page)).toContainText('email|grace');
  await expect(ledger(page)).toContainText('This ledger is not for your desk.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(site.mock.control.requests.count({ endpoint: 'management' })).toBe(0);
});

test('a failure between the backend and Sesamy can be retried, and its log has no secret', async ({
  page,
  site,
  backend,
  consoleGuard,
}) => {
  consoleGuard.expect(/502/);
  site.mock.control.faults.add({ endpoint: 'management', status: 403, body: {} });
  await user.arriveAsAda(page, site);
  await expect(ledger(page).getByRole('alert')).toContainText('The office could not say.');
  await expect(onToken(page)).toContainText('email|ada');
  await ledger(page).getByRole('button', { name: 'Try again' }).click();
  await expect(ledger(page).getByRole('listitem')).toHaveCount(2);

  const log = backend.log.join('\n');
  expect(log).toContain('ManagementError');
  // The reader's three tokens, code and verifier, and the backend's own token.
  const secrets = [...site.secrets.keys(), backend.clientSecret];
  expect(secrets.length).toBeGreaterThanOrEqual(7);
  expect(secrets.filter((secret) => log.includes(secret))).toHaveLength(0);
});

test('an unreachable backend is reported once and does not log the user out', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/Failed to load resource|Same Origin|Cross-Origin/);
  test.slow();
  await page.route('**/api/*', (route) => route.abort());
  await user.arriveAsAda(page, site);
  const alert = office(page).getByRole('alert');
  await expect(alert).toContainText('The office did not respond.', { timeout: 60_000 });
  await expect(alert).toHaveCount(1);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.unroute('**/api/*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(ledger(page).getByRole('listitem')).toHaveCount(2);
});

withoutBackend('where there is no backend, the account does without', async ({ page, site }) => {
  await user.arriveAsAda(page, site);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(office(page)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test.skip(
      ({ browserName }) => browserName === 'firefox',
      'axe reads the same document in every engine, and only Chromium can be told the colours.',
    );

    for (const [name, sees] of [
      ['ada', 'The Evening Sample'],
      ['grace', 'not for your desk'],
    ] as const) {
      test(`axe finds no serious violation in the page of ${name}`, async ({
        page,
        site,
        consoleGuard,
      }) => {
        consoleGuard.expect(/403/);
        site.ssoUser = name;
        await page.goto('/account');
        await expect(ledger(page)).toContainText(sees);
        expect(await seriousProblems(page, colorScheme)).toEqual([]);
      });
    }
  });
}

test('Ada signs the log after she has confirmed in a window, and stays on the page', async ({
  page,
  consoleGuard,
}) => {
  consoleGuard.expect(/401/);
  await user.logIn(page);
  await user.nameIn(page).click();
  const log = page.getByRole('region', { name: 'The harbour log' });
  await log.getByRole('button', { name: 'Sign the log' }).click();
  // The server still knows her, so its window closes by itself.
  await log.getByRole('button', { name: 'Confirm in a window' }).click();
  await expect(log.getByRole('status')).toContainText('Signed at');
  await expect(page).toHaveURL(/\/account$/);
});
