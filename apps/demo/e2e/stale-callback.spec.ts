import { authorizationUrls, beginLogin, exchangeCount } from './support/callbacks.js';
import { runInOneEngine } from './support/one-engine.js';
import { reader } from './support/reader.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

const continueAsAda = { name: 'Continue as Ada Lovelace' };

test('an old answer, when nobody is signed in, asks for a login once more', async ({
  page,
  site,
}) => {
  const callbackUrl = await beginLogin(page, site);
  await page.context().clearCookies();
  await page.goto(callbackUrl);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(reader.loginButton(page)).toBeVisible();
  const before = authorizationUrls(site).length;
  await page.goto(callbackUrl);
  await page.getByRole('button', continueAsAda).click();
  await expect(reader.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site).length - before).toBe(1);
});

test('an old answer to the login that an old answer began is not asked for again', async ({
  page,
  site,
}) => {
  await page.goto(`/?code=long-gone&state=0123;sesamy-kit:publisher-web@${site.issuer};retry`);
  await expect(reader.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(site.requests).toEqual([]);
});

test('an answer that names another issuer is refused before its code is sent anywhere', async ({
  page,
  site,
}) => {
  site.mock.control.faults.add({ authorizationResponse: 'iss-other' });
  await page.goto('/account');
  await page.getByRole('button', continueAsAda).click();
  await expect(page.getByRole('alert')).toContainText('That login did not belong to this visit.');
  expect(exchangeCount(site)).toBe(0);
});
