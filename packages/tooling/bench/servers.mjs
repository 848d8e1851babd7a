import { createReadStream, existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { forward, listen } from './http-server.mjs';

/** @typedef {import('./apps.mjs').App} App */
/** @typedef {import('./http-server.mjs').Server} Server */
/** @typedef {import('@sesamy-kit/mock-server').MockServer} MockServer */

/**
 * @typedef {object} Servers
 * @property {Server} issuer the mock, behind a server that shows nothing at `/authorize`, where a user would log in
 * @property {MockServer} mock
 * @property {ReadonlyMap<string, Server>} sites by the name of their app
 * @property {() => Promise<void>} close
 */

const contentTypes = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
});

/**
 * Starts the project's mock, and one site for each app, which serves what is built into `dist/<app>` of the project.
 *
 * @param {import('./project.mjs').Project} project
 * @param {readonly App[]} apps
 * @param {number} latencyMs before each response of the sites and of the mock
 * @returns {Promise<Servers>}
 */
export async function startServers(project, apps, latencyMs) {
  let mockUrl = '';
  const toMock = (/** @type {string} */ path) => new URL(path, mockUrl);
  const issuer = await listen((request, response, { pathname, search }) => {
    if (pathname === '/authorize') response.setHeader('content-type', 'text/html').end('<p>Log in');
    else forward(request, response, toMock(pathname + search));
  }, latencyMs);
  const sites = new Map(
    await Promise.all(
      apps.map(async ({ name }) => {
        const directory = join(project.directory, 'dist', name);
        const site = await listen((request, response, { pathname, search, host }) => {
          if (!pathname.startsWith('/sesamy/')) return serveFile(directory, pathname, response);
          const path = pathname.replace(/^\/sesamy(?:\/api(?=\/))?/, '') + search;
          return forward(request, response, toMock(path), {
            'x-forwarded-host': host,
            'x-forwarded-proto': 'http',
            'x-forwarded-prefix': '/sesamy',
          });
        }, latencyMs);
        return /** @type {const} */ ([name, site]);
      }),
    ),
  );
  const mock = await createMock(project, {
    issuer: issuer.url,
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: apps.map(({ name, callbackPath }) => callbackOf(sites, name, callbackPath)),
      },
    ],
  });
  mockUrl = (await mock.listen()).url;
  return {
    issuer,
    mock,
    sites,
    close: async () => {
      issuer.close();
      for (const site of sites.values()) site.close();
      await mock.close();
    },
  };
}

/**
 * @param {import('./project.mjs').Project} project
 * @param {import('@sesamy-kit/mock-server').MockServerOptions} options
 * @returns {Promise<MockServer>}
 */
async function createMock(project, options) {
  const entry = join(project.directory, 'node_modules/@sesamy-kit/mock-server/dist/index.js');
  const { createMockServer } = await import(entry);
  return createMockServer(options);
}

/**
 * @param {ReadonlyMap<string, Server>} sites
 * @param {string} name
 * @param {string} path
 */
function callbackOf(sites, name, path) {
  return new URL(path, sites.get(name)?.url).href;
}

/**
 * As a host of static files for single-page apps: files with a hash in their name are kept by the browser, pages are not.
 *
 * @param {string} directory
 * @param {string} pathname
 * @param {import('./http-server.mjs').Response} response
 */
function serveFile(directory, pathname, response) {
  const isPage = extname(pathname) === '';
  const path = join(directory, isPage ? 'index.html' : pathname);
  if (!existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': contentTypes[extname(path)] ?? 'text/plain',
    'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
  });
  createReadStream(path).pipe(response);
}
