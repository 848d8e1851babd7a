import type { SessionInfo } from '@sesamy-kit/session';
import { useEffect, useState } from 'react';
import { usePanel, useSessionState } from './panel-context.js';

/** Returns what is known about the session; `null` if no user is signed in, or it is not known yet. */
export function useInfo(): SessionInfo | null {
  const { session, recorder } = usePanel().model;
  const isSignedIn = useSessionState().status === 'authenticated';
  const [info, setInfo] = useState<SessionInfo | null>(null);
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const look = (): void => void session.info().then(setInfo, () => {});
    look();
    // Whatever happens to the session may have changed it.
    return recorder.moments.subscribe(look);
  }, [session, recorder, isSignedIn]);
  return isSignedIn ? info : null;
}
