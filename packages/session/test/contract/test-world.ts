import { AuthError, type Session, type SessionOptions } from '../../src/index.js';
import {
  createTestSession,
  type Respond,
  type TestSession,
  type TestState,
} from '../../src/testing/index.js';
import type { ContractWorld, SchemaOption } from './world.js';

const user = { sub: 'email|ada', name: 'Ada Lovelace', email: 'ada@example.com' };
const profile = { firstName: 'Ada' };

/** Opens a world whose sessions are test sessions. */
export function openTestWorld(mode: NonNullable<SessionOptions['mode']>): ContractWorld {
  const responses = new Map<string, (request: Request) => Response>();
  const respond: Respond = (request) => responses.get(new URL(request.url).pathname)?.(request);
  const opened = new Map<Session, TestSession>();

  async function open(state: TestState, options?: SchemaOption): Promise<TestSession> {
    const session = createTestSession({ mode, profile, respond, ...options, ...state });
    opened.set(session, session);
    await session.start();
    return session;
  }

  function expectOpened(session: Session): TestSession {
    const own = opened.get(session);
    if (own === undefined) throw new Error('The session is not of this world.');
    return own;
  }

  function refuse(session: Session): void {
    const error = new AuthError('authorization_failed', 'The server refused the login.', {
      oauthError: 'access_denied',
    });
    const before = session.getSnapshot();
    expectOpened(session).set(
      before.status === 'authenticated'
        ? { ...before, error }
        : { status: 'unauthenticated', reason: 'none', error },
    );
  }

  return {
    openSignedOut: (options) => open({}, options),
    openSignedIn: (options) => open({ user }, options),
    async refuseRedirect(session) {
      refuse(session);
      return session;
    },
    async completePopup(session) {
      expectOpened(session).set({ status: 'authenticated', user, error: null });
    },
    async refusePopup(session) {
      refuse(session);
    },
    async logOutElsewhere(session) {
      const reason = 'logged-out-elsewhere';
      expectOpened(session).set({ status: 'unauthenticated', reason, error: null });
    },
    async endSession(session) {
      expectOpened(session).set({ status: 'unauthenticated', reason: 'expired', error: null });
    },
    respond: (path, given) => void responses.set(path, given),
    givesTokens: mode !== 'token-handler',
  };
}
