import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Driver, LoginRequest } from '../driver.js';
import { leaveForLogin, type WantedLogin } from './leave-for-login.js';

const url = 'https://token.sesamy.test/authorize?state=1';
const begun = { url, state: '1' };
const request: LoginRequest = { options: { loginHint: 'a' }, via: 'redirect' };
const key = 'sesamy-kit:a';
const wanted = (): WantedLogin => ({ request, stop: new AbortController() });
let assigned: string[] = [];

beforeEach(() => {
  assigned = [];
  vi.spyOn(location, 'assign').mockImplementation((to) => void assigned.push(String(to)));
});

const leaving = (): Promise<void> => vi.waitFor(() => expect(assigned).toEqual([url]));
const showPage = (persisted: boolean): void =>
  void window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));

describe('leaving for the login', () => {
  test('goes where the driver says, once it has said so', async () => {
    const beginLogin = vi.fn<Driver['beginLogin']>().mockResolvedValue(begun);
    leaveForLogin({ driver: { beginLogin }, key }, wanted).catch(() => {});
    expect(assigned).toEqual([]);
    await leaving();
    expect(beginLogin).toHaveBeenCalledExactlyOnceWith(request);
  });

  test('never resolves, and a page that is merely loaded does not end it', async () => {
    const ended = vi.fn<() => void>();
    void leaveForLogin({ driver: { beginLogin: async () => begun }, key }, wanted).then(
      ended,
      ended,
    );
    await leaving();
    showPage(false);
    await new Promise((resolve) => setTimeout(resolve));
    expect(ended).not.toHaveBeenCalled();
  });

  test('is aborted when the user comes back by the Back button', async () => {
    const gone = leaveForLogin({ driver: { beginLogin: async () => begun }, key }, wanted);
    await leaving();
    showPage(true);
    await expect(gone).rejects.toMatchObject({ code: 'aborted', retryable: false });
  });

  test('hands the address to openUrl instead, where the app has given it', async () => {
    const openUrl = vi.fn<(url: string) => void>();
    const own = (): WantedLogin => ({
      request: { ...request, openUrl },
      stop: new AbortController(),
    });
    leaveForLogin({ driver: { beginLogin: async () => begun }, key }, own).catch(() => {});
    await vi.waitFor(() => expect(openUrl).toHaveBeenCalledExactlyOnceWith(url));
    expect(assigned).toEqual([]);
  });

  test('stays on the page when the driver fails, and says why', async () => {
    const failure = new DOMException('full', 'QuotaExceededError');
    const gone = leaveForLogin(
      { driver: { beginLogin: () => Promise.reject(failure) }, key },
      wanted,
    );
    await expect(gone).rejects.toBe(failure);
    expect(assigned).toEqual([]);
  });
});
