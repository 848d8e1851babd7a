import { expectTypeOf } from 'vitest';
import type { RedirectLoginOptions, Session } from '../index.js';
import { createTestSession, renderWithSession, type TestSession } from './index.js';

/* Checked by the compiler only; nothing here runs. */

const user = { sub: 'ada' };
const state = { status: 'initializing' } as const;

/** A test session is a session, whose calls are typed by its functions. */
export function expectSession(): void {
  expectTypeOf(createTestSession()).toExtend<Session>();
  const { loginWithRedirect, getAccessToken, dismissError } = createTestSession();
  expectTypeOf(loginWithRedirect.mock.lastCall).toEqualTypeOf<
    [options?: RedirectLoginOptions | undefined] | undefined
  >();
  expectTypeOf(getAccessToken.mockResolvedValue).parameters.toEqualTypeOf<[value: string]>();
  expectTypeOf(dismissError).not.toHaveProperty('mockResolvedValue');
}

/** The result has the session that it was given, or a test session. */
export function expectResult(real: Session): void {
  expectTypeOf(renderWithSession(null).session).toEqualTypeOf<TestSession>();
  expectTypeOf(renderWithSession(null, { session: real }).session).toEqualTypeOf<Session>();
  expectTypeOf(renderWithSession(null, { user }).getByText).toBeFunction();
}

/** Options that contradict each other do not compile. */
export function expectExclusive(session: TestSession): void {
  createTestSession({ user });
  createTestSession({ state });
  // @ts-expect-error A session has a user or another state.
  createTestSession({ user, state });
  // @ts-expect-error A user needs a `sub`.
  createTestSession({ user: { given_name: 'Ada' } });
  // @ts-expect-error The session has its user.
  renderWithSession(null, { session, user });
}
