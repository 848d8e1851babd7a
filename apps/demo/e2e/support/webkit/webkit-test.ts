import { expect, test as base } from '@playwright/test';
import type {
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from '@playwright/test';
import type { WebDriver } from 'selenium-webdriver';
import { leaksIn } from '../leaks.js';
import { startModesSite } from '../modes/modes-site.js';
import type { ModesSite } from '../modes/modes-site.js';
import { setUps, type SetUp } from '../modes/set-up.js';
import { tokenShapesIn } from '../modes/token-shapes.js';
import { readPlaces } from '../places.js';
import type { ProjectOptions } from '../project-options.js';
import { startConnectProxy } from './connect-proxy.js';
import { startWebKitDisplay, type WebKitBrowser } from './web-driver.js';

/** The publisher's page in WebKitGTK. */
export interface WebKitPage {
  readonly site: ModesSite;
  readonly browser: WebDriver;
  /** Goes to the page, and waits until the session has a state. */
  open(path?: string): Promise<void>;
  /** Waits until the page shows the state. */
  waitForState(state: string): Promise<void>;
  /** Logs Ada in by Sesamy's login page. */
  logIn(): Promise<void>;
  /** Begins to log out. */
  logOut(): Promise<void>;
}

interface Options {
  /** The session mode of the page. */
  readonly setUp: SetUp;
}

interface Fixtures extends Options {
  readonly webkit: WebKitPage;
}

interface WorkerFixtures extends Pick<ProjectOptions, 'webKitPrograms'> {
  readonly modesSite: ModesSite;
  /** Opens a browser. */
  readonly openWebKit: () => Promise<WebKitBrowser>;
}

/** Clicks Ada's button once, where there is one. */
const continueAsAda = `
  const buttons = [...document.querySelectorAll('button:enabled')];
  const ada = buttons.find((button) => button.textContent.includes('Continue as Ada Lovelace'));
  ada?.click();
  if (ada) ada.disabled = true;
`;

/** Longer than a page needs for a response. */
const responseMs = 3_000;

/**
 * The driver's response to a command, or '' for none: it loses the command of a page that is navigating, and
 * never responds to it.
 */
function responseOf(command: Promise<unknown>): Promise<unknown> {
  const isLost = new Promise((resolve) => {
    setTimeout(resolve, responseMs, '').unref();
  });
  return Promise.race([command.catch(() => ''), isLost]);
}

/** The test in WebKitGTK, which stands for Safari; not driven by Playwright, which only supports its own WebKit build. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
> = base.extend<Fixtures, WorkerFixtures>({
  setUp: [setUps[0], { option: true }],
  modesSite: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- read by Playwright: no fixture is needed
    async ({}, provide) => {
      const site = await startModesSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  webKitPrograms: [null, { option: true, scope: 'worker' }],
  openWebKit: [
    async ({ webKitPrograms }, provide) => {
      if (webKitPrograms === null) throw new Error('There is no WebKitGTK.');
      const [proxy, display] = await Promise.all([
        startConnectProxy(),
        startWebKitDisplay(webKitPrograms),
      ]);
      await provide(() => display.open(proxy.url));
      display.close();
      proxy.close();
    },
    { scope: 'worker' },
  ],
  webkit: async ({ modesSite: site, openWebKit, setUp }, provide, testInfo) => {
    site.reset();
    site.ownResponses.length = 0;
    site.setUp = setUp;
    const { driver: browser, close } = await openWebKit();
    const run = (script: string): Promise<unknown> => responseOf(browser.executeScript(script));
    const state = (): Promise<unknown> =>
      run("return document.querySelector('#state')?.textContent ?? ''");
    await provide({
      site,
      browser,
      waitForState: (text) => expect.poll(state).toBe(text),
      async open(path = '/') {
        await browser.get(new URL(path, site.url).href);
        await expect.poll(state).not.toMatch(/initializing|^$/);
      },
      async logIn() {
        await browser.executeScript(
          'setTimeout(() => session.loginWithRedirect().catch(() => {}))',
        );
        await expect
          .poll(async () => {
            await run(continueAsAda);
            return state();
          })
          .toBe('authenticated');
      },
      async logOut() {
        await browser.executeScript('setTimeout(() => session.logout().catch(() => {}))');
      },
    });
    const isPassing = testInfo.status === testInfo.expectedStatus;
    const read = `return (${readPlaces.toString()})()`;
    const places = isPassing ? await browser.executeScript<Record<string, string>>(read) : {};
    await close();
    const texts = Object.entries(places);
    expect(leaksIn(texts, site), 'tokens shown').toEqual([]);
    const shapes = setUp.mode === 'token-handler' ? tokenShapesIn(texts, site) : [];
    expect(shapes, 'what looks like a token').toEqual([]);
  },
});

/** Skips the tests of a file where there is no WebKitGTK. */
export function skipWithoutWebKit({ skip }: Pick<typeof test, 'skip'>): void {
  skip(
    ({ webKitPrograms }) => webKitPrograms === null,
    'WebKitGTK, its driver or Xvfb is not installed.',
  );
}

export { expect } from '@playwright/test';
