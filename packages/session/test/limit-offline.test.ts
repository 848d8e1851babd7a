import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  AuthError,
  limitOffline,
  requireSession,
  type Session,
  type SessionState,
} from '../src/index.js';
import { createTestSession, type TestSession } from '../src/testing/index.js';
import { rejectionOf } from './browser.js';
import { openApp, stateOf } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';
import { denyStorage } from './support/storage.js';

const ada = { sub: 'email|ada' };
const limit = { maxOfflineSeconds: 8 * 3600 };
const NAME = 'sesamy-kit-offline:test-client@https://token.sesamy.com/';
const start = Date.UTC(2026, 0, 1);

let isOnline: boolean;
let monotonicMs: number;
let inner: TestSession;
let session: Session;

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  localStorage.clear();
  monotonicMs = 0;
  isOnline = true;
  vi.spyOn(performance, 'now').mockImplementation(() => monotonicMs);
  reload();
});

/** Opens a page with a remembered user. */
function reload(state: SessionState = { status: 'authenticated', user: ada, error: null }): void {
  inner = createTestSession({
    state,
  });
  inner.renew.mockImplementation(async () => {
    if (!isOnline) throw new AuthError('network', 'Failed to fetch.');
  });
  session = limitOffline(inner, limit);
}

/** Records when the server confirmed the session, and the last time that a page saw. */
function remember(confirmedAt: number, seenAt = confirmedAt): void {
  localStorage.setItem(NAME, JSON.stringify([confirmedAt, seenAt]));
  reload();
}

/** Shows the page, as the provider does. */
async function open(): Promise<void> {
  onTestFinished(session.subscribe(() => {}));
  await session.start();
}

/** Lets hours pass by tenths, in which timers run. */
async function pass(hours: number): Promise<void> {
  for (let tenth = 0; tenth < Math.round(hours * 10); tenth += 1) {
    monotonicMs += 360_000;
    await vi.advanceTimersByTimeAsync(360_000);
  }
}

/** Lets the device sleep for hours: timers and the monotonic clock stand still. */
async function sleep(hours: number): Promise<void> {
  vi.setSystemTime(Date.now() + hours * 3_600_000);
  await wake();
}

async function wake(type: 'visibilitychange' | 'online' = 'visibilitychange'): Promise<void> {
  (type === 'online' ? window : document).dispatchEvent(new Event(type));
  await vi.advanceTimersByTimeAsync(0);
}

const status = (): string => session.getSnapshot().status;

/** When the server has confirmed the session of an app. */
function confirmedAt(): number {
  const name = Object.keys(localStorage).find((key) => key.startsWith('sesamy-kit-offline:'));
  const [at = Number.NaN]: number[] = JSON.parse(localStorage.getItem(name ?? '') ?? '[]');
  return at;
}

const UNREACHED = {
  status: 'unauthenticated',
  reason: 'expired',
  error: { code: 'network', retryable: true },
};

