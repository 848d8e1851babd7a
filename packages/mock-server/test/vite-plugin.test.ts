import { createServer as createNetServer } from 'node:net';
import { request } from 'node:http';
import { createServer, type ViteDevServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { createVitest } from 'vitest/node';
import { createMockServer } from '../src/index.js';
import { createRemoteControl } from '../src/remote.js';
import { sesamyMock, type SesamyMockOptions } from '../src/vite.js';

/** Starts a dev server; its mock closes with it. */
async function startVite(options: SesamyMockOptions = {}): Promise<ViteDevServer> {
  const vite = await createServer({
    root: new URL('./browser/app', import.meta.url).pathname,
    configFile: false,
    logLevel: 'silent',
    cacheDir: new URL('../node_modules/.vite/plugin', import.meta.url).pathname,
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: 'localhost', hmr: false, ws: false, watch: null },
    plugins: [sesamyMock({ onWarning: () => undefined, ...options })],
  });
  onTestFinished(() => vite.close());
  return vite.listen();
}

function originOf(vite: ViteDevServer): string {
  return new URL(vite.resolvedUrls?.local[0] ?? '').origin;
}

function issuerOf(vite: ViteDevServer): string | null {
  const text = vite.config.define?.['import.meta.env.VITE_SESAMY_ISSUER'];
  return typeof text === 'string' ? String(JSON.parse(text)) : null;
}

async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Sends a path as it is; `fetch` would resolve its dots. */
function post(origin: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path, method: 'POST' }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end('[]');
  });
}

test.each([
  '/sesamy/api/mock/control/snapshot',
  '/sesamy/api/client/v1/../../mock/control/snapshot',
  '/sesamy/api/client/v1/%2e%2e/%2e%2e/mock/control/snapshot',
  '/sesamy/api/profile/../mock/control/snapshot',
  '/sesamy/auth/../mock/control/snapshot',
  '/sesamy/auth/%2e%2e/mock/control/snapshot',
  '/sesamy/auth/..%5cmock/control/snapshot',
  '/sesamy/auth//../mock/control/snapshot',
])('the control plane is not reachable through the dev server by %s', async (path) => {
  const origin = originOf(await startVite());
  const { status, body } = await post(origin, path);
  expect(status).toBeGreaterThanOrEqual(403);
  expect(body).not.toContain('cookieKey');
});

test('the token handler and the profile are reachable through the dev server', async () => {
  const origin = originOf(await startVite());
  const [session, profile, short] = await Promise.all(
    ['auth/userinfo', 'api/client/v1/profile', 'api/profile?x=1'].map((path) =>
      fetch(`${origin}/sesamy/${path}`),
    ),
  );
  expect(await session?.json()).toEqual({ authenticated: false });
  expect([profile?.status, short?.status]).toEqual([401, 401]);
});

test.each([
  [{}, false],
  [{ runsInVitest: true }, true],
])('Vitest with the options %j starts a mock: %s', async (options, isThere) => {
  const port = await freePort();
  const mocked = sesamyMock({ port, ...options });
  const root = new URL('./browser/app', import.meta.url).pathname;
  const vitest = await createVitest(
    'test',
    { root, config: false, watch: false },
    { plugins: [mocked] },
  );
  const { define = {} } = vitest.vite.config;
  expect('import.meta.env.VITE_SESAMY_ISSUER' in define).toBe(isThere);
  const health = fetch(`http://localhost:${port}/mock/health`).then(({ ok }) => ok);
  expect(await health.catch(() => false)).toBe(isThere);
  await vitest.close();
});

test('a mock on a fixed port survives a restart of Vite with its state', async () => {
  const port = await freePort();
  const vite = await startVite({ port });
  const control = createRemoteControl(`http://localhost:${port}/`);
  await control.sessions.start({ user: 'ada' });
  await vite.restart();
  expect(issuerOf(vite)).toBe(`http://localhost:${port}/`);
  expect(await control.sessions.list()).toHaveLength(1);
  const { callbacks } = await control.clients.get('publisher-web');
  expect(callbacks).toContain(`${originOf(vite)}/`);
});

test('a second dev server in the process applies its options to the mock and shares it', async () => {
  const port = await freePort();
  const first = await startVite({ port });
  const control = createRemoteControl(`http://localhost:${port}/`);
  await control.users.update('ada', { nickname: 'K' });
  await startVite({ port, users: [{ id: 'ada' }, { id: 'noa' }] });
  await first.close();
  expect((await control.users.list()).map(({ id, nickname }) => [id, nickname])).toEqual([
    ['ada', 'K'],
    ['noa', undefined],
  ]);
});

test('a restart of Vite with invalid options keeps the running mock', async () => {
  const port = await freePort();
  await startVite({ port });
  const issuer = 'https://exa mple.com/';
  await expect(startVite({ port, issuer })).rejects.toThrow(`The issuer "${issuer}" must be`);
  expect((await fetch(`http://localhost:${port}/mock/health`)).status).toBe(200);
});

test('the mock of a fixed port closes with the last dev server', async () => {
  const port = await freePort();
  const vite = await startVite({ port });
  await vite.restart();
  await vite.close();
  await expect(createRemoteControl(`http://localhost:${port}/`).clock.now()).rejects.toThrow(
    'Is it running?',
  );
});

test('a mock of another process on the port is shared and outlives the dev server', async () => {
  const other = createMockServer({ hasControlPlane: true });
  onTestFinished(() => other.close());
  const { port, url } = await other.listen();
  const vite = await startVite({ port });
  expect(issuerOf(vite)).toBe(url);
  await expect
    .poll(() => other.control.clients.get('publisher-web').callbacks)
    .toContain(`${originOf(vite)}/`);
  await vite.close();
  expect((await fetch(`${url}mock/health`)).status).toBe(200);
});

test('a port of another program is rejected', async () => {
  const other = createMockServer();
  onTestFinished(() => other.close());
  const { port } = await other.listen();
  await expect(startVite({ port })).rejects.toThrow(`Port ${port} is in use by another program`);
});
