import { describe, expect, test, vi } from 'vitest';
import { AuthError } from './errors.js';
import { requireSession } from './require-session.js';
import type { Session } from './session.js';
import { isLoginDue, type SessionState, type SignedOutReason } from './state.js';

const user = { sub: 'auth2|1' };
const error = new AuthError('authorization_failed', 'Refused.');
const signedOut = (reason: SignedOutReason, failure: AuthError | null = null): SessionState => ({
  status: 'unauthenticated',
  reason,
  error: failure,
});

const states: [string, SessionState, boolean][] = [
  ['initializing', { status: 'initializing' }, false],
  ['authenticated', { status: 'authenticated', user }, false],
  ['authenticating', { status: 'authenticating', via: 'redirect' }, false],
  ['logging out', { status: 'logging-out' }, false],
  ['nobody', signedOut('none'), true],
  ['an expired session', signedOut('expired'), true],
  ['a revoked session', signedOut('revoked'), true],
  ['a logout here', signedOut('logged-out'), false],
  ['a logout elsewhere', signedOut('logged-out-elsewhere'), false],
  ['a failed login', signedOut('none', error), false],
];

/** A session that finds the state when it starts. */
function createSession(found: SessionState) {
  let state: SessionState = { status: 'initializing' };
  const loginWithRedirect = vi.fn<Session['loginWithRedirect']>(() => new Promise(() => {}));
  const session: Pick<Session, 'start' | 'getSnapshot' | 'loginWithRedirect'> = {
    start: async () => void (state = found),
    getSnapshot: () => state,
    loginWithRedirect,
  };
  return { session: session as Session, loginWithRedirect };
}

test.each(states)('%s decides whether a login is due', (_what, state, isDue) => {
  expect(isLoginDue(state)).toBe(isDue);
});

describe('requireSession', () => {
  test('waits for the start and gives the user', async () => {
    const { session, loginWithRedirect } = createSession({ status: 'authenticated', user });
    expect(await requireSession(session)).toBe(user);
    expect(loginWithRedirect).not.toHaveBeenCalled();
  });

  test.each(states.filter(([, , isDue]) => isDue))(
    'sends %s to the login for good',
    async (_what, state) => {
      const { session, loginWithRedirect } = createSession(state);
      const ended = vi.fn<() => void>();
      void requireSession(session, { returnTo: '/a', loginHint: 'b' }).then(ended, ended);
      await vi.waitFor(() =>
        expect(loginWithRedirect).toHaveBeenCalledExactlyOnceWith({
          returnTo: '/a',
          loginHint: 'b',
        }),
      );
      expect(ended).not.toHaveBeenCalled();
    },
  );

  test('joins the login for which the page is leaving', async () => {
    const { session, loginWithRedirect } = createSession({
      status: 'authenticating',
      via: 'redirect',
    });
    void requireSession(session);
    await vi.waitFor(() => expect(loginWithRedirect).toHaveBeenCalledOnce());
  });

  const isAnswered = ({ status }: SessionState): boolean =>
    status === 'authenticated' || status === 'authenticating';
  test.each(states.filter(([, state, isDue]) => !isDue && !isAnswered(state)))(
    'sends nobody to the login after %s',
    async (_what, state) => {
      const { session, loginWithRedirect } = createSession(state);
      const code = state.status === 'unauthenticated' && state.error?.code;
      await expect(requireSession(session)).rejects.toMatchObject({
        code: code || 'login_required',
      });
      expect(loginWithRedirect).not.toHaveBeenCalled();
    },
  );

  test('sends nobody to the login while it preloads', async () => {
    const { session, loginWithRedirect } = createSession(signedOut('none'));
    const guarded = requireSession(session, { isPreload: true });
    await expect(guarded).rejects.toMatchObject({ code: 'login_required' });
    expect(loginWithRedirect).not.toHaveBeenCalled();
  });
});
