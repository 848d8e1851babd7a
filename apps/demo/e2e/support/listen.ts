import { once } from 'node:events';
import { createServer } from 'node:https';
import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** Something that listens on this machine. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** A certificate and its key, as PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/**
 * Serves a fetch handler on any free port of the loopback address, over https where there is a certificate. A
 * handler that throws cuts the connection, as the mock's planned faults require.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  tls?: Tls,
): Promise<Listening> {
  const server = serve({
    fetch: async (request, { outgoing }) => {
      try {
        return await fetch(request);
      } catch {
        outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    ...(tls && { createServer, serverOptions: tls }),
    port: 0,
    hostname: '127.0.0.1',
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        // Browsers keep connections open, and closing would wait for them.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
