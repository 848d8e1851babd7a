import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('./apps.mjs').App} App */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('@playwright/test').Page} Page */

const visitLimitMs = 60_000;

/**
 * One reader's waits, in ms.
 *
 * @typedef {object} Visit
 * @property {number} loginAtOnce from the click to the request of `/authorize`; first visit, clicked as soon as the button is painted
 * @property {number} loginWhenIdle the same; first visit, clicked when the page has loaded all that it loads by itself
 * @property {number} loginCached the same; all files of the app are in the cache, clicked as soon as the button is painted
 * @property {number} callback from the request of the callback page to the name on the page; empty cache
 * @property {number} callbackCached the same; all files of the app are in the cache
 */

/**
 * Lets readers with new browser profiles log in to an app.
 *
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @returns {Promise<Visit>}
 * @throws when what should have been in the cache was not, or the other way round
 */
export async function visit(browser, app, servers) {
  const cold = await withReader(browser, app, servers, async (reader) => {
    const login = await reader.logIn();
    await reader.clearCache();
    const callback = await reader.finishLogin();
    if (callback.files === 0) throw new Error(`The cache was not empty in ${app.name}.`);
    return { login, callback };
  });
  const warm = await withReader(browser, app, servers, async (reader) => {
    const idleLogin = await reader.logIn({ waitsUntilIdle: true });
    await reader.finishLogin();
    await reader.waitUntilIdle();
    await reader.forget();
    const login = await reader.logIn();
    const callback = await reader.finishLogin();
    if (login.files + callback.files > 0) {
      throw new Error(`The cache was not full in ${app.name}.`);
    }
    return { idleLogin, login, callback };
  });
  return {
    loginAtOnce: cold.login.waitedMs,
    loginWhenIdle: warm.idleLogin.waitedMs,
    loginCached: warm.login.waitedMs,
    callback: cold.callback.waitedMs,
    callbackCached: warm.callback.waitedMs,
  };
}

/**
 * The files that an app loads until its reader has logged in by redirect and the session has been renewed.
 *
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @returns {Promise<ReadonlySet<string>>} paths, such as `/assets/index-1a2b3c4d.js`
 */
export async function loadedFiles(browser, app, servers) {
  return withReader(browser, app, servers, async (reader) => {
    await reader.page.clock.install();
    await reader.logIn({ waitsUntilIdle: true });
    await reader.finishLogin();
    await reader.waitUntilIdle();
    if (app.renewsByTimer) {
      const renewed = reader.page.waitForResponse((response) =>
        response.url().endsWith('/oauth/token'),
      );
      servers.mock.control.clock.advance({ hours: 2 });
      await reader.page.clock.fastForward('02:00:00');
      await renewed;
      servers.mock.control.reset();
    }
    return reader.filesSince(0);
  });
}

/**
 * @template Result
 * @param {Browser} browser
 * @param {App} app
 * @param {Servers} servers
 * @param {(reader: Reader) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
async function withReader(browser, app, servers, act) {
  const context = await browser.newContext();
  // Only against a hang, such as of an app that shows no user.
  const overdue = new AbortController();
  const limit = wait(visitLimitMs, undefined, { signal: overdue.signal }).then(() => {
    throw new Error(`${app.name} did not log its reader in within ${visitLimitMs} ms.`);
  });
  try {
    return await Promise.race([openReader(context, app, servers).then(act), limit]);
  } finally {
    overdue.abort();
    await context.close();
  }
}

/** @typedef {Awaited<ReturnType<typeof openReader>>} Reader */

/**
 * @param {BrowserContext} context
 * @param {App} app
 * @param {Servers} servers
 */
async function openReader(context, app, servers) {
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

  const reader = {
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
      const devTools = await context.newCDPSession(reader.page);
      await devTools.send('Network.clearBrowserCache');
      await devTools.detach();
    },

    /** Removes all that the app has stored, but not the cache, and goes on in a new tab. */
    forget: async () => {
      await reader.page.close();
      reader.page = await context.newPage();
      await context.clearCookies();
      const devTools = await context.newCDPSession(reader.page);
      for (const { url } of [site, issuer]) {
        const origin = new URL(url).origin;
        const storageTypes = 'local_storage,indexeddb,service_workers';
        await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes });
      }
      await devTools.detach();
    },

    waitUntilIdle: () => reader.page.waitForLoadState('networkidle'),

    /** Opens the app and begins a login: the wait from the click to the request of `/authorize`. */
    logIn: async ({ waitsUntilIdle = false } = {}) => {
      const before = requestCount();
      const clicked = next('click');
      const requested = issuer.next(({ pathname }) => pathname === '/authorize');
      // Playwright's own click comes a good while after the button.
      if (!waitsUntilIdle) await reader.page.addInitScript(clickLoginAtOnce);
      await reader.page.goto(site.url, { waitUntil: 'commit' });
      if (waitsUntilIdle) {
        await reader.waitUntilIdle();
        await reader.page.click('#login');
      }
      const { at, url } = await requested;
      authorizationUrl = url.href;
      await reader.page.waitForURL((address) => address.origin === url.origin);
      return { waitedMs: at - (await clicked), files: reader.filesSince(before).size };
    },

    /** Follows the redirect back to the app: the wait from the request of that page to the name on it. */
    finishLogin: async () => {
      const callbackUrl = await mock.control.signIn({ authorizationUrl, user: 'ada' });
      const before = requestCount();
      const signedIn = next('signed-in');
      const fetched = site.next(({ searchParams }) => searchParams.has('code'));
      await reader.page.goto(callbackUrl, { waitUntil: 'commit' });
      const waitedMs = (await signedIn) - (await fetched).at;
      return { waitedMs, files: reader.filesSince(before).size };
    },
  };
  return reader;
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
