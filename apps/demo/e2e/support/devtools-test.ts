import type { Locator, Page, TestType } from '@playwright/test';
import { buildHarness } from './built-harness.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import { expect, test as base } from './test.js';

/** A page with the devtools, in a development build, under a policy as for production. */
export interface DevtoolsPage {
  readonly url: string;
  /** Opens the page signed in as Ada, and the panel. */
  openPanel(page: Page): Promise<Locator>;
}

type BaseOf<Kind extends 'test' | 'worker'> =
  typeof base extends TestType<infer Test, infer Worker>
    ? Kind extends 'test'
      ? Test
      : Worker
    : never;

/** The test with the page of the devtools beside the demo. */
export const test: TestType<
  BaseOf<'test'> & { readonly devtools: DevtoolsPage },
  BaseOf<'worker'> & { readonly devtoolsUrl: string }
> = base.extend<{ readonly devtools: DevtoolsPage }, { readonly devtoolsUrl: string }>({
  devtoolsUrl: [
    async ({ startedSite }, provide) => {
      const readFile = await buildHarness('development', 'devtools-page');
      const server = createPageServer(readFile, () => startedSite.config);
      const { port, close } = await listen((request) => server.fetch(request));
      await provide(`http://localhost:${String(port)}/`);
      await close();
    },
    { scope: 'worker' },
  ],
  devtools: async ({ devtoolsUrl: url, site }, provide) => {
    site.mock.control.clients.update(site.config.clientId, { callbacks: [site.url, url] });
    await provide({
      url,
      async openPanel(page) {
        await page.goto(url);
        await page.getByRole('button', { name: 'Log in' }).click();
        await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
        await page.getByRole('button', { name: 'Fetch the profile of Ada' }).click();
        await page.getByRole('button', { name: /^Open Sesamy devtools/ }).click();
        const panel = page.getByRole('region', { name: 'Sesamy devtools' });
        await expect(panel.getByRole('region', { name: 'Mock of Sesamy' })).toBeVisible();
        return panel;
      },
    });
  },
});

export const views = [
  'Session',
  'Timeline',
  'Requests',
  'Storage',
  'Configuration',
  'Set-up',
] as const;

/** All that is in the shadow roots of the page, as text. */
export function readShadowRoots(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .flatMap(({ shadowRoot }) => shadowRoot?.innerHTML ?? [])
      .join('\n'),
  );
}

export { expect } from './test.js';
