import { createApp } from './app.js';
import { createClock } from './clock.js';
import type { ServerContext } from './context.js';
import { type Control, createControl } from './control.js';
import { createFaultPlan } from './control/faults.js';
import { createRequestLog } from './control/requests.js';
import { warnOfUnusedFaults } from './control/unused-faults.js';
import { createInProcessFetch } from './in-process-fetch.js';
import { createSigningKeys } from './keys.js';
import type { FetchHandler, ListenOptions, Listening } from './node.js';
import { isLoopbackHost } from './oauth/op-session.js';
import {
  type MockServerOptions,
  resolveOptions,
  type ResolvedOptions,
  SESAMY_ISSUER,
} from './options.js';
import { createRandom } from './random.js';
import { applySeeds, seedsOf } from './seeds.js';
import { createState } from './state.js';
import { createCookieKey } from './token-handler/sealed-values.js';

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
   * @throws TypeError when `issuer` is not an http(s) URL that ends with `/`; nothing has changed then
   */
  reconfigure(options: MockServerOptions): void;
  /** Stops listening, cuts open connections and reports planned faults that hit nothing. */
  close(): Promise<void>;
}

/**
 * Creates a mock of Sesamy with its own users, clients, clock and state. Nothing is shared
 * between servers.
 * @throws TypeError when `issuer` is not an http(s) URL that ends with `/`
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const server = createContext(resolveOptions(options));
  const control = createControl(server, async (request) =>
    app.fetch(request, { isInternal: true, remoteAddress: null, signal: null }),
  );
  const app = createApp(server, control);
  let listening: Listening | null = null;
  let ownIssuer = SESAMY_ISSUER;

  const handle: FetchHandler = async (request, remoteAddress) =>
    app.fetch(request, {
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
    fetch: createInProcessFetch(async (request, signal) =>
      app.fetch(request, { isInternal: false, remoteAddress: null, signal }),
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

function createContext(options: ResolvedOptions): ServerContext {
  const server: ServerContext = {
    options,
    clock: createClock(),
    random: createRandom(options.seed ?? undefined),
    keys: createSigningKeys(),
    cookieKey: createCookieKey(options.seed),
    faults: createFaultPlan(),
    requests: createRequestLog(),
    controlListeners: new Set(),
    state: createState(options),
    issuer: options.issuer ?? SESAMY_ISSUER,
    issuerFor: (url) => issuerFor(server, url),
  };
  return server;
}

/**
 * Without a fixed issuer, whichever loopback name the browser uses is the issuer, so that
 * `http://127.0.0.1:PORT/` and `http://localhost:PORT/` both pass a client's issuer check.
 */
function issuerFor(server: ServerContext, url: string): string {
  if (url.startsWith(server.issuer)) return server.issuer;
  const { origin, hostname } = new URL(url);
  const addressed = `${origin}/`;
  if (server.options.customDomains.includes(addressed)) return addressed;
  const isFree = server.options.issuer === null && server.issuer !== SESAMY_ISSUER;
  return isFree && isLoopbackHost(hostname) ? addressed : server.issuer;
}

/** A server that listens on every interface is reached on this machine by `localhost`. */
function urlOf({ isHttps = false, hostname = 'localhost' }: ListenOptions, port: number): string {
  const isEveryInterface = ['', '0.0.0.0', '::'].includes(hostname);
  const host = isEveryInterface ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${isHttps ? 'https' : 'http'}://${host}:${port}/`;
}
