import type { Browser } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { launchChromium, serve, startMock } from './site.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each([
  ['Vite 8 and React 19', 'newest'],
  ['Vite 7 and React 18.2', 'oldest'],
] as const)('the production build of an app with %s', (_what, name) => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject(name);
  }, INSTALL_LIMIT_MS);

  test(
    'an app built for production logs in, shows the profile, has refs on its buttons, and logs out',
    async () => {
      const site = await serve(join(project.directory, 'dist'));
      onTestFinished(site.close);
      const mock = await startMock(project, site.url);
      onTestFinished(mock.close);
      await project.run('vite', ['build'], {
        VITE_ISSUER: mock.url,
        VITE_API_URL: mock.url.slice(0, -1),
      });
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

      await page.goto(site.url);
      await page.getByRole('button', { name: 'Focus' }).click();
      const enter = page.getByRole('button', { name: 'Enter' });
      expect(await enter.evaluate((button) => button === document.activeElement)).toBe(true);
      await enter.click();
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByRole('heading', { name: 'Hello Ada' }).waitFor();
      await page.getByText('Profile of ada@example.com').waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Leave (BUTTON)' }).click();
      await enter.waitFor();
      expect(page.url()).toBe(site.url);
      expect(errors).toEqual([]);
    },
    RUN_LIMIT_MS,
  );

  test(
    'the page of a callback built with sesamyPreload() requests the code of the callback before its own has arrived',
    async () => {
      const site = await serve(join(project.directory, 'dist'));
      onTestFinished(site.close);
      await project.run('vite', ['build']);
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      // The app's own code never arrives.
      await page.route(/assets\/index-.*\.js$/, () => {});
      const requested = ['session-core', 'refresh-token-mode', 'login'].map((chunk) =>
        page.waitForRequest(new RegExp(`assets/${chunk}-`)),
      );
      const state = encodeURIComponent(
        '1;sesamy-kit:publisher-web@https://issuer.example/;redirect',
      );
      await page.goto(`${site.url}?code=1&state=${state}`, { waitUntil: 'commit' });
      await Promise.all(requested);
    },
    RUN_LIMIT_MS,
  );
});

describe('a production build of', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject('bundlers');
  }, INSTALL_LIMIT_MS);

  test.each([
    ['webpack', 'webpack', 'chunks'],
    ['Rspack', 'rspack', 'chunks'],
    ['esbuild with splitting', 'esbuild', 'chunks'],
    ['esbuild into one file', 'esbuild-one-file', 'one file'],
    ['Vite into one file', 'vite-one-file', 'one file'],
    ['esbuild that replaces no process.env.NODE_ENV', 'esbuild-unreplaced', 'chunks'],
  ] as const)(
    '%s logs in, keeps the session over a reload, renews it, logs out and names its errors',
    async (_what, name, kind) => {
      await project.node('build.mjs', [name]);
      const directory = join(project.directory, 'dist', name);
      const site = await serve(directory);
      onTestFinished(site.close);
      const mock = await startMock(project, site.url);
      onTestFinished(mock.close);
      project.write(`dist/${name}/index.html`, pageOf(mock.url));
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      const scripts = new Set<string>();
      page.on('request', (request) => {
        if (request.url().startsWith(site.url) && request.resourceType() === 'script') {
          scripts.add(request.url());
        }
      });

      await page.goto(site.url);
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.getByRole('button', { name: /ada/i }).click();
      const greeting = page.getByRole('heading', { name: 'Hello Ada' });
      await greeting.waitFor();
      await page.reload();
      await greeting.waitFor();
      // No token is valid for longer, so that it is renewed.
      await page.evaluate('session.getAccessToken({ minValiditySeconds: 3_600 })');
      expect(mock.server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.getByRole('button', { name: 'Enter' }).waitFor();
      expect(page.url()).toBe(site.url);
      // Whatever the class is called in the build.
      const failure = 'session.getAccessToken().catch(({ name, code }) => `${name} ${code}`)';
      expect(await page.evaluate(failure)).toBe('AuthError login_required');
      expect(errors).toEqual([]);
      expect(scripts.size > 1 ? 'chunks' : 'one file').toBe(kind);
    },
    RUN_LIMIT_MS,
  );
});

const pageOf = (issuer: string): string => `<!doctype html>
<link rel="icon" href="data:," />
<div id="root"></div>
<script>globalThis.issuer = ${JSON.stringify(issuer)};</script>
<script type="module" src="/app.js"></script>`;
