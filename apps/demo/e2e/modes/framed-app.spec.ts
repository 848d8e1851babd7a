import type { BrowserContext, FrameLocator, Page } from '@playwright/test';
import { openAttacker } from '../support/modes/attacks.js';
import { expect, test } from '../support/modes/modes-test.js';
import type { Publisher } from '../support/modes/modes-test.js';

/* The app in a frame of another site's page, as in the preview of a CMS or in an online editor. */

test.use({ setUp: { mode: 'refresh-token', issuer: 'cross-site', isFramable: true } });

test.beforeEach(({ consoleGuard }) => {
  // Each browser words this error differently.
  consoleGuard.expect(/./);
});

async function openFrame(
  context: BrowserContext,
  { site }: Publisher,
): Promise<{ host: Page; app: FrameLocator }> {
  const host = await openAttacker(context, site, 'stranger');
  await host.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    document.body.append(frame);
  }, site.url);
  const app = host.frameLocator('iframe');
  await expect(app.locator('#state')).toHaveText('unauthenticated none');
  return { host, app };
}

test('a redirect login in a frame of another site is rejected with a reason, and the app stays', async ({
  context,
  publisher,
}) => {
  const { app } = await openFrame(context, publisher);
  await app.locator('#state').evaluate(() => {
    session.loginWithRedirect().catch(() => {});
  });
  await expect(app.locator('#state')).toHaveText('unauthenticated none not_top_level');
});

test('a popup login signs in the app in a frame of another site, and not the popup', async ({
  context,
  publisher,
  browserName,
}) => {
  const { host, app } = await openFrame(context, publisher);
  const button = app.getByRole('button', { name: 'Log in in a window' });
  const [popup] = await Promise.all([
    host.waitForEvent('popup'),
    // Over BiDi no click reaches a frame of another site; the popup blocker is off there.
    browserName === 'firefox' ? button.dispatchEvent('click') : button.click(),
  ]);
  await Promise.all([
    popup.waitForEvent('close'),
    popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click(),
  ]);
  await expect(app.locator('#state')).toHaveText('authenticated');
  const exchanges = publisher.site.mock.control.requests.count({ grant: 'authorization_code' });
  expect(exchanges).toBe(1);
});

test('a page of another site that opens a forged callback receives no message', async ({
  context,
  publisher,
}) => {
  const { site } = publisher;
  const stranger = await openAttacker(context, site, 'stranger');
  const page = await publisher.open(context);
  const authorizationUrl = await page.evaluate(async () => {
    const opened = new Promise<string>((resolve) => {
      window.open = () =>
        ({ closed: false, close() {}, location: { replace: resolve } }) as unknown as Window;
    });
    session.loginWithPopup().catch(() => {});
    return opened;
  });
  const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
  const response = `${site.url}?${new URLSearchParams({ code: 'made-up', state: `x${state}` }).toString()}`;
  const [popup] = await Promise.all([
    stranger.waitForEvent('popup'),
    stranger.evaluate((url) => {
      addEventListener('message', () => document.body.append('heard'));
      window.open(url);
    }, response),
  ]);
  await popup.waitForEvent('close');
  await expect(stranger.getByText('heard')).toHaveCount(0);
  expect(site.mock.control.requests.count({ grant: 'authorization_code' })).toBe(0);
});
