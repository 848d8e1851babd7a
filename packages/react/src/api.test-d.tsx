import type { AuthError, EndReason, LoginOptions, Session, User } from '@sesamy-kit/session';
import type { UseSuspenseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expectTypeOf } from 'vitest';
import {
  ReloginBoundary,
  RequireSession,
  sessionQueryKey,
  useRelogin,
  useSessionQueryKey,
  useStepUp,
  useSuspenseProfile,
  type Profile,
  type SessionQueryKey,
} from './index.js';

/* Checked by the compiler only; nothing here runs. */

/** A stronger login. */
export function StepUp(): ReactNode {
  const { run, confirm, cancel, challenge, error, isLoggingIn } = useStepUp();
  expectTypeOf(run(async () => 7)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(confirm).toEqualTypeOf<(via?: 'popup' | 'redirect') => Promise<void>>();
  expectTypeOf(cancel).toEqualTypeOf<() => void>();
  expectTypeOf(challenge).toEqualTypeOf<AuthError | null>();
  expectTypeOf(challenge?.loginOptions).toEqualTypeOf<LoginOptions | undefined>();
  expectTypeOf(error).toEqualTypeOf<AuthError | null>();
  expectTypeOf(isLoggingIn).toEqualTypeOf<boolean>();
  return null;
}

/** A login that keeps the page. */
export function Relogin(): ReactNode {
  const { user, reason, error, isNeeded, login, cancel } = useRelogin();
  expectTypeOf(user).toEqualTypeOf<User | null>();
  expectTypeOf(reason).toEqualTypeOf<EndReason | null>();
  expectTypeOf(error).toEqualTypeOf<AuthError | null>();
  expectTypeOf(isNeeded).toEqualTypeOf<boolean>();
  expectTypeOf(login).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(cancel).toEqualTypeOf<() => void>();
  return null;
}

/** Queries of the signed-in user. */
export function Queries(session: Session): ReactNode {
  expectTypeOf(useSuspenseProfile()).toEqualTypeOf<UseSuspenseQueryResult<Profile>>();
  expectTypeOf(sessionQueryKey(session)).toEqualTypeOf<SessionQueryKey>();
  expectTypeOf(useSessionQueryKey()).toEqualTypeOf<SessionQueryKey>();
  return null;
}

/** What a guard requires. */
export function Guards(): ReactNode {
  return (
    <>
      <RequireSession maxAgeSeconds={60} acrValues="mfa" scope="payments" />
      <ReloginBoundary acrValues="mfa" dialog={({ user }) => user?.sub} />
      {/* @ts-expect-error a duration is a number of seconds */}
      <RequireSession maxAgeSeconds="1h" />
      {/* @ts-expect-error scopes are one string, as on the wire */}
      <RequireSession scope={['payments']} />
    </>
  );
}
