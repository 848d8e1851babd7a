import {
  createTestSession as createPlainTestSession,
  type TestClaims,
  type TestSession,
  type TestSessionSettings,
  type TestState,
} from '@sesamy-kit/session/testing';
import { act } from '@testing-library/react';
import type { TestProfile } from './test-profile.js';

/**
 * Options of {@link createTestSession}: the signed-in `user`, or any other `state`; by default no user is signed in.
 * Those of a real session may be among them, such as `mode`, `apiUrl` and `allowedOrigins`; `clientId` is optional.
 */
export type TestSessionOptions = Omit<TestSessionSettings, 'profile'> &
  TestProfile &
  (TestState | TestClaims);

/**
 * Creates a session that behaves as a real one towards the app, without network, storage, timers or other tabs. It
 * keeps the state it is given until the app logs out or starts a login, or the test calls `set`. `set` and `emit` need no
 * `act`.
 * @throws AuthError `invalid_configuration` for a wrong option
 */
export function createTestSession(options: TestSessionOptions = {}): TestSession {
  const session = createPlainTestSession(options);
  return {
    ...session,
    set: (state) => act(() => session.set(state)),
    emit: (event) => act(() => session.emit(event)),
  };
}
