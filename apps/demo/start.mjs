import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startBackend } from '@sesamy-kit/backend';
import { createMockServer } from '@sesamy-kit/mock-server';
import { createServer } from 'vite';
import { customDomainOf, handlerCallbacksOf, modeOf, urlsOf } from './start/hosts.mjs';
import { pageVariables } from './start/page-variables.mjs';
import { tokenHandlerProxy } from './start/token-handler-proxy.mjs';
import { clientId, variablesOf } from './start/variables.mjs';

/** @typedef {import('./start/hosts.mjs').Mode} Mode */

const root = fileURLToPath(new URL('.', import.meta.url));
const backendClientId = 'demo-backend';
const publisherId = 'publisher';

/**
 * Starts the demo, its backend and the mock of Sesamy that both rely on, all in this process. The demo is the same app
 * on several hosts, each in another session mode.
 *
 * @param {{ port?: number, mockPort?: number, backendPort?: number, isWatching?: boolean }} [options] As a port, 0 takes
 *   any free one. Pages follow their sources unless `isWatching` is false.
 * @returns {Promise<{
 *   url: string,
 *   urls: Record<Mode, string>,
 *   mock: import('@sesamy-kit/mock-server').MockServer,
 *   mockUrl: string,
 *   backendUrl: string,
 *   close: () => Promise<void>,
 * }>} `url` is the demo on localhost, `urls` are its own hosts
 * @throws {Error} when a port is in use; the message names the port and says what to do.
 */
export async function startDemo({
  port = 5173,
  mockPort = 4400,
  backendPort = 4500,
  isWatching = true,
} = {}) {
  // Shared by the mock and the backends only, for as long as they run.
  const clientSecret = randomBytes(32).toString('base64url');
  const mock = createMockServer({
    vendorId: publisherId,
    // The backend requires a stronger login to sign the log.
    sendsAuthenticationClaims: true,
    // For the devtools and the dashboard.
    hasControlPlane: true,
    clients: [
      { clientId, name: 'Tidewaiter' },
      { clientId: backendClientId, type: 'management', clientSecret },
    ],
  });
  /** @type {(() => Promise<void>)[]} */
  const closers = [];
  const close = async () => {
    await Promise.all(closers.map((closeOne) => closeOne()));
  };
  try {
    const { url: mockUrl } = await mock.listen({ port: mockPort }).catch(inUse(mockPort));
    closers.push(() => mock.close());
    // Read per page request: a tab left open may load before the backends listen.
    const places = { url: '', mockUrl, backendUrl: '', customDomainBackendUrl: '' };
    const vite = await startVite({
      port,
      mockUrl,
      isWatching,
      variablesOf: (mode) => variablesOf(mode, places),
    });
    closers.push(() => vite.close());
    const url = vite.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
    places.url = url;
    const urls = urlsOf(url);
    const pages = [url, ...Object.values(urls)];
    mock.control.clients.update(clientId, {
      callbacks: [...pages, ...handlerCallbacksOf(urls, clientId)],
      logoutUrls: pages,
    });

    const backendConfig = {
      apiUrl: mockUrl.replace(/\/$/, ''),
      publisherId,
      clientId: backendClientId,
      clientSecret,
      log: (/** @type {unknown} */ error) => console.error(error),
    };
    const backend = await startBackend({
      ...backendConfig,
      issuer: mockUrl,
      allowedOrigins: [url, urls['refresh-token']].map(originOf),
      port: backendPort,
    }).catch(inUse(backendPort));
    closers.push(() => backend.close());
    // A backend accepts one issuer, and a custom domain is another.
    const customDomainBackend = await startBackend({
      ...backendConfig,
      issuer: customDomainOf(mockUrl),
      allowedOrigins: [urls['sso-cookie'], urls.auto].map(originOf),
      // Node may not resolve the issuer's host to this machine.
      fetch: (input, init) => mock.fetch(new Request(input, init)),
      port: 0,
    });
    closers.push(() => customDomainBackend.close());

    Object.assign(places, {
      backendUrl: backend.url,
      customDomainBackendUrl: customDomainBackend.url,
    });
    return { url, urls, mock, mockUrl, backendUrl: backend.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.mockUrl
 * @param {boolean} options.isWatching
 * @param {(mode: Mode) => Readonly<Record<string, string>>} options.variablesOf
 */
async function startVite({ port, mockUrl, isWatching, variablesOf }) {
  const vite = await createServer({
    root,
    configFile: `${root}vite.config.ts`,
    clearScreen: false,
    logLevel: 'warn',
    server: {
      host: 'localhost',
      port,
      strictPort: true,
      // The hosts of the demo are separate origins: none may read another one's session.
      cors: false,
      ...(!isWatching && { watch: null, hmr: false }),
      proxy: tokenHandlerProxy(mockUrl),
    },
    plugins: [pageVariables((host) => variablesOf(modeOf(host)))],
  });
  try {
    return await vite.listen();
  } catch (error) {
    await vite.close();
    return inUse(port)(error);
  }
}

/** @param {string} url */
function originOf(url) {
  return new URL(url).origin;
}

/**
 * @param {number} port
 * @returns {(error: unknown) => never}
 */
function inUse(port) {
  return (error) => {
    const text = error instanceof Error ? `${error.name} ${error.message}` : '';
    if (!/PortInUse|in use|EADDRINUSE/.test(text)) throw error;
    throw new Error(
      `Port ${port} is in use. Stop the program that listens there, or start with another port.`,
      { cause: error },
    );
  };
}
