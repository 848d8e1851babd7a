'use client';

import {
  createIdleLogout,
  type IdleLogout,
  type IdleState,
  type LogoutOptions,
} from '@sesamy-kit/session';
import { useInsertionEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useSessionContext } from './session-context.js';

/** Options of `useIdleLogout`. */
export interface UseIdleLogoutOptions {
  /** Logs out after this time without activity in any tab. */
  readonly afterSeconds: number;
  /** Warns this long before. `0` for no warning. Default 60, or half of `afterSeconds` if that is less. */
  readonly warnSeconds?: number | undefined;
  /** Options of the logout. */
  readonly logoutOptions?: LogoutOptions | undefined;
}

/** The state of an idle logout, narrowed by `status`, and `stayActive`. */
export type IdleLogoutView = IdleState & Pick<IdleLogout, 'stayActive'>;

const OFF: IdleState = { status: 'off' };

/**
 * Logs out a user who is not active in any tab. Returns the state, for a warning with a countdown. Re-renders when it
 * changes: while the user is active, not at all. Use it once, in a component that every page has.
 * @throws Error outside a SesamyProvider; AuthError `invalid_configuration` for wrong times
 */
export function useIdleLogout({
  afterSeconds,
  warnSeconds,
  logoutOptions,
}: UseIdleLogoutOptions): IdleLogoutView {
  const session = useSessionContext();
  const [latestOptions] = useState(createLatestOptions);
  useInsertionEffect(() => latestOptions.use(logoutOptions), [latestOptions, logoutOptions]);
  const { subscribe, getSnapshot, stayActive } = useMemo(() => {
    const logout = (): Promise<unknown> => session.logout(latestOptions.read());
    return createIdleLogout(session, { afterSeconds, warnSeconds, logout });
  }, [session, afterSeconds, warnSeconds, latestOptions]);
  const state = useSyncExternalStore(subscribe, getSnapshot, () => OFF);
  return { ...state, stayActive };
}

/** The options at the time of the logout. New ones must not start the measurement again. */
interface LatestOptions {
  readonly use: (options: LogoutOptions | undefined) => void;
  readonly read: () => LogoutOptions | undefined;
}

function createLatestOptions(): LatestOptions {
  let latest: LogoutOptions | undefined;
  return {
    use(options) {
      latest = options;
    },
    read: () => latest,
  };
}