describe('limitOffline', () => {
  test('a remembered user counts while the server cannot be reached, up to the limit', async () => {
    await open();
    isOnline = false;
    await pass(7.9);
    expect(status()).toBe('authenticated');
    await pass(0.2);
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
  });

  test('the user is signed in again once the server is reached', async () => {
    await open();
    isOnline = false;
    await pass(9);
    expect(status()).toBe('unauthenticated');
    isOnline = true;
    await wake('online');
    expect(session.getSnapshot()).toBe(inner.getSnapshot());
    expect(status()).toBe('authenticated');
  });

  test('the server is tried again without an event of the network', async () => {
    await open();
    isOnline = false;
    await pass(9);
    isOnline = true;
    await pass(0.1);
    expect(status()).toBe('authenticated');
  });

  test('a user whose server can be reached stays signed in, and no listener is called', async () => {
    await open();
    const listener = vi.fn<() => void>();
    onTestFinished(session.subscribe(listener));
    await pass(24);
    expect(status()).toBe('authenticated');
    expect(listener).not.toHaveBeenCalled();
  });

  test('the server is called twice in each limit at most', async () => {
    await open();
    inner.renew.mockClear();
    await pass(24);
    expect(inner.renew.mock.calls.length).toBeLessThanOrEqual(6);
  });

  test('a renewal and a login confirm the session, without a call', async () => {
    await open();
    inner.renew.mockClear();
    for (let hour = 0; hour < 12; hour += 1) {
      await pass(1);
      inner.emit({ type: 'renewed' });
    }
    expect(inner.renew).not.toHaveBeenCalled();
  });

  test('a refusal is a response of the server, and the session decides what it means', async () => {
    await open();
    inner.renew.mockImplementation(async () => {
      inner.set({ status: 'unauthenticated', reason: 'revoked', error: null });
      throw new AuthError('login_required', 'Refused.');
    });
    await pass(5);
    expect(session.getSnapshot()).toMatchObject({ reason: 'revoked', error: null });
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('the limit %s is refused', (wrong) => {
    expect(() => limitOffline(inner, { maxOfflineSeconds: wrong })).toThrow(/positive number/);
  });
});

describe('limitOffline over reloads', () => {
  test('a page that opens within the limit shows the user at once, without a request', async () => {
    remember(start - 3_600_000);
    isOnline = false;
    expect(status()).toBe('authenticated');
    await open();
    expect(status()).toBe('authenticated');
    expect(inner.renew).not.toHaveBeenCalled();
  });

  test('a page that opens beyond the limit shows no user until the server has confirmed it', async () => {
    remember(start - 9 * 3_600_000);
    expect(session.getSnapshot()).toEqual({ status: 'initializing' });
    await open();
    expect(status()).toBe('authenticated');
  });

  test('a page that opens beyond the limit without the server shows no user', async () => {
    remember(start - 9 * 3_600_000);
    isOnline = false;
    await open();
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
    expect(session.getSnapshot()).toBe(session.getSnapshot());
  });

  test('ready resolves once it is known whether the user counts', async () => {
    remember(start - 9 * 3_600_000);
    isOnline = false;
    onTestFinished(session.subscribe(() => {}));
    await session.ready;
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
    await session.ready;
    expect(inner.renew).toHaveBeenCalledOnce();
  });

  test('a guard begins no login while the server cannot be reached, however often it runs', async () => {
    remember(start - 9 * 3_600_000);
    isOnline = false;
    await open();
    for (const page of ['/first', '/second', '/third']) {
      expect(await rejectionOf(requireSession(session, page))).toMatchObject({ code: 'network' });
    }
    expect(inner.loginWithRedirect).not.toHaveBeenCalled();
    void session.loginWithRedirect();
    expect(inner.loginWithRedirect).toHaveBeenCalledOnce();
  });

  test('a user without a record is confirmed first', async () => {
    isOnline = false;
    await open();
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
  });

  test('a server that does not respond has ten seconds', async () => {
    remember(start - 9 * 3_600_000);
    inner.renew.mockImplementation(() => new Promise(() => {}));
    const timeout = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
    const opened = open();
    await vi.waitFor(() => expect(inner.renew).toHaveBeenCalled());
    timeout.abort();
    await opened;
    expect(AbortSignal.timeout).toHaveBeenCalledWith(10_000);
    expect(status()).toBe('unauthenticated');
  });

  test('reloads do not extend the limit', async () => {
    await open();
    isOnline = false;
    for (let hour = 0; hour < 9; hour += 1) {
      await pass(1);
      reload();
      monotonicMs = 0;
      await open();
    }
    expect(status()).toBe('unauthenticated');
  });

  test('a logout removes the record, so that the next login starts the time', async () => {
    remember(start - 3_600_000);
    await open();
    inner.set({ status: 'unauthenticated', reason: 'logged-out', error: null });
    expect(localStorage.getItem(NAME)).toBeNull();
    inner.set({ status: 'authenticated', user: ada, error: null });
    inner.emit({ type: 'login-succeeded', via: 'popup' });
    isOnline = false;
    await pass(7);
    expect(status()).toBe('authenticated');
    await pass(1.1);
    expect(status()).toBe('unauthenticated');
  });

  test('without storage, the limit lasts as long as the page', async () => {
    denyStorage();
    reload();
    await open();
    isOnline = false;
    await pass(7);
    expect(status()).toBe('authenticated');
    await pass(1.1);
    expect(status()).toBe('unauthenticated');
  });

  test.each(['', 'null', '[]', '["a","b"]', '{"confirmedAt":1}'])(
    'the invalid record %j counts as none',
    async (text) => {
      localStorage.setItem(NAME, text);
      reload();
      isOnline = false;
      await open();
      expect(status()).toBe('unauthenticated');
    },
  );

  test('a confirmation in another tab counts here', async () => {
    await open();
    isOnline = false;
    await pass(9);
    localStorage.setItem(NAME, JSON.stringify([Date.now(), Date.now()]));
    window.dispatchEvent(new StorageEvent('storage', { key: NAME }));
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toBe('authenticated');
  });
});

describe('limitOffline in two tabs', () => {
  test('a time that another tab has seen is not recorded in turn, which would go on forever', async () => {
    await open();
    monotonicMs += 1_000;
    vi.setSystemTime(start + 1_000);
    const seenElsewhere = JSON.stringify([confirmedAt(), start + 900]);
    localStorage.setItem(NAME, seenElsewhere);
    window.dispatchEvent(new StorageEvent('storage', { key: NAME }));
    await vi.advanceTimersByTimeAsync(0);
    expect(localStorage.getItem(NAME)).toBe(seenElsewhere);
  });
});

describe('limitOffline and the clock', () => {
  test('sleep counts', async () => {
    await open();
    isOnline = false;
    await sleep(9);
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
  });

  test('a device that wakes online shows the user without a break', async () => {
    await open();
    const seen = new Set<string>();
    onTestFinished(session.subscribe(() => seen.add(status())));
    await sleep(100);
    expect(status()).toBe('authenticated');
    expect([...seen]).toEqual([]);
  });

  test('a clock that is set back in an open page does not extend the limit', async () => {
    await open();
    isOnline = false;
    for (let hour = 0; hour < 9; hour += 1) {
      await pass(1);
      vi.setSystemTime(start);
    }
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
  });

  test('a clock that was set back between two pages counts as beyond the limit', async () => {
    remember(start - 7 * 3_600_000, start);
    vi.setSystemTime(start - 6 * 3_600_000);
    reload();
    isOnline = false;
    await open();
    expect(session.getSnapshot()).toMatchObject(UNREACHED);
    await pass(7);
    expect(status()).toBe('unauthenticated');
  });

  test('a clock that was set back before a page opened is not trusted after it is set right', async () => {
    remember(start - 7 * 3_600_000, start);
    vi.setSystemTime(start - 6 * 3_600_000);
    reload();
    isOnline = false;
    await open();
    vi.setSystemTime(start + 60_000);
    await wake();
    expect(status()).toBe('unauthenticated');
  });

  test('a clock that was far ahead when the server confirmed the session needs the server once', async () => {
    remember(start + 365 * 86_400_000);
    isOnline = false;
    await open();
    expect(status()).toBe('unauthenticated');
    isOnline = true;
    await wake('online');
    expect(status()).toBe('authenticated');
    isOnline = false;
    await pass(7);
    expect(status()).toBe('authenticated');
  });

  test('a correction of a few seconds changes nothing', async () => {
    remember(start - 3_600_000, start);
    vi.setSystemTime(start - 5_000);
    reload();
    isOnline = false;
    await open();
    expect(status()).toBe('authenticated');
  });
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('limitOffline in the mode %s', (_name, mode) => {
  test('a session is limited while its server is away, and is back with it', async () => {
    vi.useRealTimers();
    vi.mocked(performance.now).mockRestore();
    const app = openApp(mode);
    const page = limitOffline(await app.logIn(), limit);
    onTestFinished(page.subscribe(() => {}));
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    app.browser.setOnline(false);
    app.pass(9 * 3600);
    document.dispatchEvent(new Event('visibilitychange'));
    const state = await stateOf(page, (current) => current.status === 'unauthenticated');
    expect(state).toMatchObject(UNREACHED);
    app.browser.setOnline(true);
    window.dispatchEvent(new Event('online'));
    await stateOf(page, (current) => current.status === 'authenticated');
  });

  test("a session is confirmed without the issuer's userinfo, which Sesamy does not open to other origins", async () => {
    vi.useRealTimers();
    vi.mocked(performance.now).mockRestore();
    const app = openApp(mode);
    const page = limitOffline(await app.logIn(), limit);
    onTestFinished(page.subscribe(() => {}));
    await page.start();
    const before = confirmedAt();
    app.pass(5 * 3600);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(confirmedAt()).toBeGreaterThan(before));
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(app.browser.requests.filter((url) => /(?<!\/auth)\/userinfo$/.test(url))).toEqual([]);
  });
});
