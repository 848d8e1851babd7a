'use client';

import { createSesamySession, type Session } from '@sesamy-kit/session';
import {
  useEffect,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { SesamyProvider } from '../session-provider.js';
import { openAppState, type AppStateStore } from './app-state.js';
import { createAuthStateReader, initialAuthState } from './auth-state.js';
import { Auth0Context } from './auth0-context.js';
import { createFunctions } from './functions.js';
import { toSessionOptions, type Auth0ProviderOptions } from './options.js';
import type { AppState, Auth0ContextInterface, Auth0Functions, AuthState, User } from './types.js';
import { unsupported } from './unsupported.js';

/**
 * Provides what `useAuth0` returns, over a session of this kit. The hooks of `@sesamy-kit/react` work below it as well, so
 * that an app can move one component at a time.
 *
 * Options are read at the first render. It does not add to the history, nor to the state, what Auth0's SDK does not.
 * @throws UnsupportedError for an option without an equivalent; AuthError `invalid_configuration`
 */
export function Auth0Provider<TUser extends User = User>(
  options: Auth0ProviderOptions<TUser>,
): ReactNode {
  const [client] = useState(() => createClient(options));
  const { session, readState, functions, completeLogin, dropAbandoned, endLogins } = client;
  const state = useSyncExternalStore(session.subscribe, readState, () => initialAuthState);

  const { onRedirectCallback, skipRedirectCallback = false } = options;
  const latest = useRef<typeof onRedirectCallback>(undefined);
  useInsertionEffect(() => {
    latest.current = skipRedirectCallback ? undefined : onRedirectCallback;
  });
  // A child's effect, such as that of SesamyProvider, runs first; the login is completed in a later task.
  useEffect(
    () =>
      session.on('login-succeeded', ({ via }) => {
        endLogins();
        if (via === 'popup') return;
        const appState = completeLogin();
        // The app asserts the type of its user.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        latest.current?.(appState, session.getSnapshot().user as TUser | undefined);
      }),
    [session, completeLogin, endLogins],
  );

  useEffect(
    () =>
      session.on('login-started', (started) => {
        if (started.via === 'redirect') dropAbandoned(started);
      }),
    [session, dropAbandoned],
  );

  // The app asserts the type of its user.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const Context = (options.context ?? Auth0Context) as React.Context<Auth0ContextInterface>;
  const value = useMemo(() => ({ ...state, ...functions, ...unsupported }), [state, functions]);
  return (
    <SesamyProvider session={session}>
      <Context.Provider value={value}>{options.children}</Context.Provider>
    </SesamyProvider>
  );
}

interface Client {
  readonly session: Session;
  readonly readState: () => AuthState;
  readonly functions: Auth0Functions;
  /** Returns the `appState` of the login that was completed. */
  readonly completeLogin: () => AppState;
  /** See `AppStateStore`. */
  readonly dropAbandoned: AppStateStore['dropAbandoned'];
  readonly endLogins: AppStateStore['endAll'];
}

function createClient<TUser extends User>(options: Auth0ProviderOptions<TUser>): Client {
  const { onRedirectCallback, skipRedirectCallback = false } = options;
  const { audience, redirect_uri: redirectUri } =
    'domain' in options ? (options.authorizationParams ?? {}) : {};
  const session =
    options.client ??
    createSesamySession({
      ...toSessionOptions(options),
      // The app navigates in `onRedirectCallback`, which needs the user.
      ...((onRedirectCallback !== undefined || skipRedirectCallback) && { navigate: () => {} }),
    });
  const appStates = openAppState(session.clientId);
  let completed: AppState | undefined;
  return {
    session,
    readState: createAuthStateReader(session),
    functions: createFunctions({
      session,
      domain: 'domain' in options ? options.domain : new URL(session.issuer).host,
      audience,
      redirectUri,
      appStates,
      completed: () => completed,
    }),
    completeLogin() {
      completed = { ...appStates.take(), response_type: 'code' };
      return completed;
    },
    dropAbandoned: appStates.dropAbandoned,
    endLogins: appStates.endAll,
  };
}
