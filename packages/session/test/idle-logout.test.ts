import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createIdleLogout, type IdleLogout, type IdleLogoutOptions } from '../src/index.js';
import { createTestSession, type TestSession } from '../src/testing/index.js';
import { openApp, stateOf } from './support/app.js';
import { denyStorage } from './support/storage.js';
import { refreshToken } from './support/modes/refresh-token.js';

const ada = { sub: 'email|ada' };
const times = { afterSeconds: 600, warnSeconds: 60 };
const NAME = 'sesamy-kit-idle:test-client@https://token.sesamy.com/';

let session: TestSession;
let monotonicMs: number;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  localStorage.clear();
  monotonicMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => monotonicMs);
  session = createTestSession({ user: ada });
});

/** Opens a page that measures idle time. */
function open(own = session, options: IdleLogoutOptions = times): IdleLogout {
  const idle = createIdleLogout(own, options);
  onTestFinished(idle.subscribe(() => {}));
  return idle;
}

/** Lets time pass second by second, in which timers run. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    monotonicMs += 1000;
    await vi.advanceTimersByTimeAsync(1000);
  }
}

/** Lets the device sleep: timers and the monotonic clock stand still. */
function sleep(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

const move = (): void => void window.dispatchEvent(new Event('pointermove'));

/** Another tab records activity. */
function moveElsewhere(): void {
  localStorage.setItem(NAME, String(Date.now()));
  window.dispatchEvent(new StorageEvent('storage', { key: NAME }));
}

describe('an idle logout', () => {
  test('a user who is not active is warned with a countdown, and logged out once', async () => {
    const idle = open();
    await pass(539);
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
    await pass(1);
    expect(idle.getSnapshot()).toEqual({ status: 'warning', secondsLeft: 60 });
    await pass(59);
    expect(idle.getSnapshot()).toEqual({ status: 'warning', secondsLeft: 1 });
    expect(session.logout).not.toHaveBeenCalled();
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
    expect(idle.getSnapshot()).toEqual({ status: 'off' });
    await pass(1000);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test.each(['pointerdown', 'pointermove', 'keydown', 'wheel'])(
    'the event %s is activity, which averts the logout',
    async (type) => {
      const idle = open();
      await pass(590);
      window.dispatchEvent(new Event(type));
      expect(idle.getSnapshot()).toEqual({ status: 'active' });
      await pass(590);
      expect(session.logout).not.toHaveBeenCalled();
    },
  );

  test('stayActive is activity that the page does not see', async () => {
    const idle = open();
    await pass(590);
    idle.stayActive();
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
  });

  test('activity in another tab averts the logout here, and ends the warning', async () => {
    const idle = open();
    await pass(590);
    expect(idle.getSnapshot().status).toBe('warning');
    moveElsewhere();
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
    await pass(539);
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
    expect(session.logout).not.toHaveBeenCalled();
  });

  test('activity in another tab counts even if its event was not delivered', async () => {
    open();
    await pass(595);
    localStorage.setItem(NAME, String(Date.now()));
    await pass(500);
    expect(session.logout).not.toHaveBeenCalled();
  });

  test('a listener is called when the state changes, and not by activity', async () => {
    const idle = createIdleLogout(session, times);
    const listener = vi.fn<() => void>();
    onTestFinished(idle.subscribe(listener));
    listener.mockClear();
    for (let second = 0; second < 100; second += 1) {
      move();
      await pass(1);
    }
    expect(listener).not.toHaveBeenCalled();
  });

  test('activity is recorded at most once a second', async () => {
    open();
    await pass(2);
    const setItem = vi.fn<(name: string, value: string) => void>();
    vi.stubGlobal('localStorage', { getItem: () => String(Date.now() - 2000), setItem });
    for (let moves = 0; moves < 50; moves += 1) move();
    expect(setItem).toHaveBeenCalledTimes(1);
  });

  test('nothing is measured before it has a listener, or after its last has gone', async () => {
    const idle = createIdleLogout(session, times);
    await pass(1000);
    const unsubscribe = idle.subscribe(() => {});
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
    unsubscribe();
    await pass(1000);
    expect(session.logout).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a warning of 0 seconds is none', async () => {
    const idle = open(session, { afterSeconds: 600, warnSeconds: 0 });
    const seen = new Set<string>();
    onTestFinished(idle.subscribe(() => seen.add(idle.getSnapshot().status)));
    await pass(600);
    expect([...seen]).toEqual(['off']);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test.each([
    { afterSeconds: 0 },
    { afterSeconds: Number.NaN },
    { afterSeconds: Number.POSITIVE_INFINITY },
    { afterSeconds: 60, warnSeconds: 60 },
    { afterSeconds: 60, warnSeconds: -1 },
  ])('the times %o are refused', (wrong) => {
    expect(() => createIdleLogout(session, wrong)).toThrow(/"afterSeconds".*"warnSeconds"/);
  });
});

describe('an idle logout and the clock', () => {
  test('a user who was idle during sleep is logged out when the device wakes', async () => {
    open();
    sleep(3600);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('the first movement after sleep does not avert a logout that was due during it', async () => {
    open();
    await pass(10);
    sleep(3600);
    move();
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('a device that wakes without an event logs out within half a minute', async () => {
    open();
    await pass(5);
    sleep(3600);
    await pass(31);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('timers that a background tab delays to once a minute log out at the next one', async () => {
    open();
    monotonicMs += 660_000;
    vi.setSystemTime(Date.now() + 660_000);
    await pass(30);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('a clock that is set back does not give the user more time', async () => {
    open();
    await pass(300);
    vi.setSystemTime(Date.now() - 86_400_000);
    await pass(301);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('a clock that was set back while no page was open logs out at the next page', async () => {
    localStorage.setItem(NAME, String(Date.now() + 3_600_000));
    open();
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('the time in which no page is open is idle time', async () => {
    localStorage.setItem(NAME, String(Date.now() - 3_600_000));
    open();
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('a reload does not give the user more time', async () => {
    localStorage.setItem(NAME, String(Date.now() - 550_000));
    const idle = open();
    expect(idle.getSnapshot()).toEqual({ status: 'warning', secondsLeft: 50 });
  });
});

describe('an idle logout and logins', () => {
  test('nothing is measured while no user is signed in', async () => {
    session.set({ status: 'unauthenticated', reason: 'none', error: null });
    const idle = open();
    await pass(1000);
    expect(idle.getSnapshot()).toEqual({ status: 'off' });
    expect(session.logout).not.toHaveBeenCalled();
  });

  test('a login starts a new measurement, whatever was recorded before', async () => {
    localStorage.setItem(NAME, String(Date.now() - 3_600_000));
    session.set({ status: 'initializing' });
    const idle = open();
    session.set({ status: 'authenticated', user: ada, error: null });
    session.emit({ type: 'login-succeeded', via: 'redirect' });
    await pass(1);
    expect(session.logout).not.toHaveBeenCalled();
    expect(idle.getSnapshot()).toEqual({ status: 'active' });
  });

  test('a session that is restored continues its idle time', async () => {
    localStorage.setItem(NAME, String(Date.now() - 3_600_000));
    session.set({ status: 'initializing' });
    open();
    session.set({ status: 'authenticated', user: ada, error: null });
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });

  test('a logout that fails is reported and tried again', async () => {
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', reported);
    const error = new Error('An example.');
    session.logout.mockRejectedValueOnce(error);
    open();
    await pass(600);
    expect(reported).toHaveBeenCalledExactlyOnceWith(error);
    await pass(6);
    expect(session.logout).toHaveBeenCalledTimes(2);
  });

  test('without storage, a page is on its own', async () => {
    denyStorage();
    open();
    await pass(300);
    move();
    await pass(599);
    expect(session.logout).not.toHaveBeenCalled();
    await pass(1);
    expect(session.logout).toHaveBeenCalledOnce();
  });
});

test('of several tabs whose user is idle, one logs out', async () => {
  vi.useRealTimers();
  vi.mocked(performance.now).mockRestore();
  const app = openApp(refreshToken);
  const first = await app.logIn();
  const second = app.createPage();
  await second.start();
  const pages = [first, second];
  const logouts = pages.map((page) => vi.fn<() => Promise<void>>(() => page.logout()));
  const signedOut = pages.map((page) => stateOf(page, ({ status }) => status !== 'authenticated'));
  pages.forEach((page, index) => {
    const logout = logouts[index];
    onTestFinished(createIdleLogout(page, { ...times, logout }).subscribe(() => {}));
  });
  app.pass(601);
  document.dispatchEvent(new Event('visibilitychange'));
  await Promise.all(signedOut);
  await app.browser.nextNavigation();
  expect(logouts.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
});
