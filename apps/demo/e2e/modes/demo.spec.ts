import type { Locator, Page } from '@playwright/test';
import { user } from '../support/user.js';
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

/** Logs in at the login page, from a guarded page. */
async function arriveAsAda(page: Page, url: string): Promise<void> {
  await page.goto(new URL('account', url).href);
  await user.continueAsAda(page);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
}

for (const mode of [...modes, 'auto'] as const) {
  test.describe(mode, () => {
    test('a user logs in at a story, returns to it, edits, reloads and logs out', async ({
      page,
      demo,
    }) => {
      const piece = `${demo.urls[mode]}stories/the-harbour-that-moves?from=letter#note`;
      await page.goto(piece);
      await user.continueAsAda(page);
      await expect(page).toHaveURL(piece);
      await expect(page.getByText('a mile of sand with opinions').first()).toBeVisible();

      await user.nameIn(page).click();
      const number = `+46 70 000 00 0${String(Object.keys(demo.urls).indexOf(mode))}`;
      await page.getByLabel('Telephone').fill(number);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
      expect(demo.mock.control.users.get('ada').mobilePhone).toBe(number);
      await page.reload();
      await expect(page.getByLabel('Telephone')).toHaveValue(number);

      await page.getByRole('button', { name: 'Log out' }).click();
      await expect(user.loginButton(page)).toBeVisible();
      await expect(page).toHaveURL(demo.urls[mode]);
      await page.goto(new URL('account', demo.urls[mode]).href);
      await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
    });
  });
}

for (const mode of modes) {
  test.describe(mode, () => {
    test('the modes page marks the running mode and links to itself in the others', async ({
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

test('the pages of the three modes link to the one where the kit chooses', async ({
  page,
  demo,
}) => {
  await page.goto(demo.url + comparison);
  const link = page.getByRole('link', { name: 'This page with auto' });
  await expect(link).toHaveAttribute('href', demo.urls.auto + comparison);
});

test('the footer of every page links to the same page in the other modes', async ({
  page,
  demo,
}) => {
  const path = 'stories/fog-in-nine-kinds';
  await page.goto(demo.urls['sso-cookie'] + path);
  await page.getByText('What just happened?').click();
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText('This page uses sso-cookie.');
  for (const [mode, url] of [
    ['refresh-token', demo.url],
    ['token-handler', demo.urls['token-handler']],
    ['auto', demo.urls.auto],
  ] as const) {
    const link = foot.getByRole('link', { name: mode });
    await expect(link).toHaveAttribute('href', url + path);
  }
});

test('logins in two modes are independent', async ({ page, demo }) => {
  await arriveAsAda(page, demo.url);
  await page.goto(demo.url + comparison);
  await card(page, 'token-handler').getByRole('link').click();
  await expect(user.loginButton(page)).toBeVisible();
  // Ada has a session at Sesamy by now.
  await user.loginButton(page).click();
  await expect(user.nameIn(page)).toBeVisible();
  await card(page, 'refresh-token').getByRole('link').click();
  await expect(user.nameIn(page)).toBeVisible();
});

/** What the page lists of one place, by name. */
async function listed(page: Page, place: string): Promise<readonly string[]> {
  const row = page
    .locator('dl.reach > div')
    .filter({ has: page.getByText(place, { exact: true }) });
  return row.locator('code').allTextContents();
}

test.describe('what scripts can read', () => {
  test('refresh-token exposes both tokens to scripts, shown by name and not by value', async ({
    page,
    demo,
  }) => {
    await arriveAsAda(page, demo.urls['refresh-token']);
    await page.goto(demo.urls['refresh-token'] + comparison);
    await expect(page.getByText('the access token and the refresh token')).toBeVisible();
    expect(await listed(page, 'Cookies')).toEqual([]);
    const shown = await page.getByRole('main').innerHTML();
    const values = await page.evaluate(() => Object.values(localStorage));
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((value) => shown.includes(value))).toEqual([]);
    expect(shown).not.toMatch(/eyJ[\w-]+\.|ada@example\.com/);
  });

  for (const { mode, cookies } of [
    { mode: 'sso-cookie', cookies: [] },
    { mode: 'token-handler', cookies: ['sesamy_is_authenticated'] },
  ] as const) {
    test(`${mode} exposes no token to scripts`, async ({ page, demo }) => {
      await arriveAsAda(page, demo.urls[mode]);
      await page.goto(demo.urls[mode] + comparison);
      await expect(page.getByText('your name and picture')).toHaveCount(1);
      await expect(page.getByText('the access token and the refresh token')).toHaveCount(0);
      expect(await listed(page, 'Cookies')).toEqual(cookies);
    });
  }

  test('the list of what scripts can read updates without a reload', async ({ page, demo }) => {
    await page.goto(demo.urls['refresh-token'] + comparison);
    await expect(page.locator('dl.reach')).toContainText('nothing');
    await page.evaluate(() => {
      document.cookie = 'tide=in';
    });
    await expect.poll(() => listed(page, 'Cookies')).toEqual(['tide']);
  });
});

test.describe('the backend', () => {
  test('the backend accepts an access token of the custom domain', async ({ page, demo }) => {
    await arriveAsAda(page, demo.urls['sso-cookie']);
    const desk = page.getByRole('region', { name: 'Access token claims' });
    await expect(desk).toContainText('email|ada');
  });

  test('the backend is not requested without an access token, and the page says why', async ({
    page,
    demo,
  }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await arriveAsAda(page, demo.urls['token-handler']);
    const office = page.getByRole('region', { name: 'At the harbour office' });
    await expect(office).toContainText('This page has no access token.');
    expect(requests.filter((url) => url.startsWith(demo.backendUrl))).toEqual([]);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test.slow();

    test('axe finds no serious violation on the modes page', async ({ page, demo }) => {
      await arriveAsAda(page, demo.urls['token-handler']);
      for (const path of ['account', comparison]) {
        await page.goto(demo.urls['token-handler'] + path);
        await page.getByText('What just happened?').click();
        await expect(page.getByText(/has no access token|your name and picture/)).toBeVisible();
        expect(await seriousProblems(page, colorScheme), path).toEqual([]);
      }
    });
  });
}

test('the modes page fits a phone screen', async ({ page, demo }) => {
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
