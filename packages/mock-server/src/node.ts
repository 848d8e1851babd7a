import {
  createAdaptorServer,
  type Http2Bindings,
  type HttpBindings,
  type ServerType,
} from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { isCutConnection } from './control/cut-connection.js';

/** Where to listen. */
export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `localhost`. */
  readonly hostname?: string;
  /** Serves https with a certificate made on the spot. Default false. */
  readonly isHttps?: boolean;
}

/** Answers a request that came from an address. */
export type FetchHandler = (request: Request, remoteAddress: string | null) => Promise<Response>;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** The certificate's path, with https. */
  readonly caPath: string | null;
  close(): Promise<void>;
}

/** The port asked for is taken. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly port: number;

  constructor(port: number, options: ErrorOptions) {
    super(
      `Port ${port} is in use by another program. Choose another port, or 0 for any free one.`,
      options,
    );
    this.port = port;
  }
}

/** Listens with a fetch handler. @throws PortInUseError */
export async function listenWith(fetch: FetchHandler, options: ListenOptions): Promise<Listening> {
  const handler = nodeHandler(fetch);
  if (!options.isHttps) return listenOn(createAdaptorServer({ fetch: handler }), options, null);
  const [{ createServer }, { loadCertificate }] = await Promise.all([
    import('node:https'),
    import('./certificate.js'),
  ]);
  const { key, cert, caPath } = await loadCertificate();
  const server = createAdaptorServer({
    fetch: handler,
    createServer,
    serverOptions: { key, cert },
  });
  return listenOn(server, options, caPath);
}

function listenOn(
  server: ServerType,
  options: ListenOptions,
  caPath: string | null,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new PortInUseError(options.port ?? 0, { cause: error }) : error);
    });
    server.listen(options.port ?? 0, options.hostname ?? 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, caPath, close: () => closeServer(server) });
    });
  });
}

/** The handler with planned cuts carried out at the socket. */
function nodeHandler(
  fetch: FetchHandler,
): (request: Request, bindings: HttpBindings | Http2Bindings) => Promise<Response> {
  return async (request, bindings) => {
    const response = await fetch(request, bindings.incoming.socket.remoteAddress ?? null);
    if (!isCutConnection(response)) return response;
    bindings.outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  };
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Keep-alive connections would hold the server open for seconds.
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
