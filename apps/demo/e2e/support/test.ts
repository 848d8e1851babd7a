import { expect, test as base } from '@playwright/test';
import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from '@playwright/test';

import { watchConsole } from './console-guard.js';
import type { ConsoleGuard } from './console-guard.js';
import { findLeaks } from './leaks.js';
import { watchMessages } from './message-watch.js';
import { startSite } from './site.js';
import type { Site } from './site.js';

interface TestFixtures {
  /** Fails the test when a page writes an error that the test did not expect. */
  readonly consoleGuard: ConsoleGuard;
  /** Fails the test when a token, code or verifier is exposed anywhere at its end. */
  readonly leakGuard: void;
}

interface WorkerFixtures {
  /** Servers of one worker, started once. */
  readonly startedSite: Site;
}

interface SiteFixture {
  /** The demo and the mock, as new for each test. */
  readonly site: Site;
}

/** Playwright's `test` with the demo and the mock of Sesamy running. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & TestFixtures & SiteFixture,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
> = base.extend<TestFixtures & SiteFixture, WorkerFixtures>({
  startedSite: [
    // Playwright reads which fixtures are needed from the pattern, and none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, provide) => {
      const site = await startSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  site: async ({ startedSite }, provide) => {
    startedSite.reset();
    await provide(startedSite);
  },
  baseURL: async ({ site }, provide) => {
    await provide(site.url);
  },
  consoleGuard: [
    async ({ context }, provide) => {
      const guard = watchConsole(context);
      await provide(guard);
      expect(guard.unexpected(), 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
  leakGuard: [
    async ({ context, site, consoleGuard }, provide, testInfo) => {
      await watchMessages(context);
      await provide();
      if (testInfo.status !== testInfo.expectedStatus) return;
      // A page that is navigating, or has yet to clean its address, is checked again.
      await expect(async () => {
        expect(await findLeaks(context, site, consoleGuard), 'tokens shown').toEqual([]);
      }).toPass({ timeout: 60_000 });
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
