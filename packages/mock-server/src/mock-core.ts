import { createApp } from './app.js';
import { createClock } from './clock.js';
import type { AppEnv, ServerContext } from './context.js';
import { type Control, createControl } from './control.js';
import { createFaultPlan } from './control/faults.js';
import { createRequestLog } from './control/requests.js';
import { createSigningKeys } from './keys.js';
import { isLoopbackHost } from './oauth/op-session.js';
import { type ResolvedOptions, SESAMY_ISSUER } from './options.js';
import { createRandom } from './random.js';
import { createState } from './state.js';
import { createCookieKey } from './token-handler/sealed-values.js';

/** A server without a transport: only what runs in any JavaScript environment. */
export interface MockCore {
  readonly server: ServerContext;
  readonly control: Control;
  /** The response to a request; a planned cut of the connection is a response as well (`isCutConnection`). */
  respond(request: Request, env: AppEnv['Bindings']): Promise<Response>;
}

/** Creates the context, routes and control of one server. */
export function createMockCore(options: ResolvedOptions): MockCore {
  const server = createContext(options);
  const control = createControl(server, async (request) =>
    app.fetch(request, { isInternal: true, remoteAddress: null, signal: null }),
  );
  const app = createApp(server, control);
  return {
    server,
    control,
    respond: async (request, env) => app.fetch(request, env),
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
