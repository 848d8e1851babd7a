import type { Session } from '@sesamy-kit/session';
import { inspectSession, type SessionInspection } from '@sesamy-kit/session/devtools';

/** What the devtools need of a session. Whatever a session lacks, e.g. a test double, they do without. */
export interface SessionAdapter extends Pick<
  Session,
  | 'clientId'
  | 'issuer'
  | 'apiUrl'
  | 'getSnapshot'
  | 'subscribe'
  | 'on'
  | 'loginWithRedirect'
  | 'renew'
  | 'info'
> {
  /** The session itself, for what takes one. */
  readonly session: Session;
  /** `null` for a session of another make. */
  readonly inspection: SessionInspection | null;
}

/** Adapts a session. */
export function adaptSession(session: Session): SessionAdapter {
  return { ...session, session, inspection: inspectSession(session) };
}
