import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('./apps.mjs').App} App */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('@playwright/test').Page} Page */

const visitLimitMs = 60_000;

/**
 * The waits of one visitor, in ms.
 *
 * @typedef {object} Visit
 * @property {number} loginImmediate from the click to the request of `/authorize`; first visit, clicked as soon as the button is painted
 * @property {number} loginWhenIdle the same; first visit, clicked when the page has loaded everything that it loads without interaction
 * @property {number} loginCached the same; all files of the app are in the cache, clicked as soon as the button is painted
 * @property {number} callback from the request of the callback page to the name on the page; empty cache
 * @property {number} callbackCached the same; all files of the app are in the cache
 */

/**
 * Logs visitors with new browser profiles in to an app.
 *
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @returns {Promise<Visit>}
 * @throws when what should have been in the cache was not, or the other way round
 */
export async function visit(browser, app, servers) {
  const cold = await withVisitor(browser, app, servers, async (visitor) => {
    const login = await visitor.logIn();
    await visitor.clearCache();
    const callback = await visitor.finishLogin();
    if (callback.files === 0) throw new Error(`The cache was not empty in ${app.name}.`);
    return { login, callback };
  });
  const warm = await withVisitor(browser, app, servers, async (visitor) => {
    const idleLogin = await visitor.logIn({ waitsUntilIdle: true });
    await visitor.finishLogin();
    await visitor.waitUntilIdle();
    await visitor.forget();
    const login = await visitor.logIn();
    const callback = await visitor.finishLogin();
    if (login.files + callback.files > 0) {
      throw new Error(`The cache was not full in ${app.name}.`);
    }
    return { idleLogin, login, callback };
  });
  return {
    loginImmediate: cold.login.waitedMs,
    loginWhenIdle: warm.idleLogin.waitedMs,
    loginCached: warm.login.waitedMs,
    callback: cold.callback.waitedMs,
    callbackCached: warm.callback.waitedMs,
  };
}

/**
 * The files that an app loads until its visitor has logged in by redirect and the session has been renewed.
 *
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @returns {Promise<ReadonlySet<string>>} paths, such as `/assets/index-1a2b3c4d.js`
 */
export async function loadedFiles(browser, app, servers) {
  return withVisitor(browser, app, servers, async (visitor) => {
    await visitor.page.clock.install();
    await visitor.logIn({ waitsUntilIdle: true });
    await visitor.finishLogin();
    await visitor.waitUntilIdle();
    if (app.renewsByTimer) {
      const renewed = visitor.page.waitForResponse((response) =>
        response.url().endsWith('/oauth/token'),
      );
      servers.mock.control.clock.advance({ hours: 2 });
      await visitor.page.clock.fastForward('02:00:00');
      await renewed;
      servers.mock.control.reset();
    }
    return visitor.filesSince(0);
  });
}

/**
 * @template Result
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @param {(visitor: Visitor) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
async function withVisitor(browser, app, servers, act) {
  const context = await browser.newContext();
  // Only against a hang, such as of an app that shows no user.
  const overdue = new AbortController();
  const limit = wait(visitLimitMs, undefined, { signal: overdue.signal }).then(() => {
    throw new Error(`${app.name} did not log its visitor in within ${visitLimitMs} ms.`);
  });
  try {
    return await Promise.race([openVisitor(context, app, servers).then(act), limit]);
  } finally {
    overdue.abort();
    await context.close();
  }
}

/** @typedef {Awaited<ReturnType<typeof openVisitor>>} Visitor */

/**
 * @param {BrowserContext} context
 * @param {App} app
 * @param {Servers} servers
 */
async function openVisitor(context, app, servers) {
  const { issuer, mock, sites } = servers;
  const site = sites.get(app.name);
  if (site === undefined) throw new Error(`There is no site of ${app.name}.`);
  /** @type {Map<string, (at: number) => void>} */
  const listeners = new Map();
  /** @type {(event: 'click' | 'signed-in') => Promise<number>} */
  const next = (event) => new Promise((resolve) => listeners.set(event, resolve));
  await context.exposeBinding('report', (_source, event, at) => listeners.get(event)?.(at));
  await context.addInitScript(reportTimes);
  let authorizationUrl = '';
  const visitStart = site.received.length;
  const requestCount = () => site.received.length - visitStart;

  const visitor = {
    page: await context.newPage(),

    /**
     * The scripts that were requested since the visit had made so many requests.
     *
     * @param {number} count
     */
    filesSince: (count) => {
      const paths = site.received.slice(visitStart + count).map(({ url }) => url.pathname);
      return new Set(paths.filter((path) => path.endsWith('.js')));
    },

    /** Empties the cache of the browser. */
    clearCache: async () => {
      const devTools = await context.newCDPSession(visitor.page);
      await devTools.send('Network.clearBrowserCache');
      await devTools.detach();
    },

    /** Removes all that the app has stored except the cache, and continues in a new tab. */
    forget: async () => {
      await visitor.page.close();
      visitor.page = await context.newPage();
      await context.clearCookies();
      const devTools = await context.newCDPSession(visitor.page);
      for (const { url } of [site, issuer]) {
        const origin = new URL(url).origin;
        const storageTypes = 'local_storage,indexeddb,service_workers';
        await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes });
      }
      await devTools.detach();
    },

    waitUntilIdle: () => visitor.page.waitForLoadState('networkidle'),

    /** Opens the app and begins a login: the wait from the click to the request of `/authorize`. */
    logIn: async ({ waitsUntilIdle = false } = {}) => {
      const before = requestCount();
      const clicked = next('click');
      const requested = issuer.next(({ pathname }) => pathname === '/authorize');
      // Playwright's own click comes a good while after the button.
      if (!waitsUntilIdle) await visitor.page.addInitScript(clickLoginAtOnce);
      await visitor.page.goto(site.url, { waitUntil: 'commit' });
      if (waitsUntilIdle) {
        await visitor.waitUntilIdle();
        await visitor.page.click('#login');
      }
      const { at, url } = await requested;
      authorizationUrl = url.href;
      await visitor.page.waitForURL((address) => address.origin === url.origin);
      return { waitedMs: at - (await clicked), files: visitor.filesSince(before).size };
    },

    /** Follows the redirect back to the app: the wait from the request of that page to the name on it. */
    finishLogin: async () => {
      const callbackUrl = await mock.control.signIn({ authorizationUrl, user: 'ada' });
      const before = requestCount();
      const signedIn = next('signed-in');
      const fetched = site.next(({ searchParams }) => searchParams.has('code'));
      await visitor.page.goto(callbackUrl, { waitUntil: 'commit' });
      const waitedMs = (await signedIn) - (await fetched).at;
      return { waitedMs, files: visitor.filesSince(before).size };
    },
  };
  return visitor;
}

/** Runs in each page before its scripts. */
function reportTimes() {
  /** @param {string} event */
  const report = (event) => {
    const binding = Reflect.get(globalThis, 'report');
    void binding(event, Date.now());
  };
  globalThis.addEventListener('click', () => report('click'), { capture: true });
  const observer = new MutationObserver(() => {
    if (document.querySelector('#user') === null) return;
    observer.disconnect();
    report('signed-in');
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the page before its scripts, but not in the callback page. */
function clickLoginAtOnce() {
  if (location.search !== '') return;
  const observer = new MutationObserver(() => {
    const button = document.querySelector('#login');
    if (!(button instanceof HTMLElement)) return;
    observer.disconnect();
    requestAnimationFrame(() => button.click());
  });
  observer.observe(document, { childList: true, subtree: true });
}
