import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isApiError, isAuthError } from '../../src/index.js';
import { loadMode } from '../../src/on-demand/mode.js';
import { resolveBase } from '../../src/options/resolve-base.js';
import { loadPopup } from '../../src/on-demand/popup.js';
import { loadProtocol } from '../../src/on-demand/protocol.js';
import { loadRenewal } from '../../src/on-demand/renewal.js';
import { loadSilent } from '../../src/on-demand/silent.js';
import { openApp, profileUrl, type TestApp } from './app.js';
import { createLocks } from '../../../tooling/web-locks.setup.js';
import { replace, type Fault } from './faults.js';
import { refreshToken } from './modes/refresh-token.js';
import { ssoCookie } from './modes/sso-cookie.js';
import { tokenHandler } from './modes/token-handler.js';

/*
 * Everything that a page does with its session, in a browser that lacks, denies or does not respond to something. A
 * cell passes if nothing throws, each promise settles within three seconds, and every rejection is a typed error.
 */

const LIMIT_MS = 3_000;

const situations = ['signed out', 'signed in', 'back from the login'] as const;
type Situation = (typeof situations)[number];

const modes = {
  'refresh-token': refreshToken,
  'sso-cookie': ssoCookie,
  'token-handler': tokenHandler,
};

type Mode = keyof typeof modes;

const steps = [
  'create',
  'first render',
  'subscribe',
  'start',
  'access token',
  'refresh',
  'fetch',
  'fetchJson',
  'login by redirect',
  'login by popup',
  'logout',
];

// What a page loads on demand is there, since no clock of a test can say how long that takes.
beforeAll(async () => {
  await Promise.all(
    Object.values(modes).map(({ options }) =>
      loadMode(resolveBase({ clientId: 'any', ...options })),
    ),
  );
  await Promise.all([loadProtocol(), loadRenewal(), loadSilent(), loadPopup()]);
});

/** Work of this process that is under way and takes real time. */
let work = { pending: 0 };

function track<Args extends unknown[], Result>(
  call: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    const counted = work;
    counted.pending += 1;
    try {
      return await call(...args);
    } finally {
      counted.pending -= 1;
    }
  };
}

