import { fileURLToPath } from 'node:url';
import { createMockServer } from '@sesamy-kit/mock-server';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const clientId = 'publisher-web';

/**
 * Starts the demo and the mock of Sesamy it logs in at, both on http://localhost and in this process.
 *
 * @param {{ port?: number, mockPort?: number }} [options] 0 takes any free port.
 * @returns {Promise<{ url: string, mockUrl: string, close: () => Promise<void> }>}
 * @throws {Error} when a port is in use; the message names the port and says what to do.
 */
export async function startDemo({ port = 5173, mockPort = 4400 } = {}) {
  const mock = createMockServer({ clients: [{ clientId, name: 'Tidewaiter' }] });
  const { url: mockUrl } = await mock.listen({ port: mockPort }).catch(inUse(mockPort));
  try {
    const vite = await startVite(port, mockUrl);
    const url = vite.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
    mock.control.clients.update(clientId, { callbacks: [url] });
    return {
      url,
      mockUrl,
      async close() {
        await Promise.all([vite.close(), mock.close()]);
      },
    };
  } catch (error) {
    await mock.close();
    throw error;
  }
}

/**
 * @param {number} port
 * @param {string} issuer
 */
async function startVite(port, issuer) {
  const vite = await createServer({
    root,
    configFile: `${root}vite.config.ts`,
    clearScreen: false,
    logLevel: 'warn',
    server: { host: 'localhost', port, strictPort: true },
    // Read by index.html, in place of apps/demo/.env.
    define: {
      'import.meta.env.VITE_SESAMY_ISSUER': JSON.stringify(issuer),
      'import.meta.env.VITE_SESAMY_API_URL': JSON.stringify(issuer.replace(/\/$/, '')),
      'import.meta.env.VITE_SESAMY_CLIENT_ID': JSON.stringify(clientId),
    },
  });
  try {
    return await vite.listen();
  } catch (error) {
    await vite.close();
    return inUse(port)(error);
  }
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
