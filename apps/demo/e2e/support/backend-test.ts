import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { startBackend } from '@sesamy-kit/backend';
import type { TestType } from '@playwright/test';
import { readBuiltDemo } from './built-demo.js';
import { listen } from './listen.js';
import { createPageServer } from './page-server.js';
import { collectSecrets } from './secrets.js';
import type { TestFixturesOf, WorkerFixturesOf } from './fixtures-of.js';
import { test as base } from './test.js';

/** The demo's backend. */
export interface Backend {
  /** The URL of the demo with a backend, with a trailing slash. */
  readonly url: string;
  readonly clientSecret: string;
  /** All that the backend has logged, with every field of every error. */
  readonly log: string[];
}

interface BackendFixtures {
  readonly backend: Backend;
}

/** The test with the demo as `npm start` runs it: with its backend. */
export const test: TestType<
  TestFixturesOf<typeof base> & BackendFixtures,
  WorkerFixturesOf<typeof base>
> = base.extend<BackendFixtures>({
  backend: async ({ site }, provide) => {
    const { mock, config, issuer, secrets } = site;
    const log: string[] = [];
    const clientId = 'demo-backend';
    const clientSecret = randomBytes(32).toString('base64url');
    mock.control.clients.add({ clientId, type: 'management', clientSecret });

    const pages = await listen((request) => pageServer.fetch(request));
    const url = `http://localhost:${String(pages.port)}/`;
    mock.control.clients.update(config.clientId, { callbacks: [site.url, url] });
    const backend = await startBackend({
      issuer,
      apiUrl: config.apiUrl,
      publisherId: 'publisher',
      clientId,
      clientSecret,
      allowedOrigins: [new URL(url).origin],
      log: (error) => log.push(inspect(error, { depth: null, showHidden: true })),
      // Not every system resolves the mock's host to this machine.
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const copy = request.clone();
        const response = await mock.fetch(request);
        await collectSecrets(secrets, copy, response);
        return response;
      },
      port: 0,
    });
    const pageServer = createPageServer(readBuiltDemo, () => ({
      ...config,
      backendUrl: backend.url,
    }));
    await provide({ url, clientSecret, log });
    await Promise.all([backend.close(), pages.close()]);
  },
  baseURL: async ({ backend }, provide) => {
    await provide(backend.url);
  },
});

export { expect } from '@playwright/test';
