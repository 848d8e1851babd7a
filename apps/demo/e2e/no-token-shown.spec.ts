import { runInOneEngine } from './support/one-engine.js';
import { findLeaks } from './support/leaks.js';
import { passTime } from './support/pass-time.js';
import { user } from './support/user.js';
import { expect, test } from './support/test.js';

test('no token, code or verifier is exposed after a login, a refresh and navigation', async ({
  page,
  context,
  site,
  consoleGuard,
}) => {
  await user.logIn(page);
  await passTime(site, page, { hours: 2 });
  await user.nameIn(page).click();
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

test('the search finds a token in every place where a page could expose one', async ({
  page,
  context,
  site,
  consoleGuard,
}) => {
  await page.goto('/');
  await expect(user.loginButton(page)).toBeVisible();
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

test.describe(() => {
  runInOneEngine(test);

  test('the search finds a token in a database outside of its one record', async ({
    page,
    context,
    site,
    consoleGuard,
  }) => {
    await user.arriveAsAda(page, site);
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

  test('the search finds a token that was written to the console or posted', async ({
    page,
    context,
    site,
    consoleGuard,
  }) => {
    await page.goto('/');
    site.secrets.set('planted-1', 'first').set('planted-2', 'second').set('planted-3', 'third');
    await page.evaluate(() => {
      // oxlint-disable-next-line eslint/no-console -- the leak under test
      console.info('planted-1');
      new BroadcastChannel('mine').postMessage({ planted: 'planted-2' });
      window.postMessage({ planted: 'planted-3' }, '*');
    });
    await expect
      .poll(() => findLeaks(context, site, consoleGuard))
      .toEqual([
        'first in the console or a message',
        'second in the console or a message',
        'third in the console or a message',
      ]);
    site.secrets.clear();
  });
});
