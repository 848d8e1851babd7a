import { createServer } from 'node:net';

/**
 * Reads a port from the command line or an environment variable.
 *
 * @param {string} text
 * @param {string} source how the user gave it, for the message
 * @returns {number}
 */
export function parsePort(text, source) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${source} is "${text}", which is no port. Give a number from 0 to 65535.`);
}

/**
 * Says whether another program listens on a port, on any of the addresses that `localhost` may mean.
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isPortTaken(port) {
  // One after the other: the wildcard address collides with the others.
  for (const host of ['127.0.0.1', '::1', undefined]) {
    if (await isTaken(port, host)) return true;
  }
  return false;
}

/**
 * @param {number} port
 * @param {string | undefined} host
 * @returns {Promise<boolean>}
 */
function isTaken(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ { code }) => {
      resolve(code === 'EADDRINUSE');
    });
    server.listen({ port, host }, () => server.close(() => resolve(false)));
  });
}
