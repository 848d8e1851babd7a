import { expect } from '@playwright/test';
import type { BrowserContext, Page, TestType } from '@playwright/test';
import { buildHarness } from './built-harness.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import type { TestFixturesOf, WorkerFixturesOf } from './fixtures-of.js';
import { test as base } from './test.js';

/** A page with only a session, for tests with many tabs or of internals. */
export interface Harness {
  /** Where the page is; its redirect URI too. */
  readonly url: string;
  /**
   * A deploy has removed the chunks that the page loads on demand: `until-reload` until the page is requested again,
   * which brings the new ones. `stalled` when they are there, but do not arrive.
   */
  missingChunks: 'none' | 'all' | 'until-reload' | 'stalled';
  /** Opens the page in a new tab, once the session has a state. */
  open(context: BrowserContext): Promise<Page>;
  /** Logs Ada in on the page, without the login page. */
  logIn(page: Page): Promise<void>;
}

interface HarnessServer extends Pick<Harness, 'missingChunks'> {
  readonly url: string;
}

interface HarnessFixtures {
  readonly harness: Harness;
}

interface HarnessWorkerFixtures {
  readonly harnessServer: HarnessServer;
}

/** The test with the harness page beside the demo. */
export const test: TestType<
  TestFixturesOf<typeof base> & HarnessFixtures,
  WorkerFixturesOf<typeof base> & HarnessWorkerFixtures
> = base.extend<HarnessFixtures, HarnessWorkerFixtures>({
  harnessServer: [
    async ({ startedSite }, provide) => {
      const readFile = await buildHarness();
      const page = new TextDecoder().decode((await readFile('index.html')) ?? undefined);
      const server = createPageServer(
        async (name) => {
          const isPage = name === 'index.html';
          if (isPage && started.missingChunks === 'until-reload') started.missingChunks = 'none';
          const isMissing = started.missingChunks !== 'none' && !isPage && !page.includes(name);
          if (!isMissing) return readFile(name);
          return started.missingChunks === 'stalled' ? new Promise(() => {}) : null;
        },
        () => startedSite.config,
      );
      const { port, close } = await listen((request) => server.fetch(request));
      const url = `http://localhost:${String(port)}/`;
      const started: HarnessServer = { url, missingChunks: 'none' };
      await provide(started);
      await close();
    },
    { scope: 'worker' },
  ],
  harness: async ({ harnessServer, site }, provide) => {
    const { url } = harnessServer;
    harnessServer.missingChunks = 'none';
    site.mock.control.clients.update(site.config.clientId, { callbacks: [site.url, url] });
    await provide({
      url,
      get missingChunks() {
        return harnessServer.missingChunks;
      },
      set missingChunks(which) {
        harnessServer.missingChunks = which;
      },
      async open(context) {
        const page = await context.newPage();
        await page.goto(url);
        await expect(stateOf(page)).not.toHaveText(/initializing|^$/);
        return page;
      },
      async logIn(page) {
        site.ssoUser = 'ada';
        const exchanges = (): number =>
          site.mock.control.requests.count({ grant: 'authorization_code' });
        const before = exchanges();
        // In a separate task, so that the page does not navigate during evaluation.
        await page.evaluate(() => {
          setTimeout(() => void session.loginWithRedirect().catch(() => {}));
        });
        // The page may show the state of an earlier login until it has left.
        await expect.poll(exchanges).toBe(before + 1);
        await expect(stateOf(page)).toHaveText('authenticated');
        site.ssoUser = null;
      },
    });
  },
});

/** Where the page shows the session's state: status, reason and error code. */
export function stateOf(page: Page): ReturnType<Page['locator']> {
  return page.locator('#state');
}

export { expect } from '@playwright/test';
