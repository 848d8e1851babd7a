import { expect, test } from '@playwright/test';

/** Where Storybook's preview keeps its events. */
const CHANNEL = '__STORYBOOK_ADDONS_CHANNEL__' as const;

declare global {
  interface Window {
    [CHANNEL]?: { last(event: string): unknown };
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
    const finished = await page.waitForFunction(
      (channel) => window[channel]?.last('storyFinished'),
      CHANNEL,
    );
    expect(await finished.jsonValue()).toMatchObject([{ storyId: id, status: 'success' }]);
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  });
}

test('every story has a test', async ({ request }) => {
  const { entries } = await (await request.get('/index.json')).json();
  expect(Object.keys(entries)).toEqual(STORIES.map(([name]) => `account--${name}`));
});
