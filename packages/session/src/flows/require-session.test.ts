import { describe, expect, test, vi } from 'vitest';
import { expectAutomatic } from './automatic-login.js';
import { AuthError } from '../errors.js';
import { requireSession } from './require-session.js';
import type { Session } from '../session.js';
import { isLoginDue } from '../login/login-due.js';
import type { SessionState, SignedOutReason } from '../state.js';

const user = { sub: 'auth2|1' };
const error = new AuthError('authorization_failed', 'Refused.');
const signedOut = (reason: SignedOutReason, failure: AuthError | null = null): SessionState => ({
  status: 'unauthenticated',
  reason,
  error: failure,
});

const states: [string, SessionState, boolean][] = [
  ['initializing', { status: 'initializing' }, false],
  ['authenticated', { status: 'authenticated', user, error: null }, false],
  ['authenticating', { status: 'authenticating', via: 'redirect' }, false],
  ['logging out', { status: 'logging-out' }, false],
  ['a first visit', signedOut('none'), true],
  ['an expired session', signedOut('expired'), true],
  ['a revoked session', signedOut('revoked'), true],
  ['a logout here', signedOut('logged-out'), false],
  ['a logout elsewhere', signedOut('logged-out-elsewhere'), false],
  ['a failed login', signedOut('none', error), false],
];

/** A session that finds the state when it starts, and whose `leave` is called for each login that begins. */
function createSession(found: SessionState) {
  let state: SessionState = { status: 'initializing' };
  const leave = vi.fn<Session['loginWithRedirect']>(() => new Promise(() => {}));
  const loginWithRedirect: Session['loginWithRedirect'] = async (options) => {
    if (options?.isAutomatic === true) expectAutomatic(state);
    return await leave(options);
  };
  const session: Pick<Session, 'start' | 'getSnapshot' | 'loginWithRedirect'> = {
    start: async () => void (state = found),
    getSnapshot: () => state,
    loginWithRedirect,
  };
  return { session: session as Session, leave };
}

test.each(states)('isLoginDue after %s is %s', (_what, state, isDue) => {
  expect(isLoginDue(state)).toBe(isDue);
});

describe('requireSession', () => {
  test('requireSession resolves to the user after the start', async () => {
    const { session, leave } = createSession({
      status: 'authenticated',
      user,
      error: null,
    });
    expect(await requireSession(session)).toBe(user);
    expect(leave).not.toHaveBeenCalled();
  });

  test.each(states.filter(([, , isDue]) => isDue))(
    'requireSession starts a login after %s and does not resolve',
    async (_what, state) => {
      const { session, leave } = createSession(state);
      const ended = vi.fn<() => void>();
      void requireSession(session, '/a', { loginHint: 'b' }).then(ended, ended);
      await vi.waitFor(() =>
        expect(leave).toHaveBeenCalledExactlyOnceWith({
          returnTo: '/a',
          guardedPage: '/a',
          loginHint: 'b',
          isAutomatic: true,
        }),
      );
      expect(ended).not.toHaveBeenCalled();
    },
  );

  test('requireSession joins a redirect login in progress', async () => {
    const { session, leave } = createSession({
      status: 'authenticating',
      via: 'redirect',
    });
    void requireSession(session);
    await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce());
  });

  const isAnswered = ({ status }: SessionState): boolean =>
    status === 'authenticated' || status === 'authenticating';
  test.each(states.filter(([, state, isDue]) => !isDue && !isAnswered(state)))(
    'requireSession starts no login after %s',
    async (_what, state) => {
      const { session, leave } = createSession(state);
      const code = state.status === 'unauthenticated' && state.error?.code;
      await expect(requireSession(session)).rejects.toMatchObject({
        code: code || 'login_required',
      });
      expect(leave).not.toHaveBeenCalled();
    },
  );

  test('requireSession starts no login while the router preloads', async () => {
    const { session, leave } = createSession(signedOut('none'));
    const guarded = requireSession(session, { location: { href: '/a' }, preload: true });
    await expect(guarded).rejects.toMatchObject({ code: 'login_required' });
    expect(leave).not.toHaveBeenCalled();
  });
});
