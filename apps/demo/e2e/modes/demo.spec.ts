import type { Locator, Page } from '@playwright/test';
import { reader } from '../support/reader.js';
import { seriousProblems } from '../support/serious-problems.js';
import { expect, test } from '../support/started-demo-test.js';

const modes = ['refresh-token', 'sso-cookie', 'token-handler'] as const;
const comparison = 'how-you-are-logged-in';

// One server for all, which takes longer to start than a test to run.
test.describe.configure({ mode: 'default' });
test.skip(
  ({ browserName }) => browserName !== 'chromium',
  'What browsers do differently in these modes is tested in e2e/modes.',
);

const nameOf = {
  'refresh-token': 'The key in your drawer',
  'sso-cookie': 'The gatekeeper knows you',
  'token-handler': 'The porter keeps the key',
} as const;

const card = (page: Page, mode: (typeof modes)[number]): Locator =>
  page.getByRole('article', { name: nameOf[mode] });

/** Logs in by way of the login page, from a page that asks for it. */
async function arriveAsAda(page: Page, url: string): Promise<void> {
  await page.goto(new URL('account', url).href);
  await reader.continueAsAda(page);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
}

for (const mode of modes) {
  test.describe(mode, () => {
    test('a reader logs in at a piece, comes back to it, edits, reloads and logs out', async ({
      page,
      demo,
    }) => {
      const piece = `${demo.urls[mode]}stories/the-harbour-that-moves?from=letter#note`;
      await page.goto(piece);
      await reader.continueAsAda(page);
      await expect(page).toHaveURL(piece);
      await expect(page.getByText('a mile of sand with opinions').first()).toBeVisible();

      await reader.nameIn(page).click();
      const number = `+46 70 000 00 0${String(modes.indexOf(mode))}`;
      await page.getByLabel('Telephone').fill(number);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
      expect(demo.mock.control.users.get('ada').mobilePhone).toBe(number);
      await page.reload();
      await expect(page.getByLabel('Telephone')).toHaveValue(number);

      await page.getByRole('button', { name: 'Log out' }).click();
      await expect(reader.loginButton(page)).toBeVisible();
      await expect(page).toHaveURL(demo.urls[mode]);
      await page.goto(new URL('account', demo.urls[mode]).href);
      await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
    });

    test('the page says that it runs here, and leads to itself in the other modes', async ({
      page,
      demo,
    }) => {
      await page.goto(demo.urls[mode] + comparison);
      await expect(card(page, mode)).toContainText('You are here');
      await expect(page.getByText('You are here')).toHaveCount(1);
      for (const other of modes.filter((each) => each !== mode)) {
        const url = other === 'refresh-token' ? demo.url : demo.urls[other];
        const link = card(page, other).getByRole('link', { name: `This page with ${other}` });
        await expect(link).toHaveAttribute('href', url + comparison);
      }
    });
  });
}

test('the foot of every page leads to the same page in the other modes', async ({ page, demo }) => {
  const path = 'stories/fog-in-nine-kinds';
  await page.goto(demo.urls['sso-cookie'] + path);
  await page.getByText('What just happened?').click();
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText('Logins are kept by sso-cookie here.');
  for (const [mode, url] of [
    ['refresh-token', demo.url],
    ['token-handler', demo.urls['token-handler']],
  ] as const) {
    const link = foot.getByRole('link', { name: mode });
    await expect(link).toHaveAttribute('href', url + path);
  }
});

test('a login in one mode is none in another, and both last', async ({ page, demo }) => {
  await arriveAsAda(page, demo.url);
  await page.goto(demo.url + comparison);
  await card(page, 'token-handler').getByRole('link').click();
  await expect(reader.loginButton(page)).toBeVisible();
  // Sesamy knows her by now.
  await reader.loginButton(page).click();
  await expect(reader.nameIn(page)).toBeVisible();
  await card(page, 'refresh-token').getByRole('link').click();
  await expect(reader.nameIn(page)).toBeVisible();
});

/** What the page lists of one place, by name. */
async function listed(page: Page, place: string): Promise<readonly string[]> {
  const row = page
    .locator('dl.reach > div')
    .filter({ has: page.getByText(place, { exact: true }) });
  return row.locator('code').allTextContents();
}

test.describe('within a script’s reach', () => {
  test('are both tokens with refresh-token, by name and not by value', async ({ page, demo }) => {
    await arriveAsAda(page, demo.urls['refresh-token']);
    await page.goto(demo.urls['refresh-token'] + comparison);
    await expect(page.getByText('the access token and the refresh token')).toBeVisible();
    expect(await listed(page, 'Cookies')).toEqual([]);
    const shown = await page.getByRole('main').innerHTML();
    const values = await page.evaluate(() => Object.values(localStorage));
    expect(values).toHaveLength(1);
    expect(values.filter((value) => shown.includes(value))).toEqual([]);
    expect(shown).not.toMatch(/eyJ[\w-]+\.|ada@example\.com/);
  });

  for (const { mode, cookies } of [
    { mode: 'sso-cookie', cookies: [] },
    { mode: 'token-handler', cookies: ['sesamy_is_authenticated'] },
  ] as const) {
    test(`is no token with ${mode}`, async ({ page, demo }) => {
      await arriveAsAda(page, demo.urls[mode]);
      await page.goto(demo.urls[mode] + comparison);
      await expect(page.getByText('your name and picture')).toHaveCount(1);
      await expect(page.getByText('the access token and the refresh token')).toHaveCount(0);
      expect(await listed(page, 'Cookies')).toEqual(cookies);
    });
  }

  test('is what is there at the moment, without a reload', async ({ page, demo }) => {
    await page.goto(demo.urls['refresh-token'] + comparison);
    await expect(page.locator('dl.reach')).toContainText('nothing');
    await page.evaluate(() => {
      document.cookie = 'tide=in';
    });
    await expect.poll(() => listed(page, 'Cookies')).toEqual(['tide']);
  });
});

test.describe('the backend', () => {
  test('knows the reader by an access token of the custom domain', async ({ page, demo }) => {
    await arriveAsAda(page, demo.urls['sso-cookie']);
    const desk = page.getByRole('region', { name: 'What it reads on your token' });
    await expect(desk).toContainText('email|ada');
  });

  test('is not asked where there is no token, and the page says why', async ({ page, demo }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await arriveAsAda(page, demo.urls['token-handler']);
    const office = page.getByRole('region', { name: 'At the harbour office' });
    await expect(office).toContainText('This page has no token to show.');
    expect(asked.filter((url) => url.startsWith(demo.backendUrl))).toEqual([]);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test.slow();

    test('axe finds nothing serious in what is shown of the modes', async ({ page, demo }) => {
      await arriveAsAda(page, demo.urls['token-handler']);
      for (const path of ['account', comparison]) {
        await page.goto(demo.urls['token-handler'] + path);
        await page.getByText('What just happened?').click();
        await expect(page.getByText(/no token to show|your name and picture/)).toBeVisible();
        expect(await seriousProblems(page, colorScheme), path).toEqual([]);
      }
    });
  });
}

test('nothing is cut off on a telephone', async ({ page, demo }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await arriveAsAda(page, demo.urls['token-handler']);
  for (const path of ['account', comparison, 'how-it-works']) {
    await page.goto(demo.urls['token-handler'] + path);
    await page.getByText('What just happened?').click();
    const isTooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    );
    expect(isTooWide, path).toBe(false);
  }
});
