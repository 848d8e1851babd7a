import { withDeadline } from '../platform/deadline.js';
import { AuthError } from '../errors.js';
import { isLoopback } from '../platform/loopback.js';

/*
 * Only this folder loads code at run time. A visitor who never logs in loads none of it; a signed-in page loads its
 * driver and, when idle, the code of renewals; a login loads the rest.
 */

/** A chunk has only a few kilobytes. */
const LOAD_TIMEOUT_MS = 10_000;

/**
 * Loads a chunk. Does not try while the browser is offline: Firefox and WebKit cache a failed import until the page is
 * reloaded. A server on this machine may be reachable regardless.
 * @throws AuthError `chunk_load_failed` when the code cannot be loaded; `timeout` after 10 s; `network` while offline
 */
export async function load<Chunk>(importChunk: () => Promise<Chunk>): Promise<Chunk> {
  let cause: unknown;
  if (isOnline() || isLoopback(location)) {
    const loading = importChunk().catch((error: unknown) => {
      cause = error;
      return undefined;
    });
    const chunk = await withDeadline(loading, LOAD_TIMEOUT_MS);
    // Vite also resolves to `undefined` when a `vite:preloadError` listener has prevented the error.
    if (chunk !== undefined) return chunk;
  }
  if (!isOnline()) throw new AuthError('network', 'The browser is offline.');
  const message = "The app's code could not be loaded: reload the page.";
  throw new AuthError('chunk_load_failed', message, { cause });
}

/** Whether the browser is online, or does not report it. */
export function isOnline({ onLine = true }: { readonly onLine?: boolean } = navigator): boolean {
  return onLine;
}
