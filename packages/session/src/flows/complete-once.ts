import type { AuthError } from '../errors.js';
import { pageShared } from '../storage/page-shared.js';

/** The completion of a callback on a page with several copies of the kit. */
export interface SharedCompletion {
  /** Whether this copy completes it. */
  readonly isOwn: boolean;
  /** Resolves, once the callback is completed, to the login's error, if any. */
  readonly failure: Promise<AuthError | null>;
}

/** The end of the names under which callbacks are shared. */
const SUFFIX = '/callback';

/**
 * Completes a callback in one copy of the kit on the page: its code can be exchanged once, and a guard in a second copy
 * must not start another login meanwhile.
 * @param key of the session
 * @param complete resolves to the login's error, if any
 */
export function completeOnce(
  key: string,
  complete: () => Promise<AuthError | null>,
): SharedCompletion {
  const page = pageShared();
  const name = key + SUFFIX;
  const pending = page.get(name);
  if (pending instanceof Promise) return { isOwn: false, failure: pending };
  const failure = complete().finally(() => page.delete(name));
  page.set(name, failure);
  return { isOwn: true, failure };
}

/**
 * Resolves when no callback is being completed on the page: a session that leaves for its own login would lose the
 * tokens of another.
 */
export async function whenCompleted(): Promise<void> {
  const pending = [...pageShared()].filter(([name]) => name.endsWith(SUFFIX));
  await Promise.allSettled(pending.map(([, completion]) => completion));
}
