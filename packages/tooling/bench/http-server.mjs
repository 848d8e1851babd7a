import { createServer, request as sendRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ at: number, url: URL }} Received `at`: when it arrived, in ms since the epoch */

/**
 * @typedef {object} Server
 * @property {string} url with the slash
 * @property {(isWanted: (url: URL) => boolean) => Promise<Received>} next resolves at the next such request
 * @property {readonly Received[]} received all requests so far
 * @property {() => void} close
 */

/**
 * Listens on a free port and holds each response for a while, as a network would.
 *
 * @param {(request: Request, response: Response, url: URL) => void} handle
 * @param {number} latencyMs
 * @returns {Promise<Server>}
 */
export async function listen(handle, latencyMs) {
  /** @type {Received[]} */
  const received = [];
  /** @type {{ isWanted: (url: URL) => boolean, resolve: (received: Received) => void }[]} */
  let waiting = [];
  const server = createServer((request, response) => {
    const entry = { at: Date.now(), url: new URL(request.url ?? '/', base) };
    received.push(entry);
    const served = waiting.filter(({ isWanted }) => isWanted(entry.url));
    waiting = waiting.filter((waiter) => !served.includes(waiter));
    for (const { resolve } of served) resolve(entry);
    void wait(latencyMs).then(() => handle(request, response, entry.url));
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const base = `http://localhost:${address.port}/`;
  return {
    url: base,
    next: (isWanted) => new Promise((resolve) => waiting.push({ isWanted, resolve })),
    received,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Sends a request on to another server and its response back.
 *
 * @param {Request} request
 * @param {Response} response
 * @param {URL} target
 * @param {Record<string, string>} [headers] in place of the request's own
 */
export function forward(request, response, target, headers = {}) {
  const { method } = request;
  const options = { method, headers: { ...request.headers, ...headers } };
  const upstream = sendRequest(target, options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}
