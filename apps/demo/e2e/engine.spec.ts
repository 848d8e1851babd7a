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