/** Lets everything happen that needs no timer. */
async function idle(): Promise<void> {
  let quiet = 0;
  for (let turn = 0; turn < 2_000 && quiet < 12; turn += 1) {
    quiet = work.pending > 0 ? 0 : quiet + 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves to a promise's outcome, and advances the fake clock as needed. */
async function outcomeOf(what: string, promise: Promise<unknown>): Promise<{ error?: unknown }> {
  const outcomes: { error?: unknown }[] = [];
  promise.then(
    () => outcomes.push({}),
    (error: unknown) => outcomes.push({ error }),
  );
  const startedAt = Date.now();
  await idle();
  while (outcomes.length === 0 && Date.now() - startedAt < LIMIT_MS) {
    await vi.advanceTimersByTimeAsync(500);
    await idle();
  }
  // On a busy machine the fake clock may have run ahead of work that takes real time. That work is given the time it
  // needs, and the timers that it then starts as much of the fake clock again.
  for (let turn = 0; turn < LIMIT_MS && outcomes.length === 0; turn += 1) {
    await sleep(10);
    await vi.advanceTimersByTimeAsync(1);
  }
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error(`${what} has not settled after ${LIMIT_MS} ms.`);
  return outcome;
}

async function expectTyped(what: string, promise: Promise<unknown>): Promise<void> {
  const { error } = await outcomeOf(what, promise);
  const isTyped = error === undefined || isAuthError(error) || isApiError(error);
  expect(isTyped, `${what} rejects with a typed error, not ${String(error)}`).toBe(true);
}

/** Puts the browser in a situation, before anything breaks. */
async function prepare(app: TestApp, situation: Situation): Promise<void> {
  if (situation === 'signed in') await app.logIn();
  if (situation !== 'back from the login') return;
  app
    .createPage()
    .loginWithRedirect()
    .catch(() => {});
  await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
}

const CLOCKS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'Date',
  'performance',
] as const;

function trackCryptography(): void {
  const subtle: SubtleCrypto = Object.getPrototypeOf(crypto.subtle);
  const names = [
    'digest',
    'sign',
    'verify',
    'encrypt',
    'decrypt',
    'deriveBits',
    'deriveKey',
  ] as const;
  const keys = ['importKey', 'exportKey', 'generateKey', 'wrapKey', 'unwrapKey'] as const;
  for (const name of [...names, ...keys]) {
    const own: (...args: never[]) => Promise<unknown> = subtle[name];
    const tracked = function (this: SubtleCrypto, ...args: never[]): Promise<unknown> {
      return track(own.bind(this))(...args);
    };
    Object.defineProperty(subtle, name, { value: tracked, configurable: true });
    onTestFinished(
      () => void Object.defineProperty(subtle, name, { value: own, configurable: true }),
    );
  }
}

interface Navigations {
  readonly count: number;
  /** Resolves at the next one. */
  next(): Promise<void>;
}

function watchNavigations(): Navigations {
  let count = 0;
  let tell = (): void => {};
  const navigate = (): void => {
    count += 1;
    tell();
  };
  vi.spyOn(location, 'assign').mockImplementation(navigate);
  vi.spyOn(location, 'replace').mockImplementation(navigate);
  return {
    get count() {
      return count;
    },
    next: () => new Promise((resolve) => (tell = resolve)),
  };
}

async function useEverything({ createPage, browser }: TestApp): Promise<void> {
  const navigations = watchNavigations();
  // A stale callback may start another login.
  const left = navigations.next();
  const page = createPage();
  const signal = AbortSignal.abort();
  const askedAt = Date.now();
  await expectTyped('an aborted getAccessToken', page.getAccessToken({ signal }));
  await expectTyped('an aborted fetch', page.fetch(profileUrl(page), { signal }));
  expect(Date.now() - askedAt, 'time until an aborted call returned').toBe(0);
  page.getSnapshot();
  const unsubscribe = page.subscribe(() => {});
  await expectTyped('start', page.start());
  expect(page.getSnapshot().status).not.toBe('initializing');
  await expectTyped('getAccessToken', page.getAccessToken());
  await expectTyped('a refresh', page.getAccessToken({ minValiditySeconds: 1e6 }));
  await expectTyped('fetch', page.fetch(profileUrl(page)));
  await expectTyped('fetchJson', page.fetchJson(profileUrl(page)));
  await expectTyped('loginWithRedirect', Promise.race([page.loginWithRedirect(), left]));
  const inPopup = page.loginWithPopup();
  const popup = browser.popups.last();
  popup.url.then(() => popup.close()).catch(() => {});
  await expectTyped('loginWithPopup', inPopup);
  const before = navigations.count;
  await expectTyped('logout', page.logout());
  expect(navigations.count, 'navigations by the logout').toBe(before + 1);
  unsubscribe();
  expect(browser.requests, 'requests').toHaveProperty(
    'length',
    expect.toSatisfy((count: number) => count < 25),
  );
}

/** Tests each mode in the browsers that it is given. */
export function testInBrokenBrowsers(faultsOf: Readonly<Record<Mode, readonly Fault[]>>): void {
  const pages = Object.values(faultsOf).flat().length * situations.length;

  describe(`${pages} pages in broken browsers, ${pages * steps.length} cells`, () => {
    describe.each<Mode>(['refresh-token', 'sso-cookie', 'token-handler'])(
      'in the mode %s',
      (mode) => {
        describe.each(situations)('%s', (situation) => {
          test.each(faultsOf[mode])(
            `a page that is ${situation} works or rejects with typed errors with %s`,
            async (_name, inject) => {
              const app = openApp(modes[mode]);
              work = { pending: 0 };
              replace(navigator, 'locks', { value: createLocks() });
              vi.stubGlobal('fetch', track(fetch));
              await prepare(app, situation);
              vi.useFakeTimers({ toFake: [...CLOCKS] });
              onTestFinished(() => void vi.useRealTimers());
              trackCryptography();
              inject();
              await useEverything(app);
            },
          );
        });
      },
    );
  });
}
