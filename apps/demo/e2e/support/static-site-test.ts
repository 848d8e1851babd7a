import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import type {
  Page,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestType,
} from '@playwright/test';
import { watchConsole } from './console-guard.js';
import type { ConsoleGuard } from './console-guard.js';
import { listen } from './listen.js';

const dist = fileURLToPath(new URL('../../dist-static', import.meta.url));

/** Below a path, as at many hosts for static files. */
const folder = '/demo/';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The static build of the demo at a server that has files only. */
export interface StaticSite {
  /** Where the demo is, with a slash at the end. */
  readonly url: string;
  readonly issuer: string;
  /** Requests that were not for a file. */
  readonly misses: string[];
  /** Calls an operation of the mock's control plane from a page of the site. */
  control(page: Page, operation: string, ...args: readonly unknown[]): Promise<unknown>;
}

interface Fixtures {
  /** Fails the test when the server received anything but a request for a file. */
  readonly site: StaticSite;
  /** Fails the test when a page writes an error that the test did not expect. */
  readonly consoleGuard: ConsoleGuard;
}

interface WorkerFixtures {
  readonly startedSite: StaticSite;
}

/** Playwright's `test` with the static build of the demo, and no server of Sesamy. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
> = base.extend<Fixtures, WorkerFixtures>({
  startedSite: [
    // Playwright reads which fixtures are needed from the pattern, and none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, provide) => {
      const misses: string[] = [];
      const { port, close } = await listen((request) => serveFile(request, misses));
      const url = `http://localhost:${String(port)}${folder}`;
      await provide({ url, issuer: `${url}sesamy/`, misses, control: callControl });
      await close();
    },
    { scope: 'worker' },
  ],
  site: async ({ startedSite }, provide) => {
    startedSite.misses.length = 0;
    await provide(startedSite);
    expect(startedSite.misses, 'requests to the server that were not for a file').toEqual([]);
  },
  baseURL: async ({ site }, provide) => {
    await provide(site.url);
  },
  consoleGuard: [
    async ({ context }, provide) => {
      const guard = watchConsole(context);
      await provide(guard);
      expect(guard.unexpected(), 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

async function serveFile(request: Request, misses: string[]): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  // Browsers request it by themselves.
  if (pathname === '/favicon.ico') return new Response(null, { status: 404 });
  const path = pathname.startsWith(folder) ? pathname.slice(folder.length) : null;
  const name = path === '' || path?.endsWith('/') ? `${path}index.html` : path;
  const file =
    name === null || request.method !== 'GET'
      ? null
      : await readFile(join(dist, normalize(name))).catch(() => null);
  if (file === null) {
    // As hosts for static files do with the address of a folder.
    if (path !== null && existsSync(join(dist, normalize(path), 'index.html'))) {
      return new Response(null, { status: 301, headers: { location: `${pathname}/${search}` } });
    }
    if (name === 'index.html')
      throw new Error('The static demo is not built: run "npm run build" first.');
    misses.push(`${request.method} ${pathname}`);
    return new Response('Not found', { status: 404 });
  }
  return new Response(new Uint8Array(file), {
    headers: { 'content-type': types[extname(name ?? '')] ?? 'application/octet-stream' },
  });
}

function callControl(page: Page, operation: string, ...args: readonly unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([url, body]) => {
      const response = await fetch(url, { method: 'POST', body });
      if (!response.ok) throw new Error(await response.text());
      const { result }: { result: unknown } = await response.json();
      return result;
    },
    [`/demo/sesamy/mock/control/${operation}`, JSON.stringify(args)] as const,
  );
}

export { expect } from '@playwright/test';
