import { expect, test } from './support/test.js';
import { user } from './support/user.js';

/** The content of the page at the first render and at each change after that. */
function recordCorner(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { cornersSeen: seen });
  const observer = new MutationObserver(() => {
    const corner = document.querySelector('.corner');
    if (corner !== null) seen.push(corner.textContent);
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

test('a reload is signed in from the first render and sends no request to Sesamy', async ({
  page,
  site,
}) => {
  await user.logIn(page);
  await page.addInitScript(recordCorner);
  site.requests.length = 0;
  await page.reload();
  await expect(user.nameIn(page)).toBeVisible();
  const corners = await page.evaluate(() => Reflect.get(globalThis, 'cornersSeen') as string[]);
  expect(corners.length).toBeGreaterThan(0);
  for (const corner of corners) expect(corner).toContain('Ada Lovelace');
  const requests = site.requests.filter(({ path }) => !path.startsWith('/avatars/'));
  expect(requests).toEqual([]);
});

/** Every heading that the page has shown. */
function recordHeadings(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { headingsSeen: seen });
  const observer = new MutationObserver(() => {
    const heading = document.querySelector('h1');
    if (heading !== null && seen.at(-1) !== heading.textContent) seen.push(heading.textContent);
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

test('the front page does not flash during the login callback', async ({ page }) => {
  await page.addInitScript(recordHeadings);
  await page.goto('/account');
  await user.continueAsAda(page);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  const headings = await page.evaluate(() => Reflect.get(globalThis, 'headingsSeen') as string[]);
  expect(headings).toEqual(['Finding your place', 'Your account']);
});

test('a login callback costs one request', async ({ page, site }) => {
  await user.logIn(page);
  const byScript = site.requests.filter(
    ({ origin, method }) => `${String(origin)}/` === site.url || method === 'OPTIONS',
  );
  expect(byScript.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /oauth/token']);
});

test('after a login the address has no callback parameters, so a reload stays signed in', async ({
  page,
}) => {
  await user.logIn(page);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await expect(user.nameIn(page)).toBeVisible();
});
