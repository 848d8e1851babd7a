import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Site } from './site.js';
import { test as base } from './test.js';

/** The test in a browser that keeps pages in its back/forward cache, which Playwright turns off. */
export const test: typeof base = base.extend({
  launchOptions: [
    async ({ launchOptions }, provide) => {
      const { executablePath } = launchOptions;
      await provide({
        ...launchOptions,
        ...(executablePath !== undefined && { executablePath: wholeBrowser(executablePath) }),
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
        firefoxUserPrefs: {
          ...launchOptions.firefoxUserPrefs,
          'browser.sessionhistory.max_total_viewers': -1,
          'fission.bfcacheInParent': true,
        },
      });
    },
    { scope: 'worker' },
  ],
  channel: [
    async ({ browserName, channel, launchOptions }, provide) => {
      const isOwnBuild = browserName === 'chromium' && launchOptions.executablePath === undefined;
      await provide(isOwnBuild ? 'chromium' : channel);
    },
    { scope: 'worker' },
  ],
  // Playwright cannot inspect a page that Firefox restored from its cache.
  leakGuard: async ({ page }, provide) => {
    await provide(void page);
  },
});

/** Chromium's headless shell has no such cache; the whole browser, which may be beside it, has. */
function wholeBrowser(path: string): string {
  const whole = path.replace(/-headless-shell$/, '');
  return existsSync(whole) ? whole : path;
}

/** The content of a page in the first frame after its restore from the cache. */
export interface RestoredPage {
  readonly text: string;
  readonly enabledButtons: readonly string[];
}

/**
 * Makes the page report its content to the mock when it is restored from the cache. Playwright loses
 * a page in Firefox's cache.
 */
export async function reportRestoration(page: Page, site: Site): Promise<void> {
  await page.evaluate((issuer) => {
    const report = (): void => {
      const inputs = [...document.querySelectorAll('input')].map(({ value }) => value);
      const buttons = [...document.querySelectorAll('button:enabled')];
      const seen = {
        text: [document.body.textContent, ...inputs].join(' '),
        enabledButtons: buttons.map(({ textContent }) => textContent),
      };
      const query = new URLSearchParams({ seen: JSON.stringify(seen) }).toString();
      void fetch(`${issuer}.well-known/jwks.json?${query}`);
    };
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) requestAnimationFrame(report);
    });
  }, site.issuer);
}

/** Goes back, and returns what the page from the cache reports. */
export async function goBackToCache(page: Page, site: Site): Promise<RestoredPage> {
  await page.evaluate(() => {
    // Later, because the result of this call would be lost with the page.
    setTimeout(() => history.back(), 0);
  });
  const reports = (): string[] =>
    site.requests.flatMap(({ url }) => new URL(url).searchParams.getAll('seen'));
  await expect.poll(reports, 'pages out of the cache').toHaveLength(1);
  return JSON.parse(reports()[0] ?? '') as RestoredPage;
}

export { expect } from '@playwright/test';
