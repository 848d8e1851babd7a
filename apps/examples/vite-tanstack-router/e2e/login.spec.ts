import { test } from '@sesamy-kit/mock-server/playwright';
import { expect } from '@playwright/test';

const callbacks = [`http://localhost:${process.env.PORT ?? 5173}/`];
test.use({ sesamyOptions: { clients: [{ clientId: 'publisher-web', callbacks }] } });

test('a deep link leads through the login to the story, which survives a reload until the logout', async ({
  page,
  sesamy,
}) => {
  const logins = () =>
    sesamy.control.requests.list().filter(({ path }) => path === '/authorize').length;
  const story = page.getByRole('heading', { name: 'Story high-tide' });

  await page.goto('/');
  await page.getByRole('link', { name: 'Account' }).hover();
  // Preloaded by now: the page responds after its tasks.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(logins()).toBe(0);

  await page.goto('/stories/high-tide?from=mail');
  await page.getByRole('button', { name: /ada/i }).click();
  await expect(story).toBeVisible();
  await expect(page).toHaveURL('/stories/high-tide?from=mail');
  expect(logins()).toBe(1);
  await page.reload();
  await expect(story).toBeVisible();

  await page.getByRole('link', { name: 'Account' }).click();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
  await expect(page.getByText('Ada Lovelace')).toBeHidden();
});
