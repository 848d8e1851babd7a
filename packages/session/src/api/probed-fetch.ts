import type { Driver } from '../driver.js';
import type { SessionConfig } from '../options.js';
import type { Session } from '../session.js';
import { createApiFetch, type PlatformFetch } from './api-fetch.js';

/** Watches the calls of `session.fetch` for the devtools. Empty in apps. */
export interface ApiProbe {
  /** Runs a call. */
  around?: (
    input: RequestInfo | URL,
    init: RequestInit | undefined,
    run: () => Promise<Response>,
  ) => Promise<Response>;
  /** Sends a request; `forward` is what sends it without the watcher. */
  send?: (request: Request, forward: PlatformFetch) => Promise<Response>;
}

/** Creates a `session.fetch` that the probe can watch; see {@link createApiFetch}. */
export function createProbedFetch(
  driver: Driver,
  { allowedOrigins, fetch: ownFetch }: Pick<SessionConfig, 'allowedOrigins' | 'fetch'>,
  probe: ApiProbe,
): Session['fetch'] {
  const forward: PlatformFetch = (request) => (ownFetch ?? fetch)(request);
  const run = createApiFetch(
    driver,
    allowedOrigins,
    (request) => probe.send?.(request, forward) ?? forward(request),
  );
  return (input, init) => probe.around?.(input, init, () => run(input, init)) ?? run(input, init);
}
