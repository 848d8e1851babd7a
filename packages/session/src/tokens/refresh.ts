import { timeoutSignal, withDeadline } from '../platform/deadline.js';
import { AuthError } from '../errors.js';

/** How a grant is read, renewed and kept. `request` is the only one to use the network. */
export interface RefreshPorts<Grant> {
  /** Names the lock: one for each session, since its tabs share a refresh token. */
  readonly lockName: string;
  /** Reads the grant as the tabs share it now. */
  read(): Promise<Grant | null>;
  /** Trades the grant for a new one. */
  request(grant: Grant): Promise<Grant>;
  /** Whether the server's clear word was that this grant is over. */
  isRefusal(error: unknown): boolean;
  /** Puts the grant in the place of `spent`, if that is still there; resolves when all tabs can read it. */
  write(grant: Grant, spent: Grant): Promise<boolean>;
  /** Forgets the grant, if it is still there. */
  clear(grant: Grant): Promise<void>;
  /** Hears of each flight's end once, when the lock is free again and before any caller goes on. */
  onSettled(outcome: Renewal<Grant> | { readonly error: unknown }): void;
}

/** A grant that a flight came back with. */
export interface Renewal<Grant> {
  readonly grant: Grant;
  /** Straight from the server, so there is no better one to be had. */
  readonly isNew: boolean;
}

/** Longer than a hidden frame and a request may take, so that waiting outlasts an honest holder of the lock. */
const LOCK_TIMEOUT_MS = 25_000;

/**
 * Makes the one way to renew a grant.
 *
 * A rotating refresh token may be spent once: the second to spend it trips the server's reuse detection and
 * ends the session everywhere. So callers in one tab share one flight; the flight takes a lock that all tabs
 * share, reads the stored grant again, and asks the server only if no other tab has been there first.
 * Nothing is called out while the lock is held: no listener, no navigation, no other lock.
 *
 * @returns `refresh(isUsable)`: resolves to the stored grant if the caller can use that, else to a new one.
 * It throws AuthError `login_required` when the grant is over, `timeout` when the lock was not to be had,
 * and whatever `request` throws.
 */
export function createRefresh<Grant>(
  ports: RefreshPorts<Grant>,
): (isUsable: (grant: Grant) => boolean) => Promise<Grant> {
  let flight: Promise<Renewal<Grant>> | null = null;

  const fly = async (isUsable: (grant: Grant) => boolean): Promise<Renewal<Grant>> => {
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

  return async (isUsable) => {
    for (;;) {
      const isOwn = flight === null;
      const { grant, isNew } = await (flight ??= fly(isUsable));
      // A grant that suits the caller who took off need not suit one who joined.
      if (isOwn || isNew || isUsable(grant)) return grant;
    }
  };
}

async function renew<Grant>(
  ports: RefreshPorts<Grant>,
  isUsable: (grant: Grant) => boolean,
): Promise<Renewal<Grant>> {
  const stored = await ports.read();
  if (stored === null) {
    throw new AuthError('login_required', 'Nobody is signed in. Log in first.');
  }
  if (isUsable(stored)) return { grant: stored, isNew: false };
  try {
    const grant = await ports.request(stored);
    // Storage that fails must not lose what the server gave: this page at least goes on with it.
    const isKept = await ports.write(grant, stored).catch(() => true);
    if (!isKept) throw new AuthError('login_required', 'Logged out meanwhile.');
    return { grant, isNew: true };
  } catch (error) {
    if (!ports.isRefusal(error)) throw error;
    // Another tab may have logged in again, or renewed where there is no Web Lock.
    const current = await ports.read();
    if (current !== null && isUsable(current)) return { grant: current, isNew: false };
    await ports.clear(stored);
    throw error;
  }
}

/** A lock that is free is granted at once; after this long it is worth asking whether some tab holds it. */
const LOCK_ANSWER_MS = 1_000;

/**
 * Runs the task while no other tab runs one under the same name.
 * Where Web Locks are missing (plain http), denied or do not answer, the task runs without one.
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
  const signal = timeoutSignal(timeoutMs);
  const run = (): Promise<Result> => (running ??= task());
  const stop = new AbortController();
  const silence = new Promise<void>((resolve) => {
    const timer = setTimeout(async () => {
      if (running === undefined && !(await isHeld(locks, name))) resolve();
    }, LOCK_ANSWER_MS);
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    // A grant that comes after the task has run without the lock finds nothing to do.
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

/** Whether some tab holds the lock; not where the browser does not say. */
async function isHeld(locks: LockManager, name: string): Promise<boolean> {
  try {
    const { held = [] } = await withDeadline(locks.query(), LOCK_ANSWER_MS, 'No answer.');
    return held.some((lock) => lock.name === name);
  } catch {
    return false;
  }
}
