'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useSessionContext } from './session-context.js';
import { createStepUps, type StepUps, type StepUpState } from './step-up.js';

/** The login that an API requires of the user, and the calls that wait for it. */
export interface StepUp extends StepUpState {
  /**
   * Runs `task`, e.g. `() => fetchJson(…)`. If the API requires a stronger or newer login (RFC 9470), waits for
   * `confirm` and runs it once more. Rejects with what the task throws; `aborted` after `cancel` or when the component
   * unmounts; `user_changed` if another user has logged in.
   */
  readonly run: StepUps['run'];
  /**
   * Logs in as the API requires. By `popup` (default) the page stays, and the waiting tasks run again: call it
   * synchronously in the click handler. By `redirect` the page is left, and the user repeats the action after it. Does
   * not reject: a failure is the `error`.
   */
  readonly confirm: StepUps['confirm'];
  /** Declines the login, and closes its window. */
  readonly cancel: StepUps['cancel'];
}

/**
 * Returns what a component needs that calls an API which may require a stronger or newer login: render a prompt while
 * there is a `challenge`, whose button calls `confirm`.
 * @throws Error outside a SesamyProvider
 * @see RFC 9470
 */
export function useStepUp(): StepUp {
  const session = useSessionContext();
  const { getSnapshot, subscribe, run, confirm, cancel } = useMemo(
    () => createStepUps(session),
    [session],
  );
  const state = useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
  useEffect(() => cancel, [cancel]);
  return { ...state, run, confirm, cancel };
}
