'use client';

import type { AuthError, LoginOptions, SessionInfo } from '@sesamy-kit/session';
import { useEffect, useState, type ReactNode } from 'react';
import { isStrongEnough, type LoginStrength } from '../login-strength.js';
import { useSessionContext } from '../session-context.js';
import { useSession } from '../use-session.js';

/** The props of `StrongLogin`. */
export interface StrongLoginProps {
  readonly children: ReactNode;
  readonly fallback: ReactNode;
  readonly loginOptions: LoginOptions;
  readonly strength: LoginStrength;
  /** Renders an error when the strength of the login cannot be found out. */
  readonly renderFailure: (error: AuthError) => ReactNode;
}

/**
 * Renders its children for a user whose login is strong enough, and redirects everyone else to such a login and back.
 * Renders `fallback` until then.
 */
export function StrongLogin({
  children,
  fallback,
  loginOptions,
  strength,
  renderFailure,
}: StrongLoginProps): ReactNode {
  const { user } = useSession();
  const { info, loginWithRedirect, on } = useSessionContext();
  const wanted = JSON.stringify([user?.sub, strength]);
  /** For what the login is strong enough, or why that is not known. */
  const [outcome, setOutcome] = useState<string | AuthError>('');

  useEffect(() => {
    let isCurrent = true;
    const check = (known: SessionInfo | null): void => {
      if (!isCurrent || known === null) return;
      if (isStrongEnough(known, strength, Date.now())) setOutcome(wanted);
      // Its failure is the error of the state, which the guard renders.
      else loginWithRedirect({ ...loginOptions, isAutomatic: true }).catch(() => {});
    };
    const fail = (error: AuthError): void => {
      if (isCurrent) setOutcome(error);
    };
    const look = (): void => void info().then(check, fail);
    look();
    // A login by popup changes nothing else of a user who is signed in.
    const stop = on('login-succeeded', look);
    return () => {
      isCurrent = false;
      stop();
    };
    // The options at the time of the check apply.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);

  if (outcome === wanted) return children;
  return typeof outcome === 'string' ? fallback : renderFailure(outcome);
}
