'use client';

import type { AuthError, LoginOptions, SessionInfo } from '@sesamy-kit/session';
import { useEffect, useState, type ReactNode } from 'react';
import { isStrongEnough, type LoginStrength } from '../login-strength.js';
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
  const { user, info, loginWithRedirect } = useSession();
  const { maxAgeSeconds, acrValues, scope } = strength;
  const wanted = JSON.stringify([user?.sub, maxAgeSeconds, acrValues, scope]);
  /** For what the login is strong enough. */
  const [proven, setProven] = useState<string | null>(null);
  const [failure, setFailure] = useState<AuthError | null>(null);

  useEffect(() => {
    let isCurrent = true;
    const check = (known: SessionInfo | null): void => {
      if (!isCurrent || known === null) return;
      if (isStrongEnough(known, strength, Date.now())) setProven(wanted);
      // Its failure is the error of the state, which the guard renders.
      else loginWithRedirect({ ...loginOptions, isAutomatic: true }).catch(() => {});
    };
    info().then(check, setFailure);
    return () => {
      isCurrent = false;
    };
    // The options at the time of the check apply.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted]);

  if (failure !== null) return renderFailure(failure);
  return proven === wanted ? children : fallback;
}
