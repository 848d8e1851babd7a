import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Session, SessionEvent } from '../src/index.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { removeChunks } from './support/chunks.js';
import { TOKEN } from './support/evidence.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;
let failed: (event: SessionEvent) => void = () => {};

afterEach(() => {
  vi.useRealTimers();
});

/** Records the events of a page. */
function record(page: Session): SessionEvent[] {
  const events: SessionEvent[] = [];
  page.on('*', (event) => {
    events.push(event);
    if (event.type === 'renewal-failed') failed(event);
  });
  return events;
}

/** Opens a page that follows the others, and records its events from the start. */
async function openRecorded(): Promise<{ page: Session; events: SessionEvent[] }> {
  const page = app.createPage();
  const events = record(page);
  onTestFinished(page.subscribe(() => {}));
  await page.start();
  return { page, events };
}

const typesOf = (events: readonly SessionEvent[]): string[] => events.map(({ type }) => type);

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('the events of a session in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('a redirect login reports its start in one page and its success in the next', async () => {
    const page = app.createPage();
    const before = record(page);
    page.loginWithRedirect().catch(() => {});
    await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
    const { events } = await openRecorded();
    expect(before).toEqual([{ type: 'login-started', via: 'redirect', isAutomatic: false }]);
    expect(events).toEqual([{ type: 'login-succeeded', via: 'redirect' }]);
  });

  test('a login that a guard starts is reported as automatic', async () => {
    const page = app.createPage();
    const events = record(page);
    page.loginWithRedirect({ isAutomatic: true }).catch(() => {});
    await app.browser.nextNavigation();
    expect(events).toEqual([{ type: 'login-started', via: 'redirect', isAutomatic: true }]);
  });

  test('a popup login reports its start and its success', async () => {
    const page = app.createPage();
    const events = record(page);
    const done = page.loginWithPopup();
    await app.browser.go(await app.browser.popups.last().url, { user: 'ada' });
    await app.createPage().start();
    app.browser.visit('/');
    await done;
    expect(events).toEqual([
      { type: 'login-started', via: 'popup', isAutomatic: false },
      { type: 'login-succeeded', via: 'popup' },
    ]);
  });

  test('a login that the user cancels reports its error', async () => {
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await app.browser.go(await app.browser.nextNavigation(), { action: 'cancel' });
    const { page, events } = await openRecorded();
    const { error } = page.getSnapshot();
    expect(error?.code).toBe('authorization_failed');
    expect(events).toEqual([{ type: 'login-failed', error }]);
  });

  test('a login whose code cannot be loaded reports its error', async () => {
    removeChunks('refresh-token', 'sso-cookie', 'token-handler', 'login', 'popup');
    const page = app.createPage();
    const events = record(page);
    await page.loginWithPopup().catch(() => {});
    expect(events).toEqual([
      { type: 'login-failed', error: expect.objectContaining({ code: 'chunk_load_failed' }) },
    ]);
  });

  test('a logout reports the end of the session', async () => {
    const page = await app.logIn();
    const events = record(page);
    void page.logout();
    await app.browser.nextNavigation();
    expect(events).toEqual([{ type: 'session-ended', reason: 'logged-out' }]);
  });

  test('a logout reports the end of the session before its code is loaded', async () => {
    await app.logIn();
    removeChunks('refresh-token', 'sso-cookie', 'token-handler');
    const page = app.createPage();
    const events = record(page);
    void page.logout();
    await app.browser.nextNavigation();
    expect(events).toEqual([{ type: 'session-ended', reason: 'logged-out' }]);
  });

  test('a logout in another tab reports the end of the session here', async () => {
    const page = await app.logIn();
    const { page: other, events } = await openRecorded();
    events.length = 0;
    const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
    const leaving = app.browser.nextNavigation();
    void page.logout();
    await Promise.all([ended, leaving]);
    expect(events).toEqual([{ type: 'session-ended', reason: 'logged-out-elsewhere' }]);
  });

  test('a session that the server has ended reports the reason', async () => {
    const page = await app.logIn();
    const events = record(page);
    mode.endSession(app.server);
    app.pass(4000);
    await app.callApi(page).catch(() => {});
    expect(events.at(-1)).toEqual({ type: 'session-ended', reason: mode.endReason });
  });

  test('a login in another tab reports that its session was taken over', async () => {
    const { page, events } = await openRecorded();
    expect(page.getSnapshot().status).toBe('unauthenticated');
    const found = stateOf(page, ({ status }) => status === 'authenticated');
    await app.logIn();
    await found;
    expect(events).toContainEqual({ type: 'taken-over', what: 'session' });
  });

  test('a restored session reports no login', async () => {
    await app.logIn();
    const { page, events } = await openRecorded();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(typesOf(events).filter((type) => type !== 'renewed')).toEqual([]);
  });

  test('a visitor who is not signed in causes no event', async () => {
    const { page, events } = await openRecorded();
    await app.callApi(page).catch(() => {});
    expect(events).toEqual([]);
  });

  test('no event holds a token or a claim of the user', async () => {
    const page = app.createPage();
    const events = record(page);
    const done = page.loginWithPopup();
    await app.browser.go(await app.browser.popups.last().url, { user: 'ada' });
    await app.createPage().start();
    await done;
    app.pass(4000);
    await app.callApi(page);
    mode.endSession(app.server);
    app.pass(4000);
    await app.callApi(page).catch(() => {});
    expect(events.length).toBeGreaterThan(2);
    const text = JSON.stringify(events);
    expect(text).not.toMatch(TOKEN);
    expect(text).not.toMatch(/ada/i);
  });
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
])('the events of a renewal in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('a renewal is reported once for all its callers', async () => {
    const page = await app.logIn();
    const events = record(page);
    app.pass(4000);
    await Promise.all([page.getAccessToken(), page.getAccessToken(), app.callApi(page)]);
    expect(events).toEqual([{ type: 'renewed' }]);
  });

  test('a renewal that fails reports why, and that a retry may help', async () => {
    const page = await app.logIn();
    const events = record(page);
    app.pass(4000);
    app.browser.setOnline(false);
    await page.getAccessToken().catch(() => {});
    expect(events).toEqual([
      {
        type: 'renewal-failed',
        error: expect.objectContaining({ code: expect.stringMatching(/network|timeout/) }),
        retryable: true,
        retryAt: null,
      },
    ]);
  });

  test('a renewal that the server refuses is reported before the end of the session', async () => {
    const page = await app.logIn();
    const events = record(page);
    mode.endSession(app.server);
    app.pass(4000);
    await page.getAccessToken().catch(() => {});
    expect(events).toEqual([
      {
        type: 'renewal-failed',
        error: expect.objectContaining({ code: 'login_required' }),
        retryable: false,
        retryAt: null,
      },
      { type: 'session-ended', reason: mode.endReason },
    ]);
  });
});

