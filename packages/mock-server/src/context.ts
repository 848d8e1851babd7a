import type { Context } from 'hono';
import type { Clock } from './clock.js';
import type { FaultPlan, PlannedFault } from './control/faults.js';
import type { RequestLog } from './control/requests.js';
import type { SigningKeys } from './keys.js';
import type { ResolvedOptions } from './options.js';
import type { Random } from './random.js';
import type { RequestFacts } from './request-facts.js';
import type { ServerState } from './state.js';

/** Everything an endpoint works with. One per server; nothing is shared between servers. */
export interface ServerContext {
  /** Replaced as a whole when the configuration changes. */
  options: ResolvedOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: SigningKeys;
  /** Encrypts the cookies of the token handler. Replaced by `control.restore`. */
  cookieKey: Uint8Array;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  /** Called after each request to the control plane that may have changed something. */
  readonly controlListeners: Set<() => void>;
  /** Replaced as a whole by `control.restore` and `control.reset`. */
  state: ServerState;
  /** The issuer, as it stands before any request. */
  issuer: string;
  /** The issuer that a request was addressed to. */
  issuerFor(url: string): string;
}

/**
 * What the headers `Cookie`, `Origin` and `Set-Cookie` say elsewhere. In a service worker the first two are not among
 * a request's headers yet, and a response cannot have the third.
 */
export interface HiddenHeaders {
  /** The value of `Cookie`; empty without any. */
  readonly cookie: string;
  /** Whether a page of the server's own origin sent the request. */
  readonly isSameOrigin: boolean;
  /** Receives a value of `Set-Cookie`. */
  setCookie(value: string): void;
}

/** What the middleware provides to the endpoints. */
export interface AppEnv {
  /** Internal requests (control.signIn) are neither logged nor hit by faults. */
  Bindings: {
    isInternal: boolean;
    remoteAddress: string | null;
    /** Aborts when the client stops waiting. */
    signal: AbortSignal | null;
    /** Stands in for headers that a browser hides from service workers; absent elsewhere. */
    hidden?: HiddenHeaders;
  };
  Variables: {
    facts: RequestFacts;
    fault: PlannedFault | null;
    /** The path in front of the routes; empty unless the issuer has one. */
    base: string;
  };
}

/** Hono's context of this app. */
export type AppContext = Context<AppEnv>;

/** An endpoint. */
export type Endpoint = (c: AppContext) => Response | Promise<Response>;
