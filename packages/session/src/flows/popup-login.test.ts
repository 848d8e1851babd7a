import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Driver } from '../driver.js';
import type { BeginLogin, LoginResult } from '../login/login-request.js';
import { AuthError } from '../errors.js';
import { logInByPopup, type PopupContext } from './popup-login.js';
import { handOverCallbackUrl } from '../tabs/popup-callback.js';

const user = { sub: 'auth2|1' };
const callbackUrl = 'https://app.publisher.test/?code=c';
let count = 0;
let state = '';
let popup: { closed: boolean; close: () => void; location: { replace: (url: URL) => void } };
const replace = vi.fn<(url: URL) => void>();
const close = vi.fn<() => void>();

beforeEach(() => {
  state = `popup-${count++}`;
  replace.mockReset();
  close.mockReset();
  popup = { closed: false, close, location: { replace } };
});
afterEach(() => void vi.useRealTimers());

function logIn(result: LoginResult, context: Partial<PopupContext> = {}) {
  return logInByPopup(
    popup as unknown as Window,
    {
      beginLogin: async () => ({
        url: `https://token.sesamy.test/authorize?state=${state}`,
        state,
      }),
      completeLogin: async () => result,
      ...context,
    },
    {},
  );
}

const shown = (): Promise<void> => vi.waitFor(() => expect(replace).toHaveBeenCalledOnce());
const completed: LoginResult = { kind: 'completed', user, returnTo: '/' };

describe('a popup login', () => {
  test('a popup login opens the login, receives the callback URL and closes the popup', async () => {
    const completeLogin = vi.fn<Driver['completeLogin']>().mockResolvedValue(completed);
    const loggingIn = logIn(completed, { completeLogin });
    await shown();
    expect(close).not.toHaveBeenCalled();
    await handOverCallbackUrl(state, callbackUrl);
    expect(await loggingIn).toBe(user);
    expect(completeLogin).toHaveBeenCalledExactlyOnceWith(new URL(callbackUrl));
    expect(close).toHaveBeenCalledOnce();
  });

  test('a popup login rejects with popup_blocked without a window', async () => {
    const driver = {
      beginLogin: vi.fn<BeginLogin>(),
      completeLogin: async () => completed,
    };
    await expect(logInByPopup(null, driver, {})).rejects.toMatchObject({ code: 'popup_blocked' });
    expect(driver.beginLogin).not.toHaveBeenCalled();
  });

  test('a popup login that cannot start closes the popup', async () => {
    const offline = new AuthError('network', 'Offline.');
    const loggingIn = logIn(completed, { beginLogin: () => Promise.reject(offline) });
    await expect(loggingIn).rejects.toBe(offline);
    expect(close).toHaveBeenCalledOnce();
  });

  test.each<[string, LoginResult, string]>([
    [
      'refused',
      { kind: 'failed', error: new AuthError('authorization_failed', ''), returnTo: '/' },
      'authorization_failed',
    ],
    ['stale', { kind: 'stale' }, 'callback_rejected'],
  ])('a popup login that is %s rejects and closes the popup', async (_how, result, code) => {
    const ending = logIn(result).catch((error: unknown) => error);
    await shown();
    await handOverCallbackUrl(state, callbackUrl);
    expect(await ending).toMatchObject({ code });
    expect(close).toHaveBeenCalledOnce();
  });

  test('a popup login rejects with popup_closed once the page has the focus again', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const ended = vi.fn<(error: unknown) => void>();
    const loggingIn = logIn(completed).catch(ended);
    await vi.waitFor(() => expect(replace).toHaveBeenCalledOnce());
    popup.closed = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ended).not.toHaveBeenCalled();
    hasFocus.mockReturnValue(true);
    await vi.advanceTimersByTimeAsync(500);
    await loggingIn;
    expect(ended).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'popup_closed' }),
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a popup login times out after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const ended = vi.fn<(error: unknown) => void>();
    const loggingIn = logIn(completed).catch(ended);
    await vi.waitFor(() => expect(replace).toHaveBeenCalledOnce());
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    await loggingIn;
    expect(ended).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'timeout' }));
  });
});
