import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BeginLogin, LoginRequest } from '../login/login-request.js';
import { AuthError } from '../errors.js';
import { leaveForLogin, type WantedLogin } from './leave-for-login.js';

const url = 'https://token.sesamy.test/authorize?state=1';
const begun = { url, state: '1' };
const request: LoginRequest = { options: { loginHint: 'a' }, via: 'redirect' };
const config = { key: 'sesamy-kit:a', toServer: undefined };
const wanted = (): WantedLogin => ({ request, stop: new AbortController() });
let assigned: string[] = [];

beforeEach(() => {
  assigned = [];
  vi.spyOn(location, 'assign').mockImplementation((to) => void assigned.push(String(to)));
});

const leaving = (): Promise<void> => vi.waitFor(() => expect(assigned).toEqual([url]));
const showPage = (persisted: boolean): void =>
  void window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));

describe('leaveForLogin', () => {
  test("leaveForLogin navigates to the driver's URL", async () => {
    const beginLogin = vi.fn<BeginLogin>().mockResolvedValue(begun);
    leaveForLogin({ beginLogin, config }, wanted).catch(() => {});
    expect(assigned).toEqual([]);
    await leaving();
    expect(beginLogin).toHaveBeenCalledExactlyOnceWith(request);
  });

  test('leaveForLogin never resolves', async () => {
    const ended = vi.fn<() => void>();
    void leaveForLogin({ beginLogin: async () => begun, config }, wanted).then(ended, ended);
    await leaving();
    showPage(false);
    await new Promise((resolve) => setTimeout(resolve));
    expect(ended).not.toHaveBeenCalled();
  });

  test('leaveForLogin rejects with aborted when the user returns with the Back button', async () => {
    const gone = leaveForLogin({ beginLogin: async () => begun, config }, wanted);
    await leaving();
    showPage(true);
    await expect(gone).rejects.toMatchObject({ code: 'aborted', retryable: false });
  });

  test('leaveForLogin passes the URL to openUrl instead of navigating', async () => {
    const openUrl = vi.fn<(url: string) => void>();
    const own = (): WantedLogin => ({
      request: { ...request, openUrl },
      stop: new AbortController(),
    });
    leaveForLogin({ beginLogin: async () => begun, config }, own).catch(() => {});
    await vi.waitFor(() => expect(openUrl).toHaveBeenCalledExactlyOnceWith(url));
    expect(assigned).toEqual([]);
  });

  /** A login whose `openUrl` has not resolved, such as one that waits for the browser to be closed. */
  const opening = (): WantedLogin & { openUrl: ReturnType<typeof vi.fn> } => {
    const openUrl = vi.fn<(url: string) => Promise<void>>(() => new Promise(() => {}));
    return { request: { ...request, openUrl }, stop: new AbortController(), openUrl };
  };

  test('leaveForLogin opens the login that replaces one whose openUrl has not resolved', async () => {
    const before = opening();
    const after = opening();
    let latest = before;
    leaveForLogin({ beginLogin: async () => begun, config }, () => latest).catch(() => {});
    await vi.waitFor(() => expect(before.openUrl).toHaveBeenCalledOnce());
    latest = after;
    before.stop.abort();
    await vi.waitFor(() => expect(after.openUrl).toHaveBeenCalledOnce());
  });

  test('leaveForLogin rejects with the reason of a login that is ended while its openUrl has not resolved', async () => {
    const login = opening();
    const gone = leaveForLogin({ beginLogin: async () => begun, config }, () => login);
    await vi.waitFor(() => expect(login.openUrl).toHaveBeenCalledOnce());
    const cancelled = new AuthError('aborted', 'Cancelled.');
    login.stop.abort(cancelled);
    await expect(gone).rejects.toBe(cancelled);
  });

  test('leaveForLogin does not begin a login that was ended before', async () => {
    const login = wanted();
    const cancelled = new AuthError('aborted', 'Cancelled.');
    login.stop.abort(cancelled);
    const beginLogin = vi.fn<BeginLogin>();
    await expect(leaveForLogin({ beginLogin, config }, () => login)).rejects.toBe(cancelled);
    expect(beginLogin).not.toHaveBeenCalled();
  });

  test("leaveForLogin rejects with the driver's error and does not navigate", async () => {
    const failure = new DOMException('full', 'QuotaExceededError');
    const gone = leaveForLogin({ beginLogin: () => Promise.reject(failure), config }, wanted);
    await expect(gone).rejects.toBe(failure);
    expect(assigned).toEqual([]);
  });
});
