import { once } from 'node:events';
import { serve } from '@hono/node-server';

/** Something that listens on this machine. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a fetch handler on any free port of the loopback address. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<Listening> {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
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
