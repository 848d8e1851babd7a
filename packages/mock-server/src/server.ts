import type { Control } from './control.js';
import { checkOptionNames } from './check-option-names.js';
import { warnOfUnusedFaults } from './control/unused-faults.js';
import { createInProcessFetch } from './in-process-fetch.js';
import { createMockCore } from './mock-core.js';
import type { FetchHandler, ListenOptions, Listening } from './node.js';
import { type MockServerOptions, resolveOptions, SESAMY_ISSUER } from './options.js';
import { applySeeds, seedsOf } from './seeds.js';

/** A mock of Sesamy. Inert until it receives a request. */
export interface MockServer {
  /** Issuer identifier, ending with `/`; after `listen()` without a given issuer, the address listened on. */
  readonly issuer: string;
  /**
   * The platform's `fetch` with this server behind every host name. Needs no port.
   * `signal` is respected. A redirect is returned instead of followed, since most lead to the app; `redirect: 'error'`
   * rejects as usual.
   * @throws TypeError for a URL that is not valid, and for a planned fault that cuts the connection
   */
  readonly fetch: typeof globalThis.fetch;
  readonly control: Control;
  /**
   * Starts to listen on localhost.
   * @throws PortInUseError when the port is taken
   * @throws ListenError when the host is not this machine's or the port needs more rights
   */
  listen(options?: ListenOptions): Promise<{ url: string; port: number; caPath: string | null }>;
  /**
   * Applies new options while running. Of users and clients only what differs from the options before
   * is applied: those no longer named are removed, while sessions, tokens, edited profiles, rotated
   * secrets and everything added by control stay.
   * @throws UnknownOptionError for an option that does not exist
   * @throws TypeError when `issuer` is not an http(s) URL that ends with `/`; nothing has changed then
   */
  reconfigure(options: MockServerOptions): void;
  /** Stops listening, cuts open connections and reports planned faults that hit nothing. */
  close(): Promise<void>;
}

/**
 * Creates a mock of Sesamy with its own users, clients, clock and state. Nothing is shared
 * between servers.
 * @throws UnknownOptionError for an option that does not exist
 * @throws TypeError when `issuer` is not an http(s) URL that ends with `/`
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  checkOptionNames(options);
  const core = createMockCore(resolveOptions(options));
  const { server, control } = core;
  let listening: Listening | null = null;
  let ownIssuer = SESAMY_ISSUER;

  const handle: FetchHandler = (request, remoteAddress) =>
    core.respond(request, {
      isInternal: false,
      remoteAddress,
      // Made when something waits for it: few requests do.
      get signal() {
        return request.signal;
      },
    });

  return {
    get issuer() {
      return server.issuer;
    },
    fetch: createInProcessFetch((request, signal) =>
      core.respond(request, { isInternal: false, remoteAddress: null, signal }),
    ),
    control,
    listen: async (listenOptions = {}) => {
      if (listening) throw new Error('The mock server already listens. Close it first.');
      const { listenWith } = await import('./node.js');
      listening = await listenWith(handle, listenOptions);
      const url = urlOf(listenOptions, listening.port);
      ownIssuer = url;
      server.issuer = server.options.issuer ?? url;
      return { url, port: listening.port, caPath: listening.caPath };
    },
    reconfigure: (changed) => {
      checkOptionNames(changed);
      const options = resolveOptions(changed);
      applySeeds(server.state, seedsOf(server.options), seedsOf(options));
      server.options = options;
      server.issuer = options.issuer ?? ownIssuer;
    },
    close: async () => {
      await listening?.close();
      listening = null;
      warnOfUnusedFaults(server);
    },
  };
}

/** A server that listens on every interface is reached on this machine by `localhost`. */
function urlOf({ isHttps = false, hostname = 'localhost' }: ListenOptions, port: number): string {
  const isEveryInterface = ['', '0.0.0.0', '::'].includes(hostname);
  const host = isEveryInterface ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${isHttps ? 'https' : 'http'}://${host}:${port}/`;
}
