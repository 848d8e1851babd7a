import type { Locator, Page, Route } from '@playwright/test';
import { runInOneEngine } from './support/one-engine.js';
import { expect, test } from './support/test.js';
import { user } from './support/user.js';

runInOneEngine(test);

const pageCode = '**/how-it-works-page-*.js';

const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { level: 1, name });

const link = (page: Page): Locator =>
  page.getByRole('contentinfo').getByRole('link', { name: 'How this works' });

/** Holds the code of the page until the test lets it through. */
async function holdCode(page: Page): Promise<() => Promise<void>> {
  const routes: Route[] = [];
  await page.route(pageCode, (route) => void routes.push(route));
  return async () => {
    await expect.poll(() => routes.length).toBe(1);
    await routes[0]?.continue();
  };
}

test('the front page does not request the code of the page on how the site works', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const isCode = (url: string): boolean => url.includes('/how-it-works-page-');
  await page.goto('/');
  await expect(user.loginButton(page)).toBeVisible();
  expect(requests.some(isCode)).toBe(false);
  await link(page).click();
  await expect(heading(page, 'How this works')).toBeFocused();
  expect(requests.filter(isCode)).toHaveLength(1);
});

test('a navigation to a page that is still loading keeps the old page, marked as busy, then focuses the new heading', async ({
  page,
}) => {
  await page.goto('/sections/weather');
  const release = await holdCode(page);
  await link(page).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true');
  await expect(heading(page, 'Weather')).toBeVisible();
  await release();
  await expect(heading(page, 'How this works')).toBeFocused();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
});

test('a visit that begins at a page that is still loading shows its heading and the masthead', async ({
  page,
}) => {
  const release = await holdCode(page);
  await page.goto('/how-it-works', { waitUntil: 'commit' });
  await expect(page.getByText('Loading the page')).toBeVisible();
  await expect(heading(page, 'How this works')).toBeVisible();
  await expect(user.loginButton(page)).toBeVisible();
  await expect(page).toHaveTitle('How this works · Tidewaiter');
  await release();
  await expect(page.getByRole('heading', { name: 'Right now' })).toBeVisible();
});

test('a page whose code does not load is reported within the layout, and loads at the next try', async ({
  page,
  consoleGuard,
}) => {
  consoleGuard.expect(/ERR_FAILED|dynamically imported module|Failed to load resource/);
  await page.goto('/');
  await page.route(pageCode, (route) => route.abort());
  await link(page).click();
  await expect(heading(page, 'Aground')).toBeFocused();
  await expect(user.loginButton(page)).toBeVisible();
  await page.unroute(pageCode);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'How this works')).toBeVisible();
});

test('a login that begins at a page on demand returns to it', async ({ page }) => {
  await page.goto('/how-it-works');
  await user.loginButton(page).click();
  await user.continueAsAda(page);
  await expect(page).toHaveURL('/how-it-works');
  await expect(heading(page, 'How this works')).toBeFocused();
});
