import { expect, test } from '../support/test.js';
import { user } from '../support/user.js';
import { seriousProblems } from '../support/serious-problems.js';

const openPages = [
  '/',
  '/sections/weather',
  '/sections/letters',
  '/stories/fog-in-nine-kinds',
  '/how-it-works',
  '/nowhere',
];
const guardedPages = ['/account', '/stories/the-harbour-that-moves'];

test.skip(
  ({ browserName }) => browserName === 'firefox',
  'axe reads the same document in every engine, and only Chromium can be told the colours.',
);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test.slow();

    test('axe finds no serious violation on the open pages', async ({ page }) => {
      for (const path of openPages) {
        await page.goto(path);
        await expect(user.loginButton(page)).toBeVisible();
        expect(await seriousProblems(page, colorScheme), path).toEqual([]);
      }
    });

    test('axe finds no serious violation on the guarded pages', async ({ page, site }) => {
      await user.arriveAsAda(page, site);
      for (const path of guardedPages) {
        await page.goto(path);
        await expect(page.getByRole('main').locator('p').nth(3)).toBeVisible();
        expect(await seriousProblems(page, colorScheme), path).toEqual([]);
      }
    });

    test('axe finds no serious violation after a failed login', async ({ page }) => {
      await page.goto('/account');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await seriousProblems(page, colorScheme), 'guarded').toEqual([]);
      await page.getByRole('link', { name: 'Tidewaiter, front page' }).click();
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
      expect(await seriousProblems(page, colorScheme), 'open').toEqual([]);
    });
  });
}
