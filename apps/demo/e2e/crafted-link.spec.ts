import { runInOneEngine } from './support/one-engine.js';
import { user } from './support/user.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

const words = 'Call+0800-TROUBLE';
const marked = ({ issuer }: { issuer: string }): string =>
  `/?error=access_denied&error_description=${words}&state=0123;sesamy-kit:publisher-web@${issuer};redirect`;
const unmarked = `/?error=access_denied&error_description=${words}&state=0123`;

test('a crafted error link with the kit’s state prefix shows no error and is removed from the address', async ({
  page,
  site,
}) => {
  await page.goto(marked(site));
  await expect(user.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('TROUBLE')).toHaveCount(0);
  expect(site.requests).toEqual([]);
});

test('a crafted error link without the kit’s state prefix shows no error and is left unchanged', async ({
  page,
  site,
}) => {
  await page.goto(unmarked);
  await expect(user.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(new URL(unmarked, site.url).href);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('TROUBLE')).toHaveCount(0);
  expect(site.requests).toEqual([]);
});

test('a crafted error link does not sign the user out', async ({ page, site }) => {
  await user.arriveAsAda(page, site);
  await page.goto(marked(site));
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
