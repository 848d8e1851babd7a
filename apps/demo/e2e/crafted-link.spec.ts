import { runInOneEngine } from './support/one-engine.js';
import { reader } from './support/reader.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

const words = 'Call+0800-TROUBLE';
const marked = ({ issuer }: { issuer: string }): string =>
  `/?error=access_denied&error_description=${words}&state=0123;sesamy-kit:publisher-web@${issuer};redirect`;
const unmarked = `/?error=access_denied&error_description=${words}&state=0123`;

test('a link with an error and our mark shows no error, and is taken out of the address', async ({
  page,
  site,
}) => {
  await page.goto(marked(site));
  await expect(reader.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('TROUBLE')).toHaveCount(0);
  expect(site.requests).toEqual([]);
});

test('a link with an error and without our mark shows no error, and is left alone', async ({
  page,
  site,
}) => {
  await page.goto(unmarked);
  await expect(reader.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(new URL(unmarked, site.url).href);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('TROUBLE')).toHaveCount(0);
  expect(site.requests).toEqual([]);
});

test('a link with an error does not sign out who is signed in', async ({ page, site }) => {
  await reader.arriveAsAda(page, site);
  await page.goto(marked(site));
  await expect(reader.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
