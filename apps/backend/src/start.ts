import { createAdaptorServer } from '@hono/node-server';
import { createBackend } from './app.js';
import { type BackendConfig, defaultPort } from './config.js';

/** A backend that listens. */
export interface RunningBackend {
  url: string;
  close(): Promise<void>;
}

/** Starts the backend on localhost; port 0 takes any free one. */
export async function startBackend(
  config: BackendConfig & { port?: number },
): Promise<RunningBackend> {
  const server = createAdaptorServer({ fetch: createBackend(config).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port ?? defaultPort, 'localhost', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
