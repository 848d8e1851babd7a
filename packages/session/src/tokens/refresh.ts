import { withDeadline } from '../platform/deadline.js';
import { AuthError } from '../errors.js';

/** How a grant is read, renewed and stored. Only `request` uses the network. */
export interface RefreshPorts<Grant> {
  /** The name of the lock: one per session, since its tabs share a refresh token. */
  readonly lockName: string;
  /** Called when a flight has the lock, before it reads. */
  onStart(): void;
  /** Reads the grant that the tabs share. */
  read(): Promise<Grant | null>;
  /** Exchanges the grant for a new one. */
  request(grant: Grant): Promise<Grant>;
  /** Whether the error means that the server refuses this grant for good. */
  isRefusal(error: unknown): boolean;
  /** Replaces `spent` by the grant, if it is still stored; resolves when all tabs can read it. */
  write(grant: Grant, spent: Grant): Promise<boolean>;
  /** Removes the grant, if it is still stored. */
  clear(grant: Grant): Promise<void>;
  /** Called once per flight, after the lock is released and before any caller continues. */
  onSettled(outcome: Renewal<Grant> | { readonly error: unknown }): void;
}

/** The result of a flight. */
export interface Renewal<Grant> {
  readonly grant: Grant;
  /** Straight from the server, so no better one is available. */
  readonly isNew: boolean;
}

/** Longer than a hidden frame and a request may take together, so that a working tab releases the lock in time. */
const LOCK_TIMEOUT_MS = 25_000;

/**
 * Creates the only function that renews a grant.
 *
 * A rotating refresh token can be used once: a second use triggers the server's reuse detection and ends the session
 * everywhere. So callers in one tab share one flight; the flight takes a lock that all tabs share, reads the stored
 * grant again, and sends a request only if no other tab has renewed it first. While the lock is held, it calls no
 * listener, does not navigate and takes no other lock.
 *
 * @returns `refresh(isUsable, isStrict)`: resolves to the stored grant if the caller can use it, else to a new one; if
 * strict, not even to a new one that another caller's flight has brought, unless it is usable.
 * It throws AuthError `login_required` when the grant is refused, `timeout` when the lock is not released in time, and
 * what `request` throws.
 */
export function createRefresh<Grant>(
  ports: RefreshPorts<Grant>,
): (isUsable: (grant: Grant) => boolean, isStrict?: boolean) => Promise<Grant> {
  let flight: Promise<Renewal<Grant>> | null = null;

  const startFlight = async (isUsable: (grant: Grant) => boolean): Promise<Renewal<Grant>> => {
    try {
      const outcome = await withLock(ports.lockName, () => renew(ports, isUsable)).catch(
        (error: unknown) => ({ error }),
      );
      ports.onSettled(outcome);
      if ('error' in outcome) throw outcome.error;
      return outcome;
    } finally {
      flight = null;
    }
  };

  return async (isUsable, isStrict = false) => {
    for (;;) {
      const isOwn = flight === null;
      const { grant, isNew } = await (flight ??= startFlight(isUsable));
      // A grant that suits the caller who started the flight may not suit one who joined.
      if (isOwn || (isNew && !isStrict) || isUsable(grant)) return grant;
    }
  };
}

async function renew<Grant>(
  ports: RefreshPorts<Grant>,
  isUsable: (grant: Grant) => boolean,
): Promise<Renewal<Grant>> {
  ports.onStart();
  const stored = await ports.read();
  if (stored === null) {
    throw new AuthError('login_required', 'No user is signed in. Log in first.');
  }
  if (isUsable(stored)) return { grant: stored, isNew: false };
  try {
    const grant = await ports.request(stored);
    // A storage failure must not lose the new grant: at least this page uses it.
    const isKept = await ports.write(grant, stored).catch(() => true);
    if (!isKept) throw new AuthError('login_required', 'Logged out meanwhile.');
    return { grant, isNew: true };
  } catch (error) {
    if (!ports.isRefusal(error)) throw error;
    // Another tab may have logged in again, or renewed without a Web Lock.
    const current = await ports.read();
    if (current !== null && isUsable(current)) return { grant: current, isNew: false };
    await ports.clear(stored);
    throw error;
  }
}

/** A free lock is granted at once; after this long, check whether a tab holds it. */
const LOCK_RESPONSE_MS = 1_000;

/**
 * Runs the task while no other tab runs one under the same name.
 * If Web Locks are missing (plain http), denied or do not respond, the task runs without one.
 * @throws AuthError `timeout` when another tab held the lock for too long (default 25 s); what the task throws.
 */
export async function withLock<Result>(
  name: string,
  task: () => Promise<Result>,
  timeoutMs: number = LOCK_TIMEOUT_MS,
): Promise<Result> {
  const locks = findLocks();
  if (locks === null) return task();
  let running: Promise<Result> | undefined;
  const signal = AbortSignal.timeout(timeoutMs);
  const run = (): Promise<Result> => (running ??= task());
  const stop = new AbortController();
  const silence = new Promise<void>((resolve) => {
    const timer = setTimeout(async () => {
      if (running === undefined && !(await isHeld(locks, name))) resolve();
    }, LOCK_RESPONSE_MS);
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    // A lock that is granted after the task has started without it runs nothing.
    const request = (async () => locks.request(name, { signal }, run))();
    await Promise.race([request, silence]);
  } catch (error) {
    if (running === undefined && signal.aborted) {
      throw new AuthError('timeout', "Another tab holds the session's lock. Try again.", {
        cause: error,
      });
    }
  } finally {
    stop.abort();
  }
  return run();
}

function findLocks(): LockManager | null {
  try {
    return navigator.locks ?? null;
  } catch {
    return null;
  }
}

/** Whether a tab holds the lock; `false` if the browser does not respond. */
async function isHeld(locks: LockManager, name: string): Promise<boolean> {
  try {
    const { held = [] } = await withDeadline(locks.query(), LOCK_RESPONSE_MS);
    return held.some((lock) => lock.name === name);
  } catch {
    return false;
  }
}
