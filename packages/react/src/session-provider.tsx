'use client';

import {
  createSesamySession,
  type Navigation,
  type Session,
  type SessionOptions,
} from '@sesamy-kit/session';
import { useEffect, useInsertionEffect, useState, type ReactNode } from 'react';
import { SessionContext } from './session-context.js';

/** The options of a session, read once, or an existing session. */
export type SesamyProviderProps = { readonly children?: ReactNode } & (
  | OwnSession
  | { readonly session: Session }
);

type OwnSession = SessionOptions & { readonly session?: never };

/**
 * Provides the login session to the app. Renders its children immediately, also while initializing.
 *
 * With options, it creates the session at the first render and keeps it; later changes of options are ignored, except
 * for a `navigate` function (change the provider's `key` to start over). With `session`, it uses that one, which loaders and other
 * code outside React can share.
 * @throws AuthError `invalid_configuration` when an option is wrong
 */
export function SesamyProvider(props: SesamyProviderProps): ReactNode {
  const [navigation] = useState(createNavigation);
  const [firstSession] = useState(() => props.session ?? createOwn(props, navigation));
  const session = props.session ?? firstSession;

  // A router may return a new navigation function at each render.
  const { navigate } = props.session === undefined ? props : {};
  const latestNavigate = typeof navigate === 'function' ? navigate : undefined;
  useInsertionEffect(() => navigation.use(latestNavigate), [latestNavigate, navigation]);

  useEffect(() => void session.start(), [session]);

  return <SessionContext.Provider value={session}>{props.children}</SessionContext.Provider>;
}

function createOwn(
  {
    children: _children,
    session: _session,
    ...options
  }: OwnSession & { readonly children?: ReactNode },
  navigation: LatestNavigation,
): Session {
  const hasNavigate = typeof options.navigate === 'function';
  return createSesamySession(hasNavigate ? { ...options, navigate: navigation.go } : options);
}

type Navigate = Navigation['toPage'];

/** The latest `navigate` of a provider. */
interface LatestNavigation {
  readonly use: (navigate: Navigate) => void;
  readonly go: (path: string) => void | Promise<void>;
}

function createNavigation(): LatestNavigation {
  let latest: Navigate;
  return {
    use(navigate) {
      latest = navigate;
    },
    go: (path) => latest?.(path),
  };
}
