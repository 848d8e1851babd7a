import { expect, test, vi } from 'vitest';
import type { WantedLogin } from './leave-for-login.js';
import { createRedirectLogins } from './redirect-login.js';

/** Logins whose `leave` never settles, with what it is to leave for. */
function setUp() {
  let wanted: (() => WantedLogin) | undefined;
  const leave = vi.fn<(latest: () => WantedLogin) => Promise<never>>((latest) => {
    wanted = latest;
    return new Promise(() => {});
  });
  const { start: login } = createRedirectLogins(leave);
  return { leave, login, options: () => wanted?.().request.options };
}

test('a login with the same options joins the login in progress', () => {
  const { leave, login } = setUp();
  expect(login({ loginHint: 'a' })).toBe(login({ loginHint: 'a' }));
  expect(leave).toHaveBeenCalledOnce();
});

test('a login with other options replaces the login in progress', () => {
  const { leave, login, options } = setUp();
  expect(login({ loginHint: 'a' })).toBe(login({ loginHint: 'b' }));
  expect(options()).toEqual({ loginHint: 'b' });
  expect(leave).toHaveBeenCalledOnce();
});

test('an automatic login never replaces the login in progress', () => {
  const { login, options } = setUp();
  void login({ loginHint: 'a' });
  void login({ loginHint: 'b', isAutomatic: true });
  expect(options()).toEqual({ loginHint: 'a' });
});

test('a login can be started again after a failed one', async () => {
  const leave = vi.fn<(latest: () => WantedLogin) => Promise<never>>().mockRejectedValue('no');
  const { start: login } = createRedirectLogins(leave);
  await expect(login()).rejects.toBe('no');
  await expect(login()).rejects.toBe('no');
  expect(leave).toHaveBeenCalledTimes(2);
});
