import { findLeaks } from './support/leaks.js';
import { passTime } from './support/pass-time.js';
import { reader } from './support/reader.js';
import { expect, test } from './support/test.js';

test('no token, code or verifier shows anywhere after a login, a refresh and a look around', async ({
  page,
  context,
  site,
  consoleGuard,
}) => {
  await reader.logIn(page);
  await passTime(site, page, { hours: 2 });
  await reader.nameIn(page).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('link', { name: 'How this works' }).click();
  await expect(page.getByText('/oauth/token').first()).toBeVisible();
  // Two grants: access, refresh and ID token each, the code, the verifier.
  expect(site.secrets.size).toBeGreaterThanOrEqual(8);
  expect(await findLeaks(context, site, consoleGuard)).toEqual([]);
});

const secret = 'a-planted-secret';

/** Puts the secret into every place where a page could show one. */
function showEverywhere(planted: string): void {
  localStorage.setItem('mine', planted);
  sessionStorage.setItem('mine', planted);
  document.body.setAttribute('data-mine', planted);
  Object.assign(document.body, { __reactProps$x: { session: [{ token: planted }] } });
  window.name = planted;
  history.replaceState({ planted }, '', `#${planted}`);
}

test('the search finds a token in every place where a page could show one', async ({
  page,
  context,
  site,
  consoleGuard,
}) => {
  await page.goto('/');
  await expect(reader.loginButton(page)).toBeVisible();
  site.secrets.set(secret, 'token');
  await page.evaluate(showEverywhere, secret);
  expect(await findLeaks(context, site, consoleGuard)).toEqual([
    'token in the address',
    'token in the history state',
    'token in the window name',
    'token in localStorage',
    'token in sessionStorage',
    'token in the document',
    'token in what React holds',
  ]);
  site.secrets.clear();
});

test('the search finds a token in a database, but for the one record that is there for it', async ({
  page,
  context,
  site,
  consoleGuard,
}) => {
  await reader.arriveAsAda(page, site);
  expect(await findLeaks(context, site, consoleGuard)).toEqual([]);
  await page.evaluate(
    (planted) =>
      new Promise((resolve) => {
        const request = indexedDB.open('mine');
        request.addEventListener('upgradeneeded', () => {
          request.result.createObjectStore('records').put(planted, 'planted');
        });
        request.addEventListener('success', resolve);
      }),
    secret,
  );
  site.secrets.set(secret, 'token');
  expect(await findLeaks(context, site, consoleGuard)).toEqual(['token in IndexedDB']);
  site.secrets.clear();
});

/** Ways to say a secret out loud. */
const slips: Readonly<Record<string, (planted: string) => void>> = {
  // oxlint-disable-next-line eslint/no-console -- that is the slip
  'written to the console': (planted) => console.info(planted),
  'posted to another tab': (planted) => new BroadcastChannel('mine').postMessage({ planted }),
  'posted to a window': (planted) => window.postMessage({ planted }, '*'),
};

for (const [manner, slip] of Object.entries(slips)) {
  test(`the search finds a token that was ${manner}`, async ({
    page,
    context,
    site,
    consoleGuard,
  }) => {
    await page.goto('/');
    site.secrets.set(secret, 'token');
    await page.evaluate(slip, secret);
    await expect
      .poll(() => findLeaks(context, site, consoleGuard))
      .toEqual(['token in the console or a message']);
    site.secrets.clear();
  });
}
