import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer as createTcpServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { CookieJar } from 'tough-cookie';
import { createServer as createVite } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';
import { sesamyMock } from '../src/vite.js';
import { readJson } from './support/world.js';

const PAPER = readFileSync(new URL('../../../apps/docs/token-handler.md', import.meta.url), 'utf8');
const NGINX = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'].find(
  existsSync,
);

/** Inside the package, so that a recipe finds what it imports. */
const FOLDER = fileURLToPath(new URL('../node_modules/.recipes/', import.meta.url));

/** A proxy that runs. */
interface Running {
  stop(): Promise<unknown>;
}

/** Starts a recipe at a port, in front of Sesamy at an address. */
type Start = (recipe: string, port: number, sesamy: string) => Promise<Running>;

interface Recipe {
  readonly name: string;
  readonly heading: string;
  readonly start: Start;
}

const NGINX_RECIPE: Recipe = { name: 'nginx', heading: 'nginx', start: startNginx };
const RECIPES: readonly Recipe[] = [
  { name: 'Vite', heading: 'Vite, in development', start: startVite },
  NGINX_RECIPE,
  { name: 'Express', heading: 'Express', start: startNode },
  { name: 'Hono', heading: 'Hono', start: startNode },
];
/** Where nginx is not installed there is nothing to run its recipe with. */
const RUNNABLE = RECIPES.filter((recipe) => recipe !== NGINX_RECIPE || NGINX !== undefined);

describe.each(RUNNABLE)('the recipe for $name', ({ name, heading, start }) => {
  let sesamy: Sesamy;
  let mock: MockServer;
  let origin: string;
  let running: Running;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    sesamy = await startSesamy(origin);
    mock = sesamy.mock;
    running = await start(recipeOf(heading), port, sesamy.url);
  }, 180_000);

  afterAll(async () => {
    await running.stop();
    sesamy.close();
    rmSync(`${FOLDER}${name}`, { recursive: true, force: true });
  });

  test('the proxy returns the user from the login to the page where it began', async () => {
    const browser = createHttpBrowser(origin);
    expect(await logIn(browser)).toBe(`${origin}/stories?a=b`);
    const userinfo = await browser.send('/sesamy/auth/userinfo');
    expect(await readJson(userinfo)).toMatchObject({ authenticated: true, sub: 'email|ada' });
  });

  test('the proxy forwards a profile update with its body', async () => {
    const browser = createHttpBrowser(origin);
    await logIn(browser);
    const tags = Array.from({ length: 100 }, (_, index) => `${index} åäö `.repeat(20));
    const response = await browser.send('/sesamy/api/client/v1/profile?x=%2F', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-sesamy-csrf': '1' },
      body: JSON.stringify({ firstName: 'Åsa', tags }),
    });
    expect(await readJson(response)).toMatchObject({ firstName: 'Åsa', tags });
  });

  test('the proxy leaves rejecting other sites to Sesamy', async () => {
    const browser = createHttpBrowser(origin);
    await logIn(browser);
    const headers = { origin: 'https://evil.test', 'x-sesamy-csrf': '1' };
    const init = { method: 'PATCH', body: '{}', headers };
    const response = await browser.send('/sesamy/api/client/v1/profile', init);
    expect([response.status, response.headers.get('access-control-allow-credentials')]).toEqual([
      403,
      null,
    ]);
  });

  test('the proxy passes renewed tokens on', async () => {
    const browser = createHttpBrowser(origin);
    await logIn(browser);
    const before = await browser.cookie('rt');
    mock.control.clock.advance({ hours: 2 });
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => browser.send('/sesamy/api/client/v1/profile')),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await browser.cookie('rt')).not.toBe(before);
    expect((await browser.send('/sesamy/auth/userinfo')).status).toBe(200);
  });

  test('the proxy logs the user out, by script and by link', async () => {
    const browser = createHttpBrowser(origin);
    await logIn(browser);
    const init = { method: 'POST', headers: { 'x-sesamy-csrf': '1' } };
    expect((await browser.send('/sesamy/auth/logout', init)).status).toBe(204);
    expect(await browser.cookie('rt')).toBeUndefined();
    await logIn(browser);
    const link = await browser.send('/sesamy/auth/logout?returnTo=/bye');
    const issuer = await browser.send(link.headers.get('location') ?? '');
    expect(issuer.headers.get('location')).toBe(`${origin}/bye`);
    expect(await browser.cookie('rt')).toBeUndefined();
  });

  test('the proxy passes redirects on and keeps every cookie in its own header', async () => {
    const browser = createHttpBrowser(origin);
    const login = await browser.send('/sesamy/auth/publisher-web/login');
    expect([login.status, login.headers.get('location')]).toEqual([
      302,
      expect.stringContaining(`${mock.issuer}authorize?`),
    ]);
    const callback = await mock.control.signIn({
      authorizationUrl: login.headers.get('location') ?? '',
      user: 'ada',
    });
    const back = await browser.send(callback);
    expect(back.headers.getSetCookie().map((each) => each.split('=', 1)[0])).toEqual([
      expect.stringMatching(/^sesamy_login_/),
      'at',
      'rt',
      'sesamy_is_authenticated',
    ]);
  });

  test('the proxy overwrites forwarding headers from the browser', async () => {
    const browser = createHttpBrowser(origin);
    const forged = {
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      'x-forwarded-prefix': '/evil',
      'x-forwarded-port': '1',
      'x-forwarded-for': '192.0.2.1',
      forwarded: 'host=evil.test;proto=https',
    };
    await browser.send('/sesamy/auth/userinfo', { headers: forged });
    const { forwarded, 'x-forwarded-for': address = '127.0.0.1', ...headers } = sesamy.heard();
    expect([forwarded, address]).toEqual([undefined, '127.0.0.1']);
    const about = Object.entries(headers).filter(([name]) => /^(?:host|x-forwarded-)/.test(name));
    expect(Object.fromEntries(about)).toEqual({
      host: new URL(sesamy.url).host,
      'x-forwarded-host': new URL(origin).host,
      'x-forwarded-proto': 'http',
      'x-forwarded-prefix': '/sesamy',
    });
  });

  // Last, because it takes Sesamy away.
  test('the proxy responds with 502 while Sesamy is down', async () => {
    const browser = createHttpBrowser(origin);
    await logIn(browser);
    sesamy.close();
    const response = await browser.send('/sesamy/auth/userinfo');
    expect([response.status, response.headers.getSetCookie()]).toEqual([502, []]);
  });
});

