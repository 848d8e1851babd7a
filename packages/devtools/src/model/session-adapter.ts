import type { Session, SessionState } from '@sesamy-kit/session';
import { inspectSession, type SessionInspection } from '@sesamy-kit/session/devtools';

/** What the devtools need of a session. Whatever a session lacks, e.g. a test double, they do without. */
export interface SessionAdapter extends Pick<
  Session,
  'clientId' | 'issuer' | 'apiUrl' | 'getSnapshot' | 'subscribe' | 'loginWithRedirect'
> {
  /** `null` for a session of another make. */
  readonly inspection: SessionInspection | null;
}

/** Adapts a session. */
export function adaptSession(session: Session): SessionAdapter {
  return { ...session, inspection: inspectSession(session) };
}

/** A state in words. Claims of the user are named, not shown. */
export function describeState(state: SessionState): string {
  switch (state.status) {
    case 'authenticated':
      return state.error === null
        ? `user ${state.user.sub}`
        : `user ${state.user.sub}, but ${state.error.code}`;
    case 'unauthenticated':
      return state.error === null ? `reason: ${state.reason}` : `error: ${state.error.code}`;
    case 'authenticating':
      return `by ${state.via}`;
    case 'initializing':
    case 'logging-out':
      return '';
  }
}
