import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startBackend } from '@sesamy-kit/backend';
import { createMockServer } from '@sesamy-kit/mock-server';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const clientId = 'publisher-web';
const backendClientId = 'demo-backend';
const publisherId = 'publisher';

/**
 * Starts the demo, its backend and the mock of Sesamy that both rely on, all on http://localhost and in this process.
 *
 * @param {{ port?: number, mockPort?: number, backendPort?: number }} [options] 0 takes any free port.
 * @returns {Promise<{ url: string, mockUrl: string, backendUrl: string, close: () => Promise<void> }>}
 * @throws {Error} when a port is in use; the message names the port and says what to do.
 */
export async function startDemo({ port = 5173, mockPort = 4400, backendPort = 4500 } = {}) {
  // Known to the mock and the backend only, and to them only for as long as they run.
  const clientSecret = randomBytes(32).toString('base64url');
  const mock = createMockServer({
    vendorId: publisherId,
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

    let backendUrl = '';
    const vite = await startVite(port, mockUrl, () => backendUrl);
    closers.push(() => vite.close());
    const url = vite.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
    mock.control.clients.update(clientId, { callbacks: [url] });

    const backend = await startBackend({
      issuer: mockUrl,
      apiUrl: apiUrlOf(mockUrl),
      publisherId,
      clientId: backendClientId,
      clientSecret,
      allowedOrigins: [new URL(url).origin],
      log: (error) => console.error(error),
      port: backendPort,
    }).catch(inUse(backendPort));
    closers.push(() => backend.close());
    backendUrl = backend.url;

    return { url, mockUrl, backendUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {number} port
 * @param {string} issuer
 * @param {() => string} backendUrl asked for each page, because the backend starts after the server of the pages
 */
async function startVite(port, issuer, backendUrl) {
  const vite = await createServer({
    root,
    configFile: `${root}vite.config.ts`,
    clearScreen: false,
    logLevel: 'warn',
    server: { host: 'localhost', port, strictPort: true },
    // Read by index.html, in place of apps/demo/.env.
    define: {
      'import.meta.env.VITE_SESAMY_ISSUER': JSON.stringify(issuer),
      'import.meta.env.VITE_SESAMY_API_URL': JSON.stringify(apiUrlOf(issuer)),
      'import.meta.env.VITE_SESAMY_CLIENT_ID': JSON.stringify(clientId),
    },
    plugins: [
      {
        name: 'backend-url',
        transformIndexHtml: {
          order: 'pre',
          handler: (html) => html.replace('%VITE_SESAMY_BACKEND%', backendUrl()),
        },
      },
    ],
  });
  try {
    return await vite.listen();
  } catch (error) {
    await vite.close();
    return inUse(port)(error);
  }
}

/** @param {string} issuer of the mock, which has its APIs at the same place */
function apiUrlOf(issuer) {
  return issuer.replace(/\/$/, '');
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
