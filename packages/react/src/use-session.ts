'use client';

import type { Session, SessionState } from '@sesamy-kit/session';
import { useMemo, useSyncExternalStore } from 'react';
import { useSessionContext } from './session-context.js';

/** What an app does with a session; the same functions for as long as the provider lives. */
export type SessionActions = Pick<
  Session,
  | 'loginWithRedirect'
  | 'loginWithPopup'
  | 'preloadLogin'
  | 'logout'
  | 'dismissError'
  | 'getAccessToken'
  | 'fetch'
  | 'fetchJson'
  | 'fetchUserInfo'
>;

/** The state, narrowed by `status`, with the actions beside it. */
export type SessionView = SessionState & SessionActions;

/**
 * The session's state and actions. Renders again when the state changes, which a token refresh does not.
 * @throws Error outside a SesamyProvider
 */
export function useSession(): SessionView;
/**
 * What `select` makes of the session; renders again only when that changes, by `Object.is`.
 * @throws Error outside a SesamyProvider
 */
export function useSession<Selected>(select: (session: SessionView) => Selected): Selected;
export function useSession<Selected>(
  select: (session: SessionView) => SessionView | Selected = identity,
): SessionView | Selected {
  const { session } = useSessionContext();
  const read = useMemo(() => createViewReader(session), [session]);
  const reader = useMemo(() => memoize(select), [select]);
  return useSyncExternalStore<SessionView | Selected>(
    session.subscribe,
    () => reader(read(session.getSnapshot())),
    () => reader(read(session.getServerSnapshot())),
  );
}

/** One view for each state, so that an unchanged state is an unchanged view. */
function createViewReader(session: Session): (state: SessionState) => SessionView {
  const { loginWithRedirect, loginWithPopup, preloadLogin, logout, dismissError } = session;
  const { getAccessToken, fetch, fetchJson, fetchUserInfo } = session;
  const actions = {
    loginWithRedirect,
    loginWithPopup,
    preloadLogin,
    logout,
    dismissError,
    getAccessToken,
    fetch,
    fetchJson,
    fetchUserInfo,
  };
  return memoize((state) => ({ ...state, ...actions }));
}

/** Remembers the last answer: a selector that makes a new object must not look like a change. */
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
