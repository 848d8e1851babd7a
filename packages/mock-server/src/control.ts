import type { Clock } from './clock.js';
import type { ServerContext } from './context.js';
import { type ClientControl, createClientControl } from './control/clients.js';
import type { FaultPlan } from './control/faults.js';
import { createRefreshTokenControl, type RefreshTokenControl } from './control/refresh-tokens.js';
import type { RequestLog } from './control/requests.js';
import { createSessionControl, type SessionControl } from './control/sessions.js';
import { type InternalFetch, signIn, type SignInOptions } from './control/sign-in.js';
import {
  resetServer,
  restoreSnapshot,
  type Snapshot,
  snapshotText,
  takeSnapshot,
} from './control/snapshot.js';
import { createUserControl, type UserControl } from './control/users.js';
import { createManagementControl, type ManagementControl } from './management-api/control.js';

/** Everything a test can do to a server other than sending requests. */
export interface Control {
  readonly clock: Clock;
  readonly requests: Omit<RequestLog, 'record'>;
  readonly faults: Omit<FaultPlan, 'take'>;
  readonly sessions: SessionControl;
  readonly refreshTokens: RefreshTokenControl;
  readonly users: UserControl;
  readonly clients: ClientControl;
  readonly management: ManagementControl;
  readonly keys: {
    /** Signs with a new key from now on; `removeOld` also stops publishing the others. */
    rotate(options?: { removeOld?: boolean }): { kid: string };
  };
  /** Signs a user in without the page; returns the callback URL with `code` and `state`. */
  signIn(options: SignInOptions): Promise<string>;
  /** Copies the whole state of the server, as plain JSON. */
  snapshot(): Snapshot;
  /** The snapshot as JSON, in pieces that are made one by one: a large one does not hold up requests. */
  snapshotText(): Iterable<string>;
  /**
   * Calls the listener after each request to the control plane or the dashboard that may have changed something.
   * Returns a function that unsubscribes.
   */
  subscribe(listener: () => void): () => void;
  /** Puts the server back to a snapshot. @throws ControlError when it is not a snapshot of this package */
  restore(snapshot: unknown): void;
  /**
   * Resets the state to the seeded users and clients and the real time. Planned faults that hit
   * no request are reported by `onWarning` first.
   */
  reset(): void;
}

/** The control of one server. */
export function createControl(server: ServerContext, fetch: InternalFetch): Control {
  return {
    clock: server.clock,
    requests: server.requests,
    faults: server.faults,
    sessions: createSessionControl(server),
    refreshTokens: createRefreshTokenControl(server),
    users: createUserControl(server),
    clients: createClientControl(server),
    management: createManagementControl(server),
    keys: { rotate: (options) => server.keys.rotate(options) },
    signIn: (options) => signIn(server, fetch, options),
    snapshot: () => takeSnapshot(server),
    snapshotText: () => snapshotText(server),
    subscribe: (listener) => {
      server.controlListeners.add(listener);
      return () => server.controlListeners.delete(listener);
    },
    restore: (snapshot) => restoreSnapshot(server, snapshot),
    reset: () => resetServer(server),
  };
}
