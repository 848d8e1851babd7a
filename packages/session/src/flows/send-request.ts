import type { SessionConfig } from '../options.js';

const REQUEST_TIMEOUT_MS = 2_500;

/** Sends a request that outlasts the page. Resolves to `null` if there is no response in time. */
export type SendRequest = (url: string, init: RequestInit) => Promise<Response | null>;

/** Creates the function that notifies the server. */
export function createSendRequest({ fetch: platformFetch = fetch }: SessionConfig): SendRequest {
  return async (url, init) => {
    try {
      return await platformFetch(url, {
        ...init,
        cache: 'no-store',
        // The page may be about to unload.
        keepalive: true,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch {
      return null;
    }
  };
}
