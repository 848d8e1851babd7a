import type { MockServer } from '@sesamy-kit/mock-server';
import { IDBFactory } from 'fake-indexeddb';
import { onTestFinished, vi } from 'vitest';
import type { Session } from '../src/index.js';
import { createCookies, type Cookies } from './support/cookies.js';
import { installFrames, type Frames } from './support/frames.js';
import { followToApp, type LoginAnswer } from './support/navigation.js';
import { createNetwork } from './support/network.js';
import { installPopups, type Popups } from './support/windows.js';

/** A simulated browser: pages, navigations and a network that ends at the mock server. */
export interface TestBrowser {
  /** Every request of this browser, as `POST https://token.sesamy.com/oauth/token`. */
  readonly requests: string[];
  /** The same requests as sent, with the headers that the browser adds. */
  readonly sent: readonly Request[];
  /** Every URL of the address bar, oldest first. */
  readonly visits: readonly string[];
  readonly cookies: Cookies;
  readonly frames: Frames;
  readonly popups: Popups;
  /** Resolves at the page's next navigation. */
  nextNavigation(): Promise<string>;
  /** Shows a page of the app. */
  visit(url: string): void;
  /** Starts a new document, which shares no memory with earlier ones. */
  openDocument(): void;
  /** Follows a URL, with cookies, to a page of the app; `answer` is submitted to a login page. */
  go(url: string, answer?: LoginAnswer): Promise<string>;
  /** Switches the network off or on. */
  setOnline(isOnline: boolean): void;
  /** Holds the responses to requests for `path` from now on; returns a function that releases them. */
  hold(path: string): () => void;
  /** Moves the device's clock. */
  advanceClock(seconds: number): void;
  /** Loses all that the browser has stored, but for the pending login of the tab. */
  loseStorage(): void;
}

/** Opens a browser at the app's front page, with empty storage; it closes at the end of the test. */
export function openBrowser(server: MockServer): TestBrowser {
  const navigations: string[] = [];
  const visits: string[] = [];
  const waiting: ((url: string) => void)[] = [];
  const cookies = createCookies();
  const network = createNetwork(server, cookies, location.origin);
  onTestFinished(network.close);
  // The page that it was opened in, even where a test has taken `window` away.
  const page = window;
  onTestFinished(() => void page.dispatchEvent(new Event('pagehide')));
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal('indexedDB', new IDBFactory());
  history.replaceState(null, '', '/');
  vi.stubGlobal('Request', PageRequest);
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new PageRequest(input, init);
    const { signal, redirect } = request;
    const answer = network.send(request, 'empty', { origin: location.origin });
    const response = await abortable(answer, signal);
    const isRedirect = response.status >= 300 && response.status < 400;
    if (isRedirect && redirect === 'error') throw new TypeError('Failed to fetch');
    return response;
  });
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => cookies.readByScript(location.href));
  vi.spyOn(document, 'cookie', 'set').mockImplementation((cookie) =>
    cookies.writeByScript(cookie, location.href),
  );
  const leave = (url: string | URL): void => {
    const resolve = waiting.shift();
    if (resolve === undefined) navigations.push(String(url));
    else resolve(String(url));
  };
  vi.spyOn(location, 'assign').mockImplementation(leave);
  vi.spyOn(location, 'replace').mockImplementation(leave);
  const visit = (url: string): void => history.replaceState(null, '', url);
  const openDocument = (): void =>
    void Reflect.deleteProperty(document, Symbol.for('@sesamy-kit/session'));
  openDocument();
  return {
    requests: network.requests,
    sent: network.sent,
    visits,
    cookies,
    frames: installFrames(network),
    popups: installPopups(),
    nextNavigation: () =>
      new Promise((resolve) => {
        const url = navigations.shift();
        if (url === undefined) waiting.push(resolve);
        else resolve(url);
      }),
    visit,
    openDocument,
    async go(url, answer) {
      const { origin } = location;
      const way = await followToApp(new URL(url, origin).href, { network, origin, answer });
      visits.push(...way);
      const landed = way.at(-1) ?? url;
      visit(landed);
      return landed;
    },
    hold: network.hold,
    setOnline(value) {
      network.isOnline = value;
    },
    advanceClock(seconds) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
    },
    loseStorage() {
      localStorage.clear();
      const names = Object.keys(sessionStorage);
      names
        .filter((name) => name.endsWith('/logins'))
        .forEach((name) => sessionStorage.removeItem(name));
      vi.stubGlobal('indexedDB', new IDBFactory());
    },
  };
}

/** Resolves relative URLs against the page, as a browser does. */
class PageRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === 'string' ? new URL(input, location.href) : input, init);
  }
}

/** Logs a user in on one page and returns the page that the callback URL opens. */
export async function logIn(
  server: MockServer,
  browser: TestBrowser,
  createPage: () => Session,
  user = 'ada',
): Promise<Session> {
  createPage()
    .loginWithRedirect()
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user }));
  const page = createPage();
  await page.start();
  return page;
}

/** Resolves to a promise's rejection; fails if it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (outcome === null) throw new Error('The promise resolved, but a rejection was expected.');
  return outcome.error;
}

async function abortable(response: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([response, aborted]);
}
