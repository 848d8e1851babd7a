import type { MockServer } from '@sesamy-kit/mock-server';
import { collectSecrets } from './secrets.js';

/** A request that reached the mock of Sesamy, preflights included. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  /** The page's origin, where a script sent it. */
  readonly origin: string | null;
}

/** The mock with a record of what went in and out. */
export interface WatchedMock {
  readonly mock: MockServer;
  /** The requests to the mock since the last reset, in order. */
  readonly requests: SeenRequest[];
  /** Every token, code and verifier that has gone over the wire since the last reset, each with what it is. */
  readonly secrets: Map<string, string>;
  /** The user with a session at Sesamy, who needs no login page. Null: none. */
  ssoUser: string | null;
  /** Handles a request; `seen` is what the browser sent, where a proxy has changed it since. */
  handle(request: Request, seen?: Request): Promise<Response>;
  /** Back to the seeded users, the real time, and no requests. */
  reset(): void;
}

/** The client id of the pages. */
export const clientId = 'publisher-web';

/** Watches a mock, at which the pages' client has these callbacks. */
export function watchMock(mock: MockServer, callbacks: readonly string[]): WatchedMock {
  const watched: WatchedMock = {
    mock,
    requests: [],
    secrets: new Map(),
    ssoUser: null,
    async handle(request, seen = request) {
      const { method, url } = seen;
      const origin = seen.headers.get('origin');
      watched.requests.push({ method, path: new URL(url).pathname, url, origin });
      const copy = request.clone();
      const { ssoUser: user } = watched;
      const response =
        new URL(request.url).pathname === '/authorize' && user !== null
          ? Response.redirect(await mock.control.signIn({ authorizationUrl: request.url, user }))
          : await mock.fetch(request);
      await collectSecrets(watched.secrets, copy, response);
      return response;
    },
    reset() {
      mock.control.reset();
      mock.control.clients.update(clientId, {
        callbacks,
        // No leeway for a refresh token that is used twice.
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      });
      watched.requests.length = 0;
      watched.secrets.clear();
      watched.ssoUser = null;
    },
  };
  return watched;
}
