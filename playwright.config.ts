import { defineConfig } from '@playwright/test';
import { hosts } from './apps/demo/e2e/support/modes/hosts.js';
import type { ProjectOptions } from './apps/demo/e2e/support/project-options.js';
import { browserPath, findWebKit, strictChromiumPath } from './packages/tooling/browsers.mjs';

const chromiumPath = browserPath('chromium');
const strictPath = strictChromiumPath();
const firefoxPath = browserPath('firefox');

const chromiumArgs = [
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.co.uk 127.0.0.1',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

const chromium = {
  browserName: 'chromium',
  launchOptions: { ...(chromiumPath && { executablePath: chromiumPath }), args: chromiumArgs },
} as const;

/** They drive WebKitGTK by themselves: Playwright only supports its own WebKit build. */
const webkitTests = '**/webkit/*.spec.ts';

/** Too long for `npm test`; `npm run test:browsers` runs them in Chromium as well. */
const longTests = [
  '**/modes/*.spec.ts',
  '**/accessibility/*.spec.ts',
  '**/backend/*.spec.ts',
  '**/devtools/*.spec.ts',
  '**/static/*.spec.ts',
];

const isSoak = process.env['SOAK'] === '1';

/**
 * `npm test` runs the project `chromium`, `npm run test:browsers` all others. The fixtures in apps/demo/e2e start
 * their own servers, one set for each worker.
 */
export default defineConfig<object, ProjectOptions>({
  testDir: 'apps/demo/e2e',
  outputDir: 'test-results/e2e',
  ...(isSoak ? { grep: /@soak/ } : { grepInvert: /@soak/ }),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // Limits guard against hangs and are never a verdict on speed: there is none on the run as a whole, since a slow
  // machine would turn red.
  timeout: isSoak ? 600_000 : 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ignoreHTTPSErrors: true,
    // Snapshots of every step cost more time than the tests themselves.
    trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testIgnore: [webkitTests, ...longTests], use: chromium },
    { name: 'chromium-long', testMatch: longTests, use: chromium },
    {
      // The same engine once more, with third-party cookies kept back.
      name: 'chromium-strict',
      testDir: 'apps/demo/e2e/modes',
      ...(!isSoak && { grep: /@cookie-policy/ }),
      use: {
        browserName: 'chromium',
        isBrowserMissing: strictPath === undefined,
        launchOptions: { ...(strictPath && { executablePath: strictPath }), args: chromiumArgs },
      },
    },
    {
      name: 'firefox',
      testIgnore: webkitTests,
      use: {
        browserName: 'firefox',
        // A stock Firefox speaks WebDriver BiDi; only Playwright's own build speaks its protocol.
        ...(firefoxPath && { channel: 'moz-firefox' }),
        launchOptions: {
          ...(firefoxPath && { executablePath: firefoxPath }),
          firefoxUserPrefs: {
            // A test opens a window from a frame that no trusted click reaches over BiDi.
            'dom.disable_open_during_load': false,
            'network.dns.localDomains': Object.values(hosts).join(','),
            // Over BiDi, going back times out when the page comes from the back/forward cache.
            'browser.sessionhistory.max_total_viewers': 0,
            'fission.bfcacheInParent': false,
          },
        },
      },
    },
    {
      name: 'webkit',
      testMatch: webkitTests,
      fullyParallel: false,
      use: { webKitPrograms: findWebKit() ?? null },
    },
  ],
});
