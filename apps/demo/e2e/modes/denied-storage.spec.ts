import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { expect, stateOf, test as base } from '../support/harness-test.js';

/* Browsers that deny storage to every site: each page still renders, and a login works or explains what to do. */

/** Debian's Chromium, since the headless shell has no such setting. */
const CHROMIUM = '/usr/bin/chromium';
const BLOCK = 2;

const test = base.extend({
  // It reads storage, which is denied.
  leakGuard: async ({ page }, provide) => {
    await provide(void page);
  },
  context: async ({ browserName, context }, provide) => {
    if (browserName !== 'chromium') return provide(context);
    const profile = await mkdtemp(join(tmpdir(), 'sesamy-kit-denied-'));
    await mkdir(join(profile, 'Default'));
    const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } };
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const denied = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM });
    await provide(denied);
    await denied.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  },
});

test.use({
  launchOptions: async ({ launchOptions, browserName }, provide) => {
    const firefoxUserPrefs = {
      ...launchOptions.firefoxUserPrefs,
      'network.cookie.cookieBehavior': BLOCK,
    };
    await provide(
      browserName === 'firefox' ? { ...launchOptions, firefoxUserPrefs } : launchOptions,
    );
  },
});

test.skip(
  ({ browserName }) => browserName === 'chromium' && !existsSync(CHROMIUM),
  'Debian’s package chromium is not installed.',
);

test.beforeEach(({ consoleGuard }) => {
  consoleGuard.expect(/./);
});

test('a page with denied storage renders as signed out', async ({ context, harness, site }) => {
  const page = await harness.open(context);
  expect(await page.evaluate(canStore)).toBe(false);
  await expect(stateOf(page)).toHaveText('unauthenticated none');
  const demo = await context.newPage();
  await demo.goto(site.url);
  await expect(demo.getByRole('heading').first()).toBeVisible();
});

test('a redirect login that could not finish is rejected with the reason', async ({
  context,
  harness,
}) => {
  const page = await harness.open(context);
  await page.evaluate(() => {
    session.loginWithRedirect().catch(() => {});
  });
  await expect(stateOf(page)).toHaveText('unauthenticated none storage_unavailable');
  await expect(page).toHaveURL(harness.url);
});

test('a popup login works until the page is left', async ({ context, harness }) => {
  const page = await harness.open(context);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Log in in a window' }).click(),
  ]);
  await popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(stateOf(page)).toHaveText('authenticated');
});

function canStore(): boolean {
  try {
    localStorage.setItem('canStore', 'yes');
    return true;
  } catch {
    return false;
  }
}
