import type { Session } from '../session.js';
import type { SessionState } from '../state.js';

/**
 * Calls `listener` when the signed-in user changes: after a login, a logout here or in another tab, or the end of the
 * session. Revalidate your router in it, so that no route keeps data of the previous user. It is not called for the
 * user found at the start, nor while a login is in progress.
 * @returns a function that unsubscribes
 */
export function onUserChange(session: Session, listener: () => void): () => void {
  let previous = readUserId(session.getSnapshot());
  return session.subscribe(() => {
    const user = readUserId(session.getSnapshot());
    if (user === undefined || user === previous) return;
    const isFirst = previous === undefined;
    previous = user;
    if (!isFirst) listener();
  });
}

/** Returns the signed-in user's `sub`; `null` for none, `undefined` while not known. */
function readUserId(state: SessionState): string | null | undefined {
  if (state.status === 'authenticated') return state.user.sub;
  return state.status === 'initializing' || state.status === 'authenticating' ? undefined : null;
}
