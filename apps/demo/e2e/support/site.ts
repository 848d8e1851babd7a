import { createMockServer } from '@sesamy-kit/mock-server';
import type { MockServer } from '@sesamy-kit/mock-server';

import { readBuiltDemo } from './built-demo.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import type { PageConfig } from './page-server.js';
import { collectSecrets } from './secrets.js';

const clientId = 'publisher-web';

/** A request that reached the mock of Sesamy, preflights included. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly url: string;
  /** The page's origin, where a script sent it. */
  readonly origin: string | null;
}

/** The demo and the mock of Sesamy, on sites of their own. */
export interface Site {
  /** Where the demo is, with a slash at the end. */
  readonly url: string;
  readonly issuer: string;
  /** What the pages are told. */
  readonly config: PageConfig;
  readonly mock: MockServer;
  /** What has been asked of the mock since the last reset, in order. */
  readonly requests: SeenRequest[];
  /** Every token, code and verifier that has gone over the wire since the last reset, each with what it is. */
  readonly secrets: Map<string, string>;
  /** Whom Sesamy lets in without its login page, as it does who has logged in before. Null: nobody. */
  knownReader: string | null;
  /** Back to the seeded users, the real time, and no requests. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts both servers. `localhost` and `token.sesamy.localhost` are different sites to a browser,
 * as a publisher and token.sesamy.com are.
 */
export async function startSite(): Promise<Site> {
  const requests: SeenRequest[] = [];
  const secrets = new Map<string, string>();
  const sesamy = await listen(async (request) => {
    const { pathname: path } = new URL(request.url);
    const origin = request.headers.get('origin');
    requests.push({ method: request.method, path, url: request.url, origin });
    const copy = request.clone();
    const { knownReader: user } = site;
    const response =
      path === '/authorize' && user !== null
        ? Response.redirect(await mock.control.signIn({ authorizationUrl: request.url, user }))
        : await mock.fetch(request);
    await collectSecrets(secrets, copy, response);
    return response;
  });
  const issuer = `http://token.sesamy.localhost:${String(sesamy.port)}/`;
  const mock = createMockServer({ issuer });
  const config = { issuer, apiUrl: issuer.slice(0, -1), clientId };
  const demo = await listen(createPageServer(readBuiltDemo, () => config).fetch);
  const url = `http://localhost:${String(demo.port)}/`;

  const site: Site = {
    url,
    issuer,
    config,
    mock,
    requests,
    secrets,
    knownReader: null,
    reset() {
      mock.control.reset();
      mock.control.clients.update(clientId, {
        callbacks: [url],
        // No grace for a refresh token that is used twice.
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      });
      requests.length = 0;
      secrets.clear();
      site.knownReader = null;
    },
    async close() {
      await Promise.all([sesamy.close(), demo.close()]);
    },
  };
  return site;
}
