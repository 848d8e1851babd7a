import { createMockServer } from '@sesamy-kit/mock-server';

import { readBuiltDemo } from './built-demo.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import { clientId, watchMock } from './watched-mock.js';
import type { WatchedMock } from './watched-mock.js';

/** The pages and the mock of Sesamy, on separate sites. */
export interface Site extends WatchedMock {
  /** Where the demo is, with a slash at the end. */
  readonly url: string;
  readonly issuer: string;
  /** Where Sesamy is, and the page's client id. */
  readonly config: {
    readonly issuer: string;
    readonly apiUrl: string;
    readonly clientId: string;
  };
  close(): Promise<void>;
}

/**
 * Starts both servers. `localhost` and `token.sesamy.localhost` are different sites to a browser,
 * as a publisher and token.sesamy.com are.
 */
export async function startSite(): Promise<Site> {
  const sesamy = await listen((request) => watched.handle(request));
  const issuer = `http://token.sesamy.localhost:${String(sesamy.port)}/`;
  const config = { issuer, apiUrl: issuer.slice(0, -1), clientId };
  const demo = await listen(createPageServer(readBuiltDemo, () => config).fetch);
  const url = `http://localhost:${String(demo.port)}/`;
  const mock = createMockServer({
    issuer,
    hasControlPlane: true,
    sendsAuthenticationClaims: true,
  });
  const watched = watchMock(mock, [url]);
  return Object.assign(watched, {
    url,
    issuer,
    config,
    async close() {
      await Promise.all([sesamy.close(), demo.close()]);
    },
  });
}