describe('the events of tokens that the tabs share', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  test('a renewal by another tab is reported as taken over', async () => {
    const page = await app.logIn();
    const other = app.createPage();
    await other.start();
    const events = record(other);
    app.pass(4000);
    await page.getAccessToken();
    await other.getAccessToken();
    expect(app.server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    expect(events).toEqual([{ type: 'taken-over', what: 'renewal' }]);
  });

  test('a failure of the refresh timer reports when it tries again', async () => {
    await app.logIn();
    const { events } = await openRecorded();
    const failing = new Promise<SessionEvent>((resolve) => {
      failed = resolve;
    });
    app.server.control.faults.add({ grant: 'refresh_token', status: 503, times: 'until-cleared' });
    app.pass(3590);
    // A page that becomes visible sets the timer again.
    document.dispatchEvent(new Event('visibilitychange'));
    await failing;
    const [failure] = events;
    expect(failure).toMatchObject({ type: 'renewal-failed', retryable: true });
    const retryAt = failure?.type === 'renewal-failed' ? failure.retryAt : null;
    expect(retryAt).toBeGreaterThan(Date.now());
    expect(retryAt).toBeLessThan(Date.now() + 60_000);
  });

  test('a page without IndexedDB reports that the session is in its memory', async () => {
    await app.logIn();
    vi.stubGlobal('indexedDB', undefined);
    const { events } = await openRecorded();
    expect(events.filter(({ type }) => type === 'storage-fallback')).toHaveLength(1);
  });
});

describe('listeners of events', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  test('a listener receives only events of its type until it is removed', async () => {
    const page = await app.logIn();
    const listener = vi.fn<(event: SessionEvent) => void>();
    const remove = page.on('renewed', listener);
    app.pass(4000);
    await page.getAccessToken();
    expect(listener).toHaveBeenCalledExactlyOnceWith({ type: 'renewed' });
    remove();
    app.pass(4000);
    await page.getAccessToken();
    expect(listener).toHaveBeenCalledOnce();
  });

  test('a listener that throws is reported and stops neither the session nor the others', async () => {
    const page = await app.logIn();
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', reported);
    const error = new Error('from a listener');
    page.on('renewed', () => {
      throw error;
    });
    const events = record(page);
    app.pass(4000);
    await page.getAccessToken();
    expect(events).toEqual([{ type: 'renewed' }]);
    expect(reported).toHaveBeenCalledExactlyOnceWith(error);
  });

  test('an event during an event reaches every listener in order', async () => {
    const page = await app.logIn();
    const seen: string[] = [];
    page.on('renewed', () => void page.logout());
    page.on('*', ({ type }) => seen.push(type));
    app.pass(4000);
    await page.getAccessToken();
    await app.browser.nextNavigation();
    expect(seen.toSorted()).toEqual(['renewed', 'session-ended']);
  });

  test('a listener neither starts the session nor loads code', async () => {
    await app.logIn();
    const load = vi.fn<() => Promise<never>>();
    vi.stubGlobal('importChunk', load);
    const page = app.createPage();
    page.on('*', () => {});
    await new Promise((resolve) => setTimeout(resolve));
    vi.stubGlobal('importChunk', undefined);
    expect(load).not.toHaveBeenCalled();
    expect(page.getSnapshot().status).toBe('authenticated');
  });
});
