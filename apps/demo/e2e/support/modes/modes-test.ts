import { expect } from '@playwright/test';
import type { BrowserContext, Page, TestType } from '@playwright/test';
import { stateOf } from '../harness-test.js';
import type { ProjectOptions } from '../project-options.js';
import { test as base } from '../test.js';
import { startModesSite } from './modes-site.js';
import type { ModesSite } from './modes-site.js';
import { findTokenShapes } from './token-shapes.js';
import type { TestFixturesOf, WorkerFixturesOf } from '../fixtures-of.js';
import { setUps, type SetUp } from './set-up.js';

/** The publisher's page in one of its set-ups. */
export interface Publisher {
  readonly site: ModesSite;
  /** Opens the page in a new tab, once the session has a state. */
  open(context: BrowserContext, path?: string): Promise<Page>;
  /** Logs Ada in by Sesamy's login page. */
  logIn(page: Page): Promise<void>;
}

interface ModesOptions {
  /** The session mode of the page. */
  readonly setUp: SetUp;
}

interface ModesFixtures extends ModesOptions {
  readonly publisher: Publisher;
  /** Fails the test of a token handler when anything that looks like a token reached the page. */
  readonly shapeGuard: void;
}

interface ModesWorkerFixtures extends Pick<ProjectOptions, 'isBrowserMissing'> {
  readonly modesSite: ModesSite;
}

/** The test over https on several sites, where `test.use({ setUp })` selects the session mode. */
export const test: TestType<
  TestFixturesOf<typeof base> & ModesFixtures,
  WorkerFixturesOf<typeof base> & ModesWorkerFixtures
> = base.extend<ModesFixtures, ModesWorkerFixtures>({
  setUp: [setUps[0], { option: true }],
  isBrowserMissing: [false, { option: true, scope: 'worker' }],
  modesSite: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- read by Playwright: no fixture is needed
    async ({}, provide) => {
      const site = await startModesSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  startedSite: [
    async ({ modesSite }, provide) => {
      await provide(modesSite);
    },
    { scope: 'worker' },
  ],
  publisher: async ({ modesSite, setUp }, provide) => {
    modesSite.reset();
    modesSite.ownResponses.length = 0;
    modesSite.setUp = setUp;
    await provide({
      site: modesSite,
      async open(context, path = '/') {
        const page = await context.newPage();
        await page.goto(new URL(path, modesSite.url).href);
        await expect(stateOf(page)).not.toHaveText(/initializing|^$/);
        return page;
      },
      async logIn(page) {
        await page.evaluate(() => {
          session.loginWithRedirect().catch(() => {});
        });
        await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
        await expect(stateOf(page)).toHaveText('authenticated');
      },
    });
  },
  shapeGuard: [
    async ({ context, publisher, setUp }, provide, testInfo) => {
      await provide();
      if (setUp.mode !== 'token-handler' || testInfo.status !== testInfo.expectedStatus) return;
      expect(await findTokenShapes(context, publisher.site), 'what looks like a token').toEqual([]);
    },
    { auto: true },
  ],
});

/** Skips the tests of a file in a project whose browser is not there. */
export function skipWithoutBrowser({ skip }: Pick<typeof test, 'skip'>): void {
  skip(({ isBrowserMissing }) => isBrowserMissing, 'Debian’s package chromium is not installed.');
}

export { stateOf } from '../harness-test.js';
export { expect } from '@playwright/test';
