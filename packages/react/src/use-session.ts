'use client';

import type { Session, SessionState } from '@sesamy-kit/session';
import { useMemo, useSyncExternalStore } from 'react';
import { useSessionContext } from './session-context.js';

/** The actions of a session; the same functions for the lifetime of the provider. */
export type SessionActions = Pick<
  Session,
  | 'loginWithRedirect'
  | 'loginWithPopup'
  | 'preloadLogin'
  | 'logout'
  | 'cancelLogin'
  | 'dismissError'
  | 'getAccessToken'
  | 'renew'
  | 'info'
  | 'fetch'
  | 'fetchJson'
  | 'fetchUserInfo'
  | 'on'
>;

/** The state, narrowed by `status`, and the actions. */
export type SessionView = SessionState & SessionActions;

/**
 * Returns the session's state and actions. Re-renders when the state changes; a token refresh does not change it.
 * @throws Error outside a SesamyProvider
 */
export function useSession(): SessionView;
/**
 * Returns the result of `select`; re-renders only when it changes, by `Object.is`.
 * @throws Error outside a SesamyProvider
 */
export function useSession<Selected>(select: (session: SessionView) => Selected): Selected;
export function useSession<Selected>(
  select: (session: SessionView) => SessionView | Selected = identity,
): SessionView | Selected {
  const session = useSessionContext();
  // One view per state, so that an unchanged state returns the same view.
  const read = useMemo(
    () => memoize((state: SessionState): SessionView => ({ ...session, ...state })),
    [session],
  );
  const reader = useMemo(() => memoize(select), [select]);
  return useSyncExternalStore<SessionView | Selected>(
    session.subscribe,
    () => reader(read(session.getSnapshot())),
    () => reader(read(session.getServerSnapshot())),
  );
}

/** Caches the last result: a selector that returns a new object must not look like a change. */
function memoize<Input, Output>(compute: (input: Input) => Output): (input: Input) => Output {
  let last: { readonly input: Input; readonly output: Output } | null = null;
  return (input) => {
    if (last === null || last.input !== input) last = { input, output: compute(input) };
    return last.output;
  };
}

function identity(view: SessionView): SessionView {
  return view;
}
