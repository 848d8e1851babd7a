import { expect, test } from './support/test.js';
import { reader } from './support/reader.js';

/** What the page looked like when it was drawn first, and at each change after that. */
function recordCorner(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { cornersSeen: seen });
  const observer = new MutationObserver(() => {
    const corner = document.querySelector('.corner');
    if (corner !== null) seen.push(corner.textContent);
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

test('a reload is logged in from the first thing drawn, and asks Sesamy for nothing', async ({
  page,
  site,
}) => {
  await reader.logIn(page);
  await page.addInitScript(recordCorner);
  site.requests.length = 0;
  await page.reload();
  await expect(reader.nameIn(page)).toBeVisible();
  const corners = await page.evaluate(() => Reflect.get(globalThis, 'cornersSeen') as string[]);
  expect(corners.length).toBeGreaterThan(0);
  for (const corner of corners) expect(corner).toContain('Ada Lovelace');
  const asked = site.requests.filter(({ path }) => !path.startsWith('/avatars/'));
  expect(asked).toEqual([]);
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

test('on the way back from the login the front page does not flash up', async ({ page }) => {
  await page.addInitScript(recordHeadings);
  await page.goto('/account');
  await reader.continueAsAda(page);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  const headings = await page.evaluate(() => Reflect.get(globalThis, 'headingsSeen') as string[]);
  expect(headings).toEqual(['Finding your place', 'Your account']);
});

test('a login callback costs one request', async ({ page, site }) => {
  await reader.logIn(page);
  const byScript = site.requests.filter(
    ({ origin, method }) => `${String(origin)}/` === site.url || method === 'OPTIONS',
  );
  expect(byScript.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /oauth/token']);
});

test('after a login the address holds no answer of Sesamy, so a reload is still logged in', async ({
  page,
}) => {
  await reader.logIn(page);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await expect(reader.nameIn(page)).toBeVisible();
});
