import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { LoginRequest } from './driver.js';
import { AuthError } from './errors.js';
import { createLoginRedirect } from './login-redirect.js';
import type { SessionEvent } from './state.js';

const url = 'https://token.sesamy.test/authorize?state=1';
let assigned: string[] = [];
let events: SessionEvent[] = [];
let order: string[] = [];

beforeEach(() => {
  [assigned, events, order] = [[], [], []];
  vi.spyOn(location, 'assign').mockImplementation((to) => void assigned.push(String(to)));
});

function createLogin(beginLogin: (request: LoginRequest) => Promise<string> = async () => url) {
  return createLoginRedirect({
    start: async () => void order.push('start'),
    dispatch: (event) => {
      order.push(event.type);
      events.push(event);
    },
    run: async () => ({ driver: { beginLogin } }),
  });
}

const leaving = (): Promise<void> => vi.waitFor(() => expect(assigned).toEqual([url]));

/** A whole turn later, when every promise that can settle has. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('leaving for the login', () => {
  test('waits for the session to start, says so, then leaves', async () => {
    const asked: LoginRequest[] = [];
    const login = createLogin(async (request) => {
      asked.push(request);
      return url;
    });
    void login.begin({ loginHint: 'a' }, true);
    await leaving();
    expect(order).toEqual(['start', 'login-started']);
    expect(asked).toEqual([{ options: { loginHint: 'a' }, isRetry: true }]);
  });

  test('happens once however often it is asked for', async () => {
    const login = createLogin();
    expect(login.begin({}, false)).toBe(login.begin({ returnTo: '/other' }, false));
    await leaving();
    expect(events).toHaveLength(1);
  });

  test('that fails says why, and can be tried again', async () => {
    const offline = new AuthError('network', 'Offline.');
    const beginLogin = vi.fn<() => Promise<string>>().mockRejectedValueOnce(offline);
    beginLogin.mockResolvedValue(url);
    const login = createLogin(beginLogin);
    await expect(login.begin({}, false)).rejects.toBe(offline);
    expect(events.at(-1)).toEqual({ type: 'login-failed', error: offline });
    expect(assigned).toEqual([]);
    void login.begin({}, false);
    await leaving();
  });

  test('that fails by something of the browser rejects with ours', async () => {
    const cause = new DOMException('full', 'QuotaExceededError');
    const login = createLogin(() => Promise.reject(cause));
    await expect(login.begin({}, false)).rejects.toMatchObject({ code: 'network', cause });
  });
});

describe('coming back by the Back button', () => {
  test('ends the login as aborted, and it can begin anew', async () => {
    const login = createLogin();
    const gone = login.begin({}, false);
    await leaving();
    login.abort();
    await expect(gone).rejects.toMatchObject({ code: 'aborted', retryable: false });
    expect(events.at(-1)).toMatchObject({ type: 'login-failed', error: { code: 'aborted' } });
    assigned = [];
    void login.begin({}, false);
    await leaving();
  });

  test('is nothing where no login was under way', async () => {
    const login = createLogin();
    login.abort();
    expect(events).toEqual([]);
    const gone = login.begin({}, false);
    await leaving();
    login.abort();
    login.abort();
    await expect(gone).rejects.toMatchObject({ code: 'aborted' });
    expect(events).toHaveLength(2);
  });

  test('keeps a login that was still being prepared from leaving', async () => {
    let prepared = (_url: string): void => {};
    const login = createLogin(() => new Promise((resolve) => (prepared = resolve)));
    const gone = login.begin({}, false);
    await vi.waitFor(() => expect(order).toContain('login-started'));
    login.abort();
    await expect(gone).rejects.toMatchObject({ code: 'aborted' });
    prepared(url);
    await settled();
    expect(assigned).toEqual([]);
  });

  test('leaves a login that began since alone when the first one fails late', async () => {
    const failures: ((error: unknown) => void)[] = [];
    const login = createLogin(() => new Promise((_resolve, reject) => failures.push(reject)));
    const first = login.begin({}, false);
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    login.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    const second = login.begin({}, false);
    await vi.waitFor(() => expect(failures).toHaveLength(2));
    failures[0]?.(new AuthError('network', 'Offline.'));
    await settled();
    expect(events.map(({ type }) => type)).toEqual([
      'login-started',
      'login-failed',
      'login-started',
    ]);
    expect(login.begin({}, false)).toBe(second);
  });
});
