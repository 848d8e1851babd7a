import { authorizationUrls, beginLogin, exchangeCount } from './support/callbacks.js';
import { runInOneEngine } from './support/one-engine.js';
import { user } from './support/user.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

const continueAsAda = { name: 'Continue as Ada Lovelace' };

test('a callback without its stored login restarts the login once in the waiting tab', async ({
  page,
  site,
}) => {
  const callbackUrl = await beginLogin(page, site);
  const other = await page.context().newPage();
  await other.goto('/');
  await other.evaluate(clearDatabases);
  await other.close();
  await page.addInitScript(loseTabLogins);
  await page.goto(callbackUrl);
  await page.getByRole('button', continueAsAda).click();
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site)).toHaveLength(2);
});

test('a reload while the code is exchanged starts the login again', async ({
  page,
  site,
  consoleGuard,
}) => {
  // The server refuses the code that it has received before.
  consoleGuard.expect(/40[03]/);
  const callbackUrl = await beginLogin(page, site);
  // The reload ends the delay; the server completes the request without a client.
  site.mock.control.faults.add({ grant: 'authorization_code', delayMs: 30_000 });
  await page.goto(callbackUrl);
  await expect.poll(() => site.mock.control.faults.unused()).toEqual([]);
  await page.reload();
  await page.getByRole('button', continueAsAda).click();
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site)).toHaveLength(2);
});

test('a callback used before begins no login', async ({ page, site }) => {
  const callbackUrl = await beginLogin(page, site);
  await page.goto(callbackUrl);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(user.loginButton(page)).toBeVisible();
  await page.goto(callbackUrl);
  await expect(user.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(site.url);
  expect(authorizationUrls(site)).toHaveLength(1);
});

for (const flow of ['redirect', 'retry']) {
  test(`a crafted stale callback of a ${flow} begins no login`, async ({ page, site }) => {
    await page.goto(`/?code=long-gone&state=0123;sesamy-kit:publisher-web@${site.issuer};${flow}`);
    await expect(user.loginButton(page)).toBeEnabled();
    await expect(page).toHaveURL(site.url);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(site.requests).toEqual([]);
  });
}

test('a callback from another issuer is rejected before its code is sent', async ({
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

/** Removes, once, what the tab holds of a login that its database may not have yet. */
function loseTabLogins(): void {
  if (sessionStorage.getItem('are-logins-lost') !== null) return;
  sessionStorage.setItem('are-logins-lost', '');
  for (const name of Object.keys(sessionStorage)) {
    if (name.endsWith('/logins')) sessionStorage.removeItem(name);
  }
}
