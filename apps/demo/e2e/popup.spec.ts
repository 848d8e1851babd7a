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

/** Makes the page believe that the user is in another window, which Playwright hides from all pages. */
function blur(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.hasFocus = () => false;
  });
}

test('a popup login signs in its opener and closes the popup', async ({
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

test('a popup closed by the user rejects with an error, and another can be opened', async ({
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

test('a popup login works with a login page that severs its opener', async ({
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
  // A severed popup looks closed to the page, which polls it.
  await context.clock.fastForward(5_000);
  await expect(stateOf(page)).toHaveText('authenticating');
  await continueAsAda(popup);
  await expect(stateOf(page)).toHaveText('authenticated');
  expect(exchangeCount(site)).toBe(1);
});

test.describe(() => {
  runInOneEngine(test);

  test('a blocked popup rejects with an error', async ({ context, harness }) => {
    const page = await harness.open(context);
    await page.evaluate(() => {
      window.open = () => null;
    });
    await clickLogIn(page);
    await expect(popupError(page)).toHaveText('popup_blocked');
    await expect(stateOf(page)).toHaveText('unauthenticated none popup_blocked');
  });

  test('two clicks open one popup', async ({ context, harness }) => {
    const page = await harness.open(context);
    await Promise.all([page.waitForEvent('popup'), clickLogIn(page)]);
    await clickLogIn(page);
    await expect(stateOf(page)).toHaveText('authenticating');
    expect(context.pages()).toHaveLength(2);
  });

  test('a cancelled popup login is an error on the page', async ({ context, harness }) => {
    const page = await harness.open(context);
    const popup = await openPopup(page);
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await expect(popupError(page)).toHaveText('authorization_failed');
  });

  test('a popup whose opener is gone shows that it can be closed and does not sign in', async ({
    context,
    harness,
    site,
  }) => {
    const page = await harness.open(context);
    const popup = await openPopup(page);
    await expect(popup.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
    // A browser lets a popup close itself, which would hide what it shows otherwise.
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
