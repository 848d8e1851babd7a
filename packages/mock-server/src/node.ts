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
  /**
   * Further host names of that certificate, which covers localhost, `app.localhost`, and what is below
   * `app.localhost`, `publisher.test` and `sesamy.test`. With a real domain among them, a browser that trusts the CA takes
   * this machine for it.
   */
  readonly certificateHosts?: readonly string[];
}

/** Responds to a request that came from an address. */
export type FetchHandler = (request: Request, remoteAddress: string | null) => Promise<Response>;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** The certificate's path, with https. */
  readonly caPath: string | null;
  close(): Promise<void>;
}

/** The requested port is taken. */
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

/** Listening on the host or port failed. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Listens with a fetch handler. @throws PortInUseError, ListenError */
export async function listenWith(fetch: FetchHandler, options: ListenOptions): Promise<Listening> {
  const handler = nodeHandler(fetch);
  if (!options.isHttps) return listenOn(createAdaptorServer({ fetch: handler }), options, null);
  const [{ createServer }, { loadCertificate }] = await Promise.all([
    import('node:https'),
    import('./certificate.js'),
  ]);
  const { key, cert, caPath } = await loadCertificate(options.certificateHosts);
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
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options.port ?? 0, options.hostname ?? 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, caPath, close: () => closeServer(server) });
    });
  });
}

function listenError(error: NodeJS.ErrnoException, options: ListenOptions): Error {
  const { port = 0, hostname = 'localhost' } = options;
  switch (error.code ?? '') {
    case 'EADDRINUSE':
      return new PortInUseError(port, { cause: error });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return new ListenError(
        `"${hostname}" is not a host name or address of this machine. Use localhost, or 0.0.0.0 for every interface.`,
        { cause: error },
      );
    case 'EACCES':
      return new ListenError(
        `Port ${port} needs more rights than this process has. Choose a port above 1023.`,
        { cause: error },
      );
    default:
      return error;
  }
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