test('the Vite plugin works without a recipe', async () => {
  const root = folderOf('plugin');
  const vite = await createVite({
    configFile: false,
    root,
    logLevel: 'silent',
    cacheDir: `${root}/cache`,
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: await freePort(), ws: false },
    plugins: [sesamyMock({ onWarning: () => undefined })],
  });
  try {
    await vite.listen();
    const browser = createHttpBrowser(new URL(vite.resolvedUrls?.local[0] ?? '').origin);
    await logIn(browser);
    expect((await browser.send('/sesamy/api/client/v1/profile')).status).toBe(200);
  } finally {
    await vite.close();
  }
});

// The recipe for nginx needs nginx.
test.skipIf(NGINX === undefined)('every recipe is tested', () => {
  expect(RUNNABLE).toEqual(RECIPES);
});

// The two others have nothing to run: one is the mock's configuration, one a single option of another plugin.
test('every recipe among the code blocks of the page is tested here', () => {
  const recipes = [...PAPER.matchAll(/^## (.+)\n(?:(?!^## )[^])*?^```(?:ts|js|nginx)$/gm)];
  const headings = recipes.map(([, heading = '']) => heading);
  expect(headings).toEqual([
    'Registration at Sesamy',
    ...RECIPES.map(({ heading }) => heading),
    'Service workers and fallback pages',
  ]);
});

/** The mock as an API host that records what the proxy sent. */
interface Sesamy {
  readonly mock: MockServer;
  readonly url: string;
  /** Headers of the last request. */
  heard(): Record<string, string>;
  close(): void;
}

async function startSesamy(site: string): Promise<Sesamy> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const mock = createMockServer({
    issuer: `${url}/`,
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [`${site}/sesamy/auth/publisher-web/callback`],
        logoutUrls: [`${site}/*`],
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      },
    ],
  });
  let heard: Record<string, string> = {};
  const server = createAdaptorServer({
    fetch: (request) => {
      heard = Object.fromEntries(request.headers);
      return mock.fetch(request);
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
  return { mock, url, heard: () => heard, close };
}

/** A browser on one site, over http. */
interface HttpBrowser {
  send(url: string, init?: RequestInit): Promise<Response>;
  cookie(name: string): Promise<string | undefined>;
}

function createHttpBrowser(origin: string): HttpBrowser {
  const jar = new CookieJar();
  return {
    send: async (path, init = {}) => {
      const url = new URL(path, origin);
      const headers = new Headers(init.headers);
      const cookie = await jar.getCookieString(url.href);
      if (cookie) headers.set('cookie', cookie);
      headers.set('sec-fetch-site', 'same-origin');
      if (init.method && !headers.has('origin')) headers.set('origin', origin);
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      for (const each of response.headers.getSetCookie()) await jar.setCookie(each, url.href);
      return response;
    },
    cookie: async (name) => (await jar.getCookies(origin)).find(({ key }) => key === name)?.value,
  };
}

/** Logs in as Ada at the issuer's page; returns where the callback leads. */
async function logIn(browser: HttpBrowser): Promise<string | null> {
  const login = await browser.send(
    '/sesamy/auth/publisher-web/login?prompt=login&returnTo=/stories?a=b',
  );
  const authorizationUrl = login.headers.get('location') ?? '';
  const page = await browser.send(authorizationUrl);
  const toPage = new URL(page.headers.get('location') ?? '', authorizationUrl).href;
  const form = { method: 'POST', body: new URLSearchParams({ user: 'ada' }) };
  const submitted = await browser.send(toPage, form);
  const resumed = await browser.send(submitted.headers.get('location') ?? '');
  return (await browser.send(resumed.headers.get('location') ?? '')).headers.get('location');
}

function recipeOf(heading: string): string {
  const section = PAPER.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const recipe = /```\w+\n([^]*?)```/.exec(section)?.[1];
  if (recipe === undefined) throw new Error(`There is no recipe below ${heading}.`);
  return recipe;
}

async function startVite(recipe: string, port: number, sesamy: string): Promise<Running> {
  const root = folderOf('Vite');
  const configFile = `${root}/vite.config.ts`;
  writeFileSync(configFile, recipe.replace('https://api2.sesamy.com', sesamy));
  const server = { host: '127.0.0.1', port, strictPort: true, ws: false } as const;
  const vite = await createVite({
    configFile,
    root,
    server,
    logLevel: 'silent',
    cacheDir: `${root}/cache`,
    optimizeDeps: { noDiscovery: true },
  });
  await vite.listen();
  return { stop: () => vite.close() };
}

async function startNginx(recipe: string, port: number, sesamy: string): Promise<Running> {
  const root = folderOf('nginx');
  const site = recipe.replaceAll('https://api2.sesamy.com', sesamy);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${root}/${name};`)
    .join('\n');
  writeFileSync(
    `${root}/nginx.conf`,
    `daemon off;\nmaster_process off;\npid ${root}/pid;\nerror_log stderr;\nevents {}\n` +
      `http {\naccess_log off;\n${paths}\nserver {\nlisten 127.0.0.1:${port};\n${site}}\n}\n`,
  );
  return startProcess(spawn(NGINX ?? '', ['-p', root, '-c', `${root}/nginx.conf`]), port);
}

async function startNode(recipe: string, port: number, sesamy: string): Promise<Running> {
  const name = recipe.includes("'express'") ? 'Express' : 'Hono';
  const file = `${folderOf(name)}/proxy.mjs`;
  const source = recipe
    .replace('https://api2.sesamy.com', sesamy)
    .replace('https://app.publisher.com', `http://127.0.0.1:${port}`)
    .replace('3000', String(port));
  writeFileSync(file, source);
  return startProcess(spawn(process.execPath, [file]), port);
}

/** Waits until a program listens; rejects with its output if it exits before. */
async function startProcess(child: ChildProcess, port: number): Promise<Running> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`The proxy ended: ${said}`);
      await canConnect(port);
    },
    { timeout: 60_000, interval: 20 },
  );
  return {
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

function folderOf(name: string): string {
  const folder = `${FOLDER}${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function canConnect(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
