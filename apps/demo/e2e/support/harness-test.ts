import { expect } from '@playwright/test';
import type { BrowserContext, Page, TestType } from '@playwright/test';
import { buildHarness } from './built-harness.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import { test as base } from './test.js';

/** A page with a session and nothing else, for what takes many tabs or a close look. */
export interface Harness {
  /** Where the page is; its redirect URI too. */
  readonly url: string;
  /** Opens the page in a new tab, when the session knows its state. */
  open(context: BrowserContext): Promise<Page>;
  /** Logs Ada in on the page, without the login page. */
  logIn(page: Page): Promise<void>;
}

interface HarnessServer {
  readonly url: string;
}

interface HarnessFixtures {
  readonly harness: Harness;
}

interface HarnessWorkerFixtures {
  readonly harnessServer: HarnessServer;
}

type BaseOf<Kind extends 'test' | 'worker'> =
  typeof base extends TestType<infer Test, infer Worker>
    ? Kind extends 'test'
      ? Test
      : Worker
    : never;

/** The test with the harness page beside the demo. */
export const test: TestType<
  BaseOf<'test'> & HarnessFixtures,
  BaseOf<'worker'> & HarnessWorkerFixtures
> = base.extend<HarnessFixtures, HarnessWorkerFixtures>({
  harnessServer: [
    async ({ startedSite }, provide) => {
      const server = createPageServer(await buildHarness(), () => startedSite.config);
      const { port, close } = await listen((request) => server.fetch(request));
      await provide({ url: `http://localhost:${String(port)}/` });
      await close();
    },
    { scope: 'worker' },
  ],
  harness: async ({ harnessServer: { url }, site }, provide) => {
    site.mock.control.clients.update(site.config.clientId, { callbacks: [site.url, url] });
    await provide({
      url,
      async open(context) {
        const page = await context.newPage();
        await page.goto(url);
        await expect(stateOf(page)).not.toHaveText(/initializing|^$/);
        return page;
      },
      async logIn(page) {
        site.knownReader = 'ada';
        await page.evaluate(() => {
          session.loginWithRedirect().catch(() => {});
        });
        await expect(stateOf(page)).toHaveText('authenticated');
        site.knownReader = null;
      },
    });
  },
});

/** Where the page shows the session's state: status, reason and error code. */
export function stateOf(page: Page): ReturnType<Page['locator']> {
  return page.locator('#state');
}

export { expect } from '@playwright/test';
