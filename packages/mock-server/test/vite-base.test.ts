import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { createRemoteControl } from '../src/remote.js';
import { sesamyMock } from '../src/vite.js';

/** Starts a dev server; resolves to its origin and what the plugin has registered at the mock. */
async function startVite(base: string): Promise<{
  readonly origin: string;
  readonly callbacks: readonly string[];
  readonly logoutUrls: readonly string[];
}> {
  const vite = await createServer({
    root: new URL('./browser/app', import.meta.url).pathname,
    base,
    configFile: false,
    logLevel: 'silent',
    cacheDir: new URL('../node_modules/.vite/base', import.meta.url).pathname,
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: 'localhost', hmr: false, ws: false, watch: null },
    plugins: [sesamyMock({ onWarning: () => undefined })],
  });
  onTestFinished(() => vite.close());
  await vite.listen();
  const issuer: unknown = JSON.parse(
    String(vite.config.define?.['import.meta.env.VITE_SESAMY_ISSUER']),
  );
  const { callbacks, logoutUrls } = await createRemoteControl(String(issuer)).clients.get(
    'publisher-web',
  );
  return { origin: new URL(vite.resolvedUrls?.local[0] ?? '').origin, callbacks, logoutUrls };
}

test("with a base both the root, the kit's default, and the base may be returned to", async () => {
  const { origin, callbacks, logoutUrls } = await startVite('/members/');
  for (const urls of [callbacks, logoutUrls]) {
    expect(urls).toEqual(expect.arrayContaining([`${origin}/`, `${origin}/members/`]));
  }
});

test('with a base a login with the default redirect URI reaches the app', async () => {
  const { origin } = await startVite('/members/');
  const response = await fetch(`${origin}/?code=abc&state=def`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('/members/?code=abc&state=def');
});

test.each(['./', 'https://cdn.publisher.test/app/'])(
  'the base %s registers only pages of the dev server',
  async (base) => {
    const { callbacks } = await startVite(base);
    expect(callbacks.filter((url) => !URL.canParse(url) || /:\/\/[^/]*https?:/.test(url))).toEqual(
      [],
    );
  },
);
