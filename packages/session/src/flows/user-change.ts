import type { Session } from '../session.js';
import type { SessionState } from '../state.js';

/**
 * Calls `listener` when another user is signed in than before, or none: after a logout here or in another tab, when
 * the session has ended, and after a login. Revalidate your router in it, so that no route keeps data of a user who
 * is gone. It is not called for what the session finds when it starts, nor while a login is under way.
 * @returns a function that stops it
 */
export function onUserChange(session: Session, listener: () => void): () => void {
  let known = readUserId(session.getSnapshot());
  return session.subscribe(() => {
    const user = readUserId(session.getSnapshot());
    if (user === undefined || user === known) return;
    const isFirst = known === undefined;
    known = user;
    if (!isFirst) listener();
  });
}

/** The signed-in user's subject; `null` for none, `undefined` while it is not known. */
function readUserId(state: SessionState): string | null | undefined {
  if (state.status === 'authenticated') return state.user.sub;
  return state.status === 'initializing' || state.status === 'authenticating' ? undefined : null;
}
