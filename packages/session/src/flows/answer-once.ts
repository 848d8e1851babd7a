import type { AuthError } from '../errors.js';
import { pageShared } from '../storage/page-shared.js';

/** How a callback is answered on a page with several copies of the kit. */
export interface SharedAnswer {
  /** Whether this copy answers it. */
  readonly isOwn: boolean;
  /** Resolves when it is answered, to the error in which the login ended, if any. */
  readonly failure: Promise<AuthError | null>;
}

/**
 * Answers a callback in one copy of the kit on the page: its code can be exchanged once, and a guard in a second copy
 * must not leave for another login meanwhile.
 * @param key of the session
 * @param answer resolves to the error in which the login ended, if any
 */
export function answerOnce(key: string, answer: () => Promise<AuthError | null>): SharedAnswer {
  const page = pageShared();
  const name = `${key}/callback`;
  const underWay = page.get(name);
  if (underWay instanceof Promise) return { isOwn: false, failure: underWay };
  const failure = answer().finally(() => page.delete(name));
  page.set(name, failure);
  return { isOwn: true, failure };
}
