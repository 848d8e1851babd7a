import { runInOneEngine } from './support/one-engine.js';
import { expect, test } from './support/test.js';
import { passTime } from './support/pass-time.js';
import { user } from './support/user.js';

test('two tabs whose token has expired spend the refresh token once', async ({
  page,
  context,
  site,
}) => {
  await user.logIn(page);
  const other = await context.newPage();
  await other.goto('/');
  await expect(user.nameIn(other)).toBeVisible();
  await passTime(site, page, { hours: 2 });

  await Promise.all([user.nameIn(page).click(), user.nameIn(other).click()]);

  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(other.getByLabel('First name')).toHaveValue('Ada');
  expect(site.mock.control.requests.count({ grant: 'refresh_token' })).toBe(1);
});

test('a logout in one tab closes the account in the other', async ({ page, context, site }) => {
  await user.arriveAsAda(page, site);
  const other = await context.newPage();
  await other.goto('/account');
  await expect(other.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(other.getByText('You are logged out.')).toBeVisible();
  await expect(other.getByText('ada@example.com')).toHaveCount(0);
});

test.describe(() => {
  runInOneEngine(test);

  test('a user who replaces another sees none of their data in any tab', async ({
    page,
    context,
    site,
  }) => {
    await user.arriveAsAda(page, site);
    const other = await context.newPage();
    await other.goto('/account');
    await expect(other.getByLabel('First name')).toHaveValue('Ada');
    await page.getByRole('button', { name: 'Log out' }).click();
    await expect(other.getByText('You are logged out.')).toBeVisible();
    await other.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { textsSeen: seen });
      new MutationObserver(() => seen.push(document.body.textContent)).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    await user.loginButton(page).click();
    await page.getByRole('button', { name: 'Continue as Grace Hopper' }).click();
    await expect(other.getByLabel('First name')).toHaveValue('Grace');
    const texts = await other.evaluate(() => Reflect.get(globalThis, 'textsSeen') as string[]);
    expect(texts.join(' ')).toContain('grace@example.com');
    expect(texts.join(' ')).not.toMatch(/Ada|Lovelace/);
  });
});
