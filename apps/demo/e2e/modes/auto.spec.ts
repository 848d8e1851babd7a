import type { Locator, Page } from '@playwright/test';
import { expect, test, type Publisher } from '../support/modes/modes-test.js';
import { runInOneEngine } from '../support/one-engine.js';
import { seriousProblems } from '../support/serious-problems.js';
import { user } from '../support/user.js';

runInOneEngine(test);

const comparison = 'how-you-are-logged-in';

const choice = (page: Page): Locator => page.getByRole('region', { name: 'Or the kit chooses' });

/** Logs Ada in on the page that compares the modes. */
async function logIn(page: Page, { site }: Publisher): Promise<void> {
  await page.goto(site.url + comparison);
  await expect(choice(page)).toContainText('Log in to see what it has chosen.');
  await expect(page.getByText('You are here')).toHaveCount(0);
  await user.loginButton(page).click();
  await user.continueAsAda(page);
}

/** Takes the token handler from the page's origin, as far as the page can see. */
async function takeHandler(page: Page): Promise<void> {
  await page.route('**/sesamy/auth/**', (route) => route.fulfill({ status: 404 }));
}

const cases = [
  { chosen: 'token-handler', issuer: 'same-site', hasHandler: true },
  { chosen: 'sso-cookie', issuer: 'same-site', hasHandler: false },
  { chosen: 'refresh-token', issuer: 'cross-site', hasHandler: false },
] as const;

for (const { chosen, issuer, hasHandler } of cases) {
  test.describe(`an issuer that is ${issuer}, ${hasHandler ? 'with' : 'without'} a token handler`, () => {
    test.use({ setUp: { mode: 'auto', issuer, build: 'demo' } });

    if (!hasHandler) {
      test.beforeEach(async ({ page, consoleGuard }) => {
        consoleGuard.expect(/status of 404/);
        await takeHandler(page);
      });
    }

    test(`auto chooses ${chosen}, and the page says so and marks its card`, async ({
      page,
      publisher,
    }) => {
      await logIn(page, publisher);
      await expect(choice(page)).toContainText(`This page uses auto, which has chosen ${chosen}.`);
      const card = page.getByRole('article').filter({ hasText: 'You are here' });
      await expect(card.getByText(chosen, { exact: true })).toBeVisible();
      await expect(page.getByText('the mode that auto has chosen')).toBeVisible();
    });

    test(`with ${chosen}, chosen by auto, a user edits the profile, reloads and logs out`, async ({
      page,
      publisher,
    }) => {
      await logIn(page, publisher);
      await user.nameIn(page).click();
      await page.getByLabel('First name').fill('Augusta');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
      await page.reload();
      await expect(page.getByLabel('First name')).toHaveValue('Augusta');
      await page.getByRole('link', { name: 'How this works' }).first().click();
      await expect(
        page.getByText(`This page uses the session mode auto, which has chosen ${chosen}.`),
      ).toBeVisible();
      await page.getByRole('button', { name: 'Log out', exact: true }).click();
      await expect(user.loginButton(page)).toBeVisible();
    });
  });
}

test.describe('a page that is left during its probe', () => {
  test.use({ setUp: { mode: 'auto', issuer: 'same-site', build: 'demo' } });

  test('auto remembers nothing of a page that is left during its probe, and the next page finds the token handler', async ({
    page,
    publisher,
  }) => {
    // It never gets a response.
    await page.route('**/sesamy/auth/userinfo', () => {});
    const probe = page.waitForRequest('**/sesamy/auth/userinfo');
    await page.goto(publisher.site.url);
    await probe;
    await page.goto(`${publisher.site.url}tidewaiter.svg`);
    expect(await page.evaluate(() => Object.entries(localStorage))).toEqual([]);
    await page.unrouteAll();
    await logIn(page, publisher);
    await expect(choice(page)).toContainText(
      'This page uses auto, which has chosen token-handler.',
    );
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, setUp: { mode: 'auto', issuer: 'same-site', build: 'demo' } });
    test.slow();

    test('axe finds no serious violation on the modes page where the kit chooses', async ({
      page,
      publisher,
    }) => {
      await logIn(page, publisher);
      await expect(choice(page)).toContainText('which has chosen');
      expect(await seriousProblems(page, colorScheme)).toEqual([]);
    });
  });
}
