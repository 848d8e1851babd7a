import type { Browser, BrowserContext, Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteControl, type RemoteControl } from '../../src/remote.js';
import { sesamyMock } from '../../src/vite.js';
import { chromiumPath, launchChromium } from '../support/browser.js';

const PROFILE = '/sesamy/api/client/v1/profile';

describe.skipIf(chromiumPath === undefined)(
  'the token handler in a browser',
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    let vite: ViteDevServer;
    let control: RemoteControl;
    let site: string;
    let sibling: string;
    let foreign: string;
    let context: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      browser = await launchChromium();
      vite = await createServer({
        root: new URL('./app', import.meta.url).pathname,
        configFile: false,
        logLevel: 'error',
        cacheDir: new URL('../../node_modules/.vite/token-handler', import.meta.url).pathname,
        server: { port: 0, host: 'localhost' },
        optimizeDeps: { noDiscovery: true },
        plugins: [blankPages(), sesamyMock({ onWarning: () => undefined })],
      });
      await vite.listen();
      const { port } = new URL(vite.resolvedUrls?.local[0] ?? '');
      [site, sibling, foreign] = [
        `http://app.localhost:${port}`,
        `http://comments.app.localhost:${port}`,
        `http://127.0.0.1:${port}`,
      ];
      const issuer: unknown = JSON.parse(
        String(vite.config.define?.['import.meta.env.VITE_SESAMY_ISSUER']),
      );
      control = createRemoteControl(String(issuer));
      await control.clients.update('publisher-web', {
        callbacks: [`${site}/sesamy/auth/publisher-web/callback`],
        logoutUrls: [`${site}/*`],
      });
    }, 180_000);

    afterAll(async () => {
      await browser.close();
      await vite.close();
    });

    beforeEach(async () => {
      context = await browser.newContext();
      page = await context.newPage();
      return () => context.close();
    });

    const logIn = async (): Promise<void> => {
      await page.goto(`${site}/sesamy/auth/publisher-web/login?returnTo=/blank?a=b`);
      await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
      await page.waitForURL(`${site}/blank?a=b`);
    };

    /** What a script of the page receives. */
    const send = (
      path: string,
      init: RequestInit = {},
    ): Promise<{ status: number; body: unknown }> =>
      page.evaluate(
        async ([url, options]) => {
          const response = await fetch(url, options);
          const text = await response.text();
          return { status: response.status, body: text === '' ? null : JSON.parse(text) };
        },
        [path, init] as const,
      );

    const whoIs = async (): Promise<unknown> => {
      await page.goto(`${site}/blank`);
      return (await send('/sesamy/auth/userinfo')).body;
    };

    test('the token handler logs in, reads, updates and logs out, and exposes only the hint to scripts', async () => {
      await logIn();
      expect(await page.evaluate(() => document.cookie)).toBe('sesamy_is_authenticated=true');
      expect((await send('/sesamy/auth/userinfo')).body).toMatchObject({ sub: 'email|ada' });
      const change = { method: 'PATCH', body: '{"nickname":"countess"}' };
      expect((await send(PROFILE, change)).status).toBe(403);
      const headers = { 'x-sesamy-csrf': '1' };
      expect((await send(PROFILE, { ...change, headers })).body).toMatchObject({
        nickname: 'countess',
      });
      expect((await send('/sesamy/auth/logout', { method: 'POST', headers })).status).toBe(204);
      const left = await context.cookies(`${site}/`);
      expect(left.filter(({ domain }) => domain === 'app.localhost')).toEqual([]);
    });

    test('a logout link also ends the single sign-on session', async () => {
      await logIn();
      await page.evaluate(() => location.assign('/sesamy/auth/logout?returnTo=/blank?bye'));
      await page.waitForURL(`${site}/blank?bye`);
      expect(await whoIs()).toEqual({ authenticated: false });
      await page.goto(`${site}/sesamy/auth/publisher-web/login`);
      await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).waitFor();
    });

    test('a logout link on another site requires confirmation', async () => {
      await logIn();
      await page.goto(`${foreign}/blank`);
      await page.evaluate(
        (url) => location.assign(url),
        `${site}/sesamy/auth/logout?returnTo=/blank`,
      );
      await page.getByRole('heading', { name: 'Sign out?' }).waitFor();
      expect((await context.cookies(site)).map(({ name }) => name)).toContain('rt');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${site}/blank`);
      expect(await whoIs()).toEqual({ authenticated: false });
    });

    test.each(['sibling', 'foreign'] as const)(
      'a page of a %s domain can neither read nor change anything',
      async (which) => {
        await logIn();
        await page.goto(`${which === 'sibling' ? sibling : foreign}/blank`);
        const got = await page.evaluate(
          async ([origin, profile]) => {
            const image = new Image();
            const loaded = new Promise((resolve) => {
              image.addEventListener('error', resolve);
            });
            image.src = `${origin}/sesamy/auth/logout`;
            await loaded;
            const credentials = 'include';
            const headers = { 'x-sesamy-csrf': '1' };
            const tries: readonly (readonly [string, RequestInit])[] = [
              ['/sesamy/auth/userinfo', {}],
              [profile, {}],
              [profile, { method: 'PATCH', headers, body: '{"nickname":"mallory"}' }],
              ['/sesamy/auth/logout', { method: 'POST', headers }],
            ];
            const results = await Promise.allSettled(
              tries.map(([path, init]) => fetch(origin + path, { credentials, ...init })),
            );
            await fetch(`${origin}/sesamy/auth/logout`, {
              method: 'POST',
              mode: 'no-cors',
              credentials,
              body: new URLSearchParams({ confirm: 'yes' }),
            });
            document.cookie = 'at=planted; Domain=app.localhost; Path=/';
            document.cookie = 'rt=planted; Domain=app.localhost; Path=/sesamy';
            return results.map(({ status }) => status);
          },
          [site, PROFILE] as const,
        );
        expect(got).toEqual(Array(4).fill('rejected'));
        expect(await whoIs()).toMatchObject({ sub: 'email|ada' });
        expect((await send(PROFILE)).body).not.toMatchObject({ nickname: 'mallory' });
      },
    );

    test('a page of another origin cannot log out by a form', async () => {
      await logIn();
      for (const origin of [sibling, foreign]) {
        await page.goto(`${origin}/blank`);
        await page.evaluate((action) => {
          const form = Object.assign(document.createElement('form'), { action, method: 'post' });
          form.innerHTML = '<input name="confirm" value="yes">';
          document.body.append(form);
          form.submit();
        }, `${site}/sesamy/auth/logout`);
        await page.getByRole('heading', { name: 'Request rejected' }).waitFor();
      }
      expect(await whoIs()).toMatchObject({ authenticated: true });
    });
  },
);

/** An empty page on every host. */
function blankPages(): { name: string; configureServer(server: ViteDevServer): void } {
  return {
    name: 'blank-pages',
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/blank')) return next();
        response.setHeader('content-type', 'text/html');
        response.end('<!doctype html><link rel="icon" href="data:,"><title>Blank</title>');
      });
    },
  };
}
