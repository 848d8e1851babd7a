import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BeginLogin, LoginRequest } from '../login/login-request.js';
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

  test("leaveForLogin rejects with the driver's error and does not navigate", async () => {
    const failure = new DOMException('full', 'QuotaExceededError');
    const gone = leaveForLogin({ beginLogin: () => Promise.reject(failure), config }, wanted);
    await expect(gone).rejects.toBe(failure);
    expect(assigned).toEqual([]);
  });
});
