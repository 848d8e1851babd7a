import { createSesamySession, type Session, type SessionOptions } from '@sesamy-kit/session';
import { QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { createQueryCacheGuard } from './query-cache.js';
import { SessionContext } from './session-context.js';

/** Either the options of a session, read once, or a session made elsewhere. */
export type SesamyProviderProps = { readonly children?: ReactNode } & (
  | ({ readonly session?: never } & SessionOptions)
  | { readonly session: Session }
);

/**
 * Gives the app its login session. Renders its children at once, also while nothing is known yet.
 *
 * With options it makes the session at the first render and keeps it; options that change later are not looked
 * at (give the provider a `key` to begin anew). With `session` it uses that one, which loaders and other code
 * outside React can share.
 * @throws AuthError `invalid_configuration` when an option is wrong
 */
export function SesamyProvider(props: SesamyProviderProps): ReactNode {
  const [ownSession] = useState(() => (props.session === undefined ? createOwn(props) : null));
  const session = props.session ?? ownSession;
  if (session === null) {
    throw new Error(
      '<SesamyProvider> was first given "session" and now is not. Keep giving it one, or give the provider a new key.',
    );
  }
  const context = useMemo(() => {
    const guard = createQueryCacheGuard(session);
    const ownQueryClient = new QueryClient();
    guard.watch(ownQueryClient);
    return { guard, value: { session, ownQueryClient, watchQueryClient: guard.watch } };
  }, [session]);

  useEffect(() => {
    const stopFollowing = context.guard.follow();
    void session.start();
    return stopFollowing;
  }, [context, session]);

  return <SessionContext.Provider value={context.value}>{props.children}</SessionContext.Provider>;
}

function createOwn(props: SesamyProviderProps & { readonly session?: undefined }): Session {
  const { children: _children, session: _session, ...options } = props;
  return createSesamySession(options);
}
