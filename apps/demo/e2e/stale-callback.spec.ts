import { authorizationUrls, beginLogin, exchangeCount } from './support/callbacks.js';
import { runInOneEngine } from './support/one-engine.js';
import { reader } from './support/reader.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

const continueAsAda = { name: 'Continue as Ada Lovelace' };

test('a callback whose login is forgotten begins the login once more in the tab that waits for it', async ({
  page,
  site,
}) => {
  const callbackUrl = await beginLogin(page, site);
  const other = await page.context().newPage();
  await other.goto('/');
  await other.evaluate(clearDatabases);
  await other.close();
  await page.goto(callbackUrl);
  await page.getByRole('button', continueAsAda).click();
  await expect(reader.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site)).toHaveLength(2);
});

test('a callback that was answered before begins no login', async ({ page, site }) => {
  const callbackUrl = await beginLogin(page, site);
  await page.goto(callbackUrl);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(reader.loginButton(page)).toBeVisible();
  await page.goto(callbackUrl);
  await expect(reader.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site)).toHaveLength(1);
});

for (const way of ['redirect', 'retry']) {
  test(`a crafted link that looks like a stale callback of a ${way} begins no login`, async ({
    page,
    site,
  }) => {
    await page.goto(`/?code=long-gone&state=0123;sesamy-kit:publisher-web@${site.issuer};${way}`);
    await expect(reader.loginButton(page)).toBeEnabled();
    await expect(page).toHaveURL(site.url);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(site.requests).toEqual([]);
  });
}

test('a callback that names another issuer is refused before its code is sent anywhere', async ({
  page,
  site,
}) => {
  site.mock.control.faults.add({ authorizationResponse: 'iss-other' });
  await page.goto('/account');
  await page.getByRole('button', continueAsAda).click();
  await expect(page.getByRole('alert')).toContainText('That login did not belong to this visit.');
  expect(exchangeCount(site)).toBe(0);
});

/** Empties IndexedDB without closing it, as the browser does not let a page delete what another has open. */
async function clearDatabases(): Promise<void> {
  for (const { name = '' } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('error', () => reject(opening.error));
      opening.addEventListener('success', () => {
        const database = opening.result;
        const stores = [...database.objectStoreNames];
        const transaction = database.transaction(stores, 'readwrite');
        for (const store of stores) transaction.objectStore(store).clear();
        transaction.addEventListener('complete', () => resolve(database.close()));
      });
    });
  }
}
