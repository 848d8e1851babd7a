import { type Browser, chromium } from '@playwright/test';
import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fromSources } from '../../tooling/vitest-shared.js';

const chromiumPath = [
  process.env['PLAYWRIGHT_CHROMIUM_PATH'],
  chromium.executablePath(),
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
].find((path) => path && existsSync(path));

/** A service worker that sends the app's page for every navigation, as of a carelessly configured Workbox. */
const SHADOWING_WORKER = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (event.request.mode === 'navigate') event.respondWith(fetch('/'));
  });
`;

let browser: Browser;
let mock: MockServer;
let issuer: string;
let script: string;

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ ...(chromiumPath && { executablePath: chromiumPath }) });
    script = await bundle();
    mock = createMockServer();
    ({ url: issuer } = await mock.listen({ port: 0 }));
  });

  afterAll(async () => {
    await browser.close();
    await mock.close();
  });

  test.each(['refresh-token', 'sso-cookie', 'token-handler'])(
    'a good page has no fault with %s',
    async (mode) => {
      const found = await checkPage(await serve(), mode);
      expect(found.filter((each) => /warning|error/.test(each))).toEqual([]);
      expect(found).toContain('storage ok');
    },
  );

  test('a policy that blocks the issuer is found', async () => {
    const origin = await serve({ policy: "connect-src 'self'" });
    const found = await checkPage(origin, 'refresh-token');
    expect(found).toContain('csp-connect error');
    expect(found).not.toContain('issuer-reachable error');
  });

  test('a service worker before the token handler is found, and one that lets it pass is not', async () => {
    const origin = await serve({ worker: SHADOWING_WORKER });
    expect(await checkPage(origin, 'token-handler', true)).toContain('service-worker error');
    const passing = SHADOWING_WORKER.replace(
      'if (',
      "if (!event.request.url.includes('/sesamy/') && ",
    );
    const other = await serve({ worker: passing });
    expect(await checkPage(other, 'token-handler', true)).toContain('service-worker ok');
  });
});

/** Opens the page in a new profile, and returns the findings as `id level`. */
async function checkPage(origin: string, mode: string, hasWorker = false): Promise<string[]> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(`${origin}/`);
  if (hasWorker) {
    await page.evaluate(async () => {
      const controlled = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
      });
      await navigator.serviceWorker.register('/worker.js');
      await controlled;
    });
  }
  const options = { clientId: 'publisher-web', issuer, mode };
  return page.evaluate(
    (given) => (window as unknown as { check: (given: unknown) => Promise<string[]> }).check(given),
    options,
  );
}

/** Serves the page, its service worker, and the token handler through a proxy; returns the origin. */
async function serve({ policy = '', worker = '' } = {}): Promise<string> {
  const server: Server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/sesamy/auth/')) {
      const headers = {
        'x-forwarded-host': request.headers.host ?? '',
        'x-forwarded-proto': 'http',
      };
      void fetch(new URL(url.replace('/sesamy/', ''), issuer), { headers }).then(
        async (upstream) => {
          response.writeHead(upstream.status, {
            'content-type': upstream.headers.get('content-type') ?? '',
            'cache-control': 'no-store',
          });
          response.end(await upstream.text());
        },
      );
    } else if (url === '/worker.js' || url === '/app.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(url === '/app.js' ? script : worker);
    } else {
      response.writeHead(200, {
        'content-type': 'text/html',
        ...(policy && { 'content-security-policy': policy }),
      });
      response.end(
        '<!doctype html><title>App</title><script type="module" src="/app.js"></script>',
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** Bundles the page's script from the sources. */
async function bundle(): Promise<string> {
  const output = await build({
    ...fromSources,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('support/page-entry.ts', import.meta.url)),
        formats: ['es'],
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error('Nothing was bundled.');
  return chunk.code;
}
