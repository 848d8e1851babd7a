import type { MockServer } from '@sesamy-kit/mock-server';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import type { Session } from '../src/index.js';

/** A browser as far as a session sees one: pages, navigations and a network that ends at the mock server. */
export interface TestBrowser {
  /** Every request of this browser, as `POST https://token.sesamy.com/oauth/token`. */
  readonly requests: string[];
  /** The page's next navigation away. */
  nextNavigation(): Promise<string>;
  /** Shows a page of the app. */
  visit(url: string): void;
  /** Takes the network away, or gives it back. */
  setOnline(isOnline: boolean): void;
  /** Moves the device's clock. */
  advanceClock(seconds: number): void;
}

/** Opens a browser at the app's front page, with empty storage. */
export function openBrowser(server: MockServer): TestBrowser {
  const requests: string[] = [];
  const navigations: string[] = [];
  const waiting: ((url: string) => void)[] = [];
  let isOnline = true;
  localStorage.clear();
  vi.stubGlobal('indexedDB', new IDBFactory());
  history.replaceState(null, '', '/');
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    requests.push(`${request.method} ${request.url}`);
    if (!isOnline) throw new TypeError('Failed to fetch');
    request.headers.set('origin', location.origin);
    const response = await abortable(server.fetch(request), request.signal);
    const isRedirect = response.status >= 300 && response.status < 400;
    if (isRedirect && request.redirect === 'error') throw new TypeError('Failed to fetch');
    return response;
  });
  vi.spyOn(location, 'assign').mockImplementation((url) => {
    const resolve = waiting.shift();
    if (resolve === undefined) navigations.push(String(url));
    else resolve(String(url));
  });
  return {
    requests,
    nextNavigation: () =>
      new Promise((resolve) => {
        const url = navigations.shift();
        if (url === undefined) waiting.push(resolve);
        else resolve(url);
      }),
    visit: (url) => history.replaceState(null, '', url),
    setOnline: (value) => {
      isOnline = value;
    },
    advanceClock(seconds) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
    },
  };
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

/** A promise's rejection; fails when it resolves. */
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
