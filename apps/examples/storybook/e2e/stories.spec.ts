import { expect, test } from '@playwright/test';

declare global {
  interface Window {
    /** The events of Storybook's preview. */
    __STORYBOOK_ADDONS_CHANNEL__?: { last(event: string): unknown };
  }
}

/** Each story, and what it shows in the end. */
const STORIES = [
  ['signed-in', 'Delivery to London'],
  ['signed-out', 'Log in'],
  ['loading', 'One moment …'],
  ['refused', 'The login failed: access_denied'],
  ['log-in', 'Delivery to London'],
  ['step-up', 'Confirm'],
] as const;

for (const [name, text] of STORIES) {
  test(`the story ${name} passes its play function, and shows "${text}"`, async ({ page }) => {
    const id = `account--${name}`;
    await page.goto(`/iframe.html?id=${id}&viewMode=story`);
    const finished = await page.waitForFunction(() =>
      window.__STORYBOOK_ADDONS_CHANNEL__?.last('storyFinished'),
    );
    expect(await finished.jsonValue()).toMatchObject([{ storyId: id, status: 'success' }]);
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  });
}

test('every story has a test', async ({ request }) => {
  const { entries } = await (await request.get('/index.json')).json();
  expect(Object.keys(entries)).toEqual(STORIES.map(([name]) => `account--${name}`));
});
