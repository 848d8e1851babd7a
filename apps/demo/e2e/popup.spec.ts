import { runInOneEngine } from './support/one-engine.js';
import type { Page } from '@playwright/test';
import { exchangeCount } from './support/callbacks.js';
import { expect, stateOf, test } from './support/harness-test.js';

const popupError = (page: Page): ReturnType<Page['locator']> => page.locator('#popup-error');

/** Clicks the button, and returns the window that it opens. */
async function openPopup(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), clickLogIn(page)]);
  return popup;
}

function clickLogIn(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Log in in a window' }).click();
}

function continueAsAda(popup: Page): Promise<void> {
  return popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
}

/** Looks to the page as if the user were in another window, which Playwright hides from all pages. */
function blur(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.hasFocus = () => false;
  });
}

test('a login in a window signs in the page that opened it, and closes the window', async ({
  context,
  harness,
  site,
}) => {
  const page = await harness.open(context);
  const popup = await openPopup(page);
  await Promise.all([popup.waitForEvent('close'), continueAsAda(popup)]);
  await expect(stateOf(page)).toHaveText('authenticated');
  await expect(page).toHaveURL(harness.url);
  expect(exchangeCount(site)).toBe(1);
});

test('a window that the user closes is an error that says so, and another may be opened', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  const popup = await openPopup(page);
  await popup.close();
  await page.bringToFront();
  await expect(popupError(page)).toHaveText('popup_closed');
  const second = await openPopup(page);
  await continueAsAda(second);
  await expect(stateOf(page)).toHaveText('authenticated');
});

test('a login page that cuts its window off from the page that opened it can be logged in at', async ({
  context,
  harness,
  site,
}) => {
  site.mock.control.faults.add({
    endpoint: 'login',
    headers: { 'cross-origin-opener-policy': 'same-origin' },
    times: 'until-cleared',
  });
  await context.clock.install();
  const page = await harness.open(context);
  await blur(page);
  const popup = await openPopup(page);
  await expect(popup.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
  expect(await popup.evaluate(() => window.opener as unknown)).toBeNull();
  // Cut off, the window looks closed to the page, which looks every now and then.
  await context.clock.fastForward(5_000);
  await expect(stateOf(page)).toHaveText('authenticating');
  await continueAsAda(popup);
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(exchangeCount(site)).toBe(1);
});

test.describe(() => {
  runInOneEngine(test);

  test('a window that the browser blocks is an error that says so', async ({
    context,
    harness,
  }) => {
    const page = await harness.open(context);
    await page.evaluate(() => {
      window.open = () => null;
    });
    await clickLogIn(page);
    await expect(popupError(page)).toHaveText('popup_blocked');
    await expect(stateOf(page)).toHaveText('unauthenticated none popup_blocked');
  });

  test('two clicks open one window', async ({ context, harness }) => {
    const page = await harness.open(context);
    await Promise.all([page.waitForEvent('popup'), clickLogIn(page)]);
    await clickLogIn(page);
    await expect(stateOf(page)).toHaveText('authenticating');
    expect(context.pages()).toHaveLength(2);
  });

  test('a login in a window that the user turns back from is an error on the page', async ({
    context,
    harness,
  }) => {
    const page = await harness.open(context);
    const popup = await openPopup(page);
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await expect(popupError(page)).toHaveText('authorization_failed');
  });

  test('a window whose page has gone shows that it can be closed, and does not sign in', async ({
    context,
    harness,
    site,
  }) => {
    const page = await harness.open(context);
    const popup = await openPopup(page);
    await expect(popup.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
    // A browser closes a window at its own script's word, which would hide what is shown where it does not.
    await popup.context().addInitScript(() => {
      window.close = () => {};
    });
    await page.close();
    await continueAsAda(popup);
    await expect(popup.getByText('Close this window')).toBeVisible();
    await expect(popup).toHaveURL(harness.url);
    expect(exchangeCount(site)).toBe(0);
  });
});
