import type { AuthError, EndReason, Session, SessionState, User } from '@sesamy-kit/session';

/** The user of a page, who stays its user when the session ends. */
export interface KeptUser {
  readonly user: User | null;
  /** Why the session has ended; `null` while the user is signed in. */
  readonly reason: EndReason | null;
}

/** A session, and how it looks to a page that is kept when it ends. */
export interface KeptSession {
  readonly real: Session;
  /** The session for the components of the page: its user stays signed in until they are known not to come back. */
  readonly kept: Session;
  readonly read: () => KeptUser;
}

const NO_USER: KeptUser = { user: null, reason: null };

const keptSessions = new WeakMap<Session, KeptSession>();

/** Returns the kept session of a session, which may be a kept one itself. */
export function keptSessionOf(session: Session): KeptSession {
  const existing = keptSessions.get(session);
  if (existing !== undefined) return existing;
  const created = createKeptSession(session);
  keptSessions.set(session, created);
  keptSessions.set(created.kept, created);
  return created;
}

function createKeptSession(real: Session): KeptSession {
  let current = NO_USER;
  let shown: SessionState | undefined;

  function read(): KeptUser {
    const next = keepUser(current, real.getSnapshot());
    if (next !== current) {
      current = next;
      shown = undefined;
    }
    return current;
  }

  function getSnapshot(): SessionState {
    const { user, reason } = read();
    if (user === null || reason === null) return real.getSnapshot();
    return (shown ??= { status: 'authenticated', user, error: null });
  }

  return { real, kept: { ...real, getSnapshot }, read };
}

/** Returns the user of the page after it was in this state. The same reference if nothing has changed. */
function keepUser(kept: KeptUser, state: SessionState): KeptUser {
  switch (state.status) {
    case 'authenticated':
      if (kept.user === state.user && kept.reason === null) return kept;
      return { user: state.user, reason: null };
    case 'unauthenticated':
      return kept.user === null ? kept : afterEnd(kept, kept.user, state);
    case 'logging-out':
      return NO_USER;
    case 'initializing':
    case 'authenticating':
      return kept;
  }
}

function afterEnd(
  kept: KeptUser,
  user: User,
  { reason, error }: Extract<SessionState, { readonly status: 'unauthenticated' }>,
): KeptUser {
  if (reason === 'logged-out') return NO_USER;
  // The page is hidden, and the user has declined to come back to it.
  if (kept.reason === 'logged-out-elsewhere' && isDeclined(error)) return NO_USER;
  // After a login that failed, the state no longer has the reason.
  return reason === 'none' || reason === kept.reason ? kept : { user, reason };
}

/** Whether a login failed because the user has declined it. */
export function isDeclined(error: AuthError | null | undefined): boolean {
  return error?.code === 'aborted' || error?.code === 'popup_closed';
}
