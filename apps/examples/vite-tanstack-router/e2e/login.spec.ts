import { test } from '@sesamy-kit/mock-server/playwright';
import { expect } from '@playwright/test';

const callbacks = [`http://localhost:${process.env.PORT ?? 5173}/`];
test.use({ sesamyOptions: { clients: [{ clientId: 'publisher-web', callbacks }] } });

test('a hover does not redirect to the login and a click does, which returns to the page; a deep link and a reload keep the session until the logout', async ({
  page,
  sesamy,
}) => {
  const logins = () =>
    sesamy.control.requests.list().filter(({ path }) => path === '/authorize').length;

  await page.goto('/');
  const link = page.getByRole('link', { name: 'Account' });
  await link.hover();
  await page.mouse.move(0, 0);
  await link.hover();
  // A navigation begun by the hover would have happened by now: the page responds after its tasks.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(logins()).toBe(0);

  await link.click();
  await page.getByRole('button', { name: /ada/i }).click();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await expect(page).toHaveURL('/account');

  await page.goto('/stories/high-tide?from=mail');
  const story = page.getByText('For Ada, who came by mail.');
  await expect(story).toBeVisible();
  await page.reload();
  await expect(story).toBeVisible();
  expect(logins()).toBe(1);

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
  await expect(story).toBeHidden();
});
