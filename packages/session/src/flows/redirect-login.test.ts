import { expect, test, vi } from 'vitest';
import { AuthError } from '../errors.js';
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

test('a login after a cancelled one is a login of its own, also while the cancelled one loads its code', () => {
  const loading: (() => WantedLogin)[] = [];
  const logins = createRedirectLogins((wanted) => {
    loading.push(wanted);
    return new Promise(() => {});
  });
  const cancelled = new AuthError('aborted', 'Cancelled.');
  void logins.start({ loginHint: 'a' });
  logins.end(cancelled);
  void logins.start({ loginHint: 'b' });
  const [first, second] = loading.map((wanted) => wanted());
  expect([first?.request.options, second?.request.options]).toEqual([
    { loginHint: 'a' },
    { loginHint: 'b' },
  ]);
  expect(first?.stop.signal.reason).toBe(cancelled);
  expect(second?.stop.signal.aborted).toBe(false);
});

test('an automatic login joins the login whose page is open, and a retry opens that page again', () => {
  let wanted: (() => WantedLogin) | undefined;
  const openUrl = (): void => {};
  const { start } = createRedirectLogins((latest) => {
    wanted = latest;
    return new Promise(() => {});
  });
  void start({ loginHint: 'a', openUrl });
  const open = wanted?.();
  if (open !== undefined) open.isOpen = true;
  void start({ isAutomatic: true });
  expect(wanted?.()).toBe(open);
  void start({ isAutomatic: true }, true);
  expect(open?.stop.signal.aborted).toBe(true);
  expect(wanted?.().request).toMatchObject({ options: { loginHint: 'a' }, openUrl, isRetry: true });
});
