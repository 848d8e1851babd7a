import type { Browser, BrowserContext, Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteControl, type RemoteControl } from '../../src/remote.js';
import { sesamyMock } from '../../src/vite.js';
import { chromiumPath, launchChromium } from '../support/browser.js';

const PAGES = ['auth0-spa-js', 'auth0-react', 'oidc-client-ts'] as const;

describe.skipIf(chromiumPath === undefined)(
  'real clients in a browser',
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    let vite: ViteDevServer;
    let control: RemoteControl;
    let origin: string;
    let context: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      browser = await launchChromium();
      vite = await createServer({
        root: new URL('./app', import.meta.url).pathname,
        configFile: false,
        logLevel: 'error',
        cacheDir: new URL('../../node_modules/.vite/real-clients', import.meta.url).pathname,
        server: { port: 0, host: 'localhost' },
        optimizeDeps: {
          include: [
            '@auth0/auth0-spa-js',
            '@auth0/auth0-react',
            'oidc-client-ts',
            'react',
            'react-dom/client',
          ],
        },
        plugins: [sesamyMock({ onWarning: () => undefined })],
      });
      await vite.listen();
      origin = new URL(vite.resolvedUrls?.local[0] ?? '').origin;
      const issuer: unknown = JSON.parse(
        String(vite.config.define?.['import.meta.env.VITE_SESAMY_ISSUER']),
      );
      control = createRemoteControl(String(issuer));
      await control.clients.update('publisher-web', {
        callbacks: PAGES.map((name) => `${origin}/with-${name}.html`),
      });
    }, 180_000);

    afterAll(async () => {
      await browser.close();
      await vite.close();
    });

    beforeEach(async () => {
      await control.requests.clear();
      context = await browser.newContext();
      page = await context.newPage();
      return () => context.close();
    });

    const open = (name: (typeof PAGES)[number]): Promise<unknown> =>
      page.goto(`${origin}/with-${name}.html`);
    const back = (name: (typeof PAGES)[number]): Promise<void> =>
      page.waitForURL((url) => url.href.startsWith(`${origin}/with-${name}.html`));

    test('the Vite plugin registers the address of the dev server', async () => {
      const server = await createServer({
        root: new URL('./app', import.meta.url).pathname,
        configFile: false,
        logLevel: 'silent',
        // Two servers must not share a cache: the second would make the first one's files outdated.
        cacheDir: new URL('../../node_modules/.vite/empty', import.meta.url).pathname,
        optimizeDeps: { noDiscovery: true },
        server: { port: 0 },
        plugins: [sesamyMock()],
      });
      await server.listen();
      const issuer: unknown = JSON.parse(
        String(server.config.define?.['import.meta.env.VITE_SESAMY_ISSUER']),
      );
      const { callbacks } = await createRemoteControl(String(issuer)).clients.get('publisher-web');
      const address = server.resolvedUrls?.local[0];
      await server.close();
      expect(callbacks).toContain(address);
      await expect(fetch(String(issuer))).rejects.toThrow('fetch failed');
    });

    test('auth0-spa-js: redirect login, silent login in an iframe, profile, logout', async () => {
      await open('auth0-spa-js');
      await run(page, 'const client = await create(); await client.loginWithRedirect();');
      await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
      await back('auth0-spa-js');
      const result = await run(
        page,
        `const client = await create();
       await client.handleRedirectCallback();
       const token = await client.getTokenSilently({ cacheMode: 'off' });
       const response = await fetch(apiUrl + '/profile', { headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json', 'cache-timestamp': '1' } });
       return [(await client.getUser()).email, (await response.json()).firstName];`,
      );
      expect(result).toEqual(['ada@example.com', 'Ada']);
      await run(
        page,
        `const client = await create(); client.logout({ logoutParams: { returnTo: location.origin + location.pathname } });`,
      );
      await back('auth0-spa-js');
      const error = await run(
        page,
        `return (await create()).getTokenSilently().catch((error) => error.error);`,
      );
      expect(error).toBe('login_required');
    });

    test('auth0-spa-js: login in a popup, refresh by form and by JSON, revoke', async () => {
      await open('auth0-spa-js');
      const popup = page.waitForEvent('popup');
      const login = run(
        page,
        `const client = await create({ useRefreshTokens: true, cacheLocation: 'localstorage' });
       await client.loginWithPopup();
       return (await client.getUser()).name;`,
      );
      await (await popup).getByRole('button', { name: 'Continue as Grace Hopper' }).click();
      expect(await login).toBe('Grace Hopper');
      const tokens = await run(
        page,
        `const form = await create({ useRefreshTokens: true, cacheLocation: 'localstorage' });
       const json = await create({ useRefreshTokens: true, cacheLocation: 'localstorage', useFormData: false });
       return [await form.getTokenSilently({ cacheMode: 'off' }), await json.getTokenSilently({ cacheMode: 'off' })].map((token) => typeof token);`,
      );
      expect(tokens).toEqual(['string', 'string']);
      expect(
        await control.requests.count({ grant: 'refresh_token', status: 200, user: 'grace' }),
      ).toBe(2);
    });

    test('auth0-spa-js: without a session getTokenSilently rejects promptly', async () => {
      await open('auth0-spa-js');
      const [error, ms] = (await run(
        page,
        `const client = await create();
       const startedAt = performance.now();
       const error = await client.getTokenSilently().catch((each) => each.error);
       return [error, performance.now() - startedAt];`,
      )) as [string, number];
      expect(error).toBe('login_required');
      expect(ms).toBeLessThan(5000);
    });

    test('auth0-react: login, refresh, logout', async () => {
      await open('auth0-react');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
      await page.getByText('Hello Ada Lovelace').waitFor();
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect.poll(() => page.title()).toBe('refreshed');
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('button', { name: 'Log in' }).waitFor();
      expect(await control.requests.count({ endpoint: 'logout', status: 302 })).toBe(1);
    });

    test('auth0-react: Cancel at the login page is reported as an error', async () => {
      await open('auth0-react');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await page.getByRole('alert').textContent()).toContain('cancelled');
    });

    test('oidc-client-ts: discovery, login, refresh, revoke, logout', async () => {
      await open('oidc-client-ts');
      await run(page, 'await manager.signinRedirect();');
      await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
      await back('oidc-client-ts');
      const name = await run(page, 'return (await manager.signinCallback()).profile.name;');
      const refreshed = await run(page, 'return (await manager.signinSilent()).profile.email;');
      await run(page, `await manager.revokeTokens(['refresh_token']);`);
      expect([name, refreshed]).toEqual(['Ada Lovelace', 'ada@example.com']);
      await run(page, 'await manager.signoutRedirect();');
      await back('oidc-client-ts');
      expect(await control.requests.count({ endpoint: 'revoke', status: 200 })).toBe(1);
      expect(await control.requests.count({ path: '/oidc/logout', status: 302 })).toBe(1);
    });
  },
);

/** Runs an async function body in the page, where the test application left its client. */
async function run(page: Page, body: string): Promise<unknown> {
  await page.waitForFunction(() => 'create' in window || 'manager' in window, null, {
    timeout: 60_000,
  });
  return page.evaluate(`(async () => { ${body} })()`).catch((error: Error) => {
    // A redirect takes the page away before the call is over; that is what it is for.
    if (/navigat|context was destroyed/i.test(error.message)) return undefined;
    throw error;
  });
}
