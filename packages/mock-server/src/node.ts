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
}

/** Answers a request. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** A server that listens. */
export interface Listening {
  readonly port: number;
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
export function listenWith(fetch: FetchHandler, options: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: nodeHandler(fetch) });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new PortInUseError(options.port ?? 0, { cause: error }) : error);
    });
    server.listen(options.port ?? 0, options.hostname ?? 'localhost', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, close: () => closeServer(server) });
    });
  });
}

/** The handler with planned cuts carried out at the socket. */
function nodeHandler(
  fetch: FetchHandler,
): (request: Request, bindings: HttpBindings | Http2Bindings) => Promise<Response> {
  return async (request, bindings) => {
    const response = await fetch(request);
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
