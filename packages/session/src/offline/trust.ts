import { abortable } from '../platform/abortable.js';
import type { Session } from '../session.js';
import { createStore, type Store } from '../store.js';
import { createConfirmationClock } from './confirmation-clock.js';

/** How long the server may take to confirm the session. */
const CONFIRM_TIMEOUT_MS = 10_000;

/** While the server cannot be reached, it is tried again this often. */
const RETRY_MS = 30_000;

/** Timers stop during sleep, so the clock is read at least this often. */
const MAX_TIMER_MS = 60_000;

/** Whether the remembered user counts: not yet known, yes, or no longer. */
export type Trust = 'unknown' | 'trusted' | 'expired';

/** The trust in the remembered user of a session. */
export interface SessionTrust extends Pick<Store<Trust>, 'subscribe'> {
  readonly get: () => Trust;
  /** Confirms the session if that is due. Resolves when it is known whether the user counts. */
  readonly check: () => Promise<void>;
  /** Another tab has written the record. Only a confirmation is checked, since a check writes it in turn. */
  readonly onRecord: () => void;
  /** The server has just confirmed the session. */
  readonly onConfirmed: () => void;
  /** Forgets a session that has ended. */
  readonly forget: () => void;
  /** Sets timers until the function that it returns is called. */
  readonly follow: () => () => void;
}

/** Creates the trust, with its record of this name. Reads nothing until it is used. */
export function createTrust(
  session: Pick<Session, 'getSnapshot' | 'renew'>,
  name: string,
  limitMs: number,
): SessionTrust {
  const clock = createConfirmationClock(name);
  const trust = createStore<Trust>('unknown');
  let hasLooked = false;
  let isFollowed = false;
  let confirming: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSignedIn = (): boolean => session.getSnapshot().status === 'authenticated';
  const isOver = (): boolean => clock.ageMs() >= limitMs;

  /** Reads the record once, and not on a server. */
  function look(): void {
    if (hasLooked || typeof window === 'undefined') return;
    hasLooked = true;
    clock.read();
    if (!isOver()) trust.set('trusted');
  }

  function onConfirmed(): void {
    clock.confirm();
    trust.set('trusted');
    schedule();
  }

  async function confirm(): Promise<void> {
    const isConfirmed = await isConfirmedByServer(session);
    confirming = undefined;
    if (isConfirmed) onConfirmed();
    else if (isSignedIn() && isOver()) trust.set('expired');
    schedule();
  }

  async function check(): Promise<void> {
    look();
    if (!isSignedIn()) return;
    clock.read();
    const ageMs = clock.ageMs();
    if (ageMs < limitMs) trust.set('trusted');
    if (ageMs >= limitMs / 2) confirming ??= confirm();
    if (ageMs >= limitMs) await confirming;
    schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    if (!isFollowed || !isSignedIn()) return;
    timer = setTimeout(() => void check(), nextCheckMs(clock.ageMs(), limitMs));
  }

  return {
    get() {
      look();
      return trust.get();
    },
    subscribe: (listener) => trust.subscribe(listener),
    check,
    onRecord: () => void (clock.read() && check()),
    onConfirmed,
    forget() {
      clock.forget();
      trust.set('unknown');
    },
    follow() {
      isFollowed = true;
      schedule();
      return () => {
        isFollowed = false;
        clearTimeout(timer);
      };
    },
  };
}

/** Renews the session, which works in every mode: the server's `userinfo` may not be open to other origins. */
async function isConfirmedByServer({ renew }: Pick<Session, 'renew'>): Promise<boolean> {
  try {
    await abortable(renew(), AbortSignal.timeout(CONFIRM_TIMEOUT_MS));
    return true;
  } catch {
    return false;
  }
}

/** Returns when to look again: at half of the limit, at the limit, and regularly beyond it. */
function nextCheckMs(ageMs: number, limitMs: number): number {
  if (ageMs >= limitMs) return RETRY_MS;
  return Math.min((ageMs < limitMs / 2 ? limitMs / 2 : limitMs) - ageMs, MAX_TIMER_MS);
}
