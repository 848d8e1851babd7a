import type { AuthError, EndReason, SessionState, User } from '@sesamy-kit/session';
import { expectTypeOf } from 'vitest';
import { useSession, type SessionView } from './use-session.js';

/* Checked by the compiler only; nothing here runs. */

/** The first lines of most apps. */
export function Greeting(): string | undefined {
  const { user, error, loginWithRedirect } = useSession();
  expectTypeOf(user).toEqualTypeOf<User | undefined>();
  expectTypeOf(error).toEqualTypeOf<AuthError | null | undefined>();
  expectTypeOf(loginWithRedirect).returns.toEqualTypeOf<Promise<never>>();
  if (error) return error.code;
  return user?.name;
}

/** What is destructured narrows by `status`, and by `user`. */
export function Narrowed(): string {
  const { status, user, error } = useSession();
  if (status === 'authenticated') {
    expectTypeOf(user).toEqualTypeOf<User>();
    expectTypeOf(error).toEqualTypeOf<AuthError | null>();
    return user.sub;
  }
  expectTypeOf(user).toEqualTypeOf<undefined>();
  return status;
}

/** The view itself narrows as well. */
export function View(): string {
  const session = useSession();
  expectTypeOf(session).toEqualTypeOf<SessionView>();
  if (session.status === 'authenticated') return session.user.sub;
  if (session.status === 'unauthenticated') return session.reason;
  // @ts-expect-error only `unauthenticated` has a reason
  return session.reason;
}

/** A component listens to the events of its provider's session. */
export function Reason(): void {
  const { on, cancelLogin } = useSession();
  on('session-ended', ({ reason }) => {
    expectTypeOf(reason).toEqualTypeOf<EndReason>();
    cancelLogin();
  });
}

/** A selector's result has its own type. */
export function useName(): string | undefined {
  const name = useSession(({ user }) => user?.name);
  expectTypeOf(name).toEqualTypeOf<string | undefined>();
  return name;
}

expectTypeOf<SessionView['status']>().toEqualTypeOf<SessionState['status']>();
