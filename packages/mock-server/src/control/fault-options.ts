import type { EndpointName } from '../request-facts.js';
import type { AuthorizationResponseFault, IdTokenFault, TokenAnswerFault } from './fault-names.js';

/** Which requests a fault hits; every given field must match. */
export interface FaultScope {
  readonly endpoint?: EndpointName;
  readonly grant?: string;
  readonly clientId?: string;
  /** Id of a user, such as `ada`, whose code or token is in the request; `*` for any user. */
  readonly user?: string;
  readonly sessionId?: string;
  readonly method?: string;
}

/** What goes wrong. Several effects may be combined. */
export interface FaultEffect {
  /** Waits that long (real milliseconds) before anything else. */
  readonly delayMs?: number;
  /** Responds with this status instead of doing the work. */
  readonly status?: number;
  /** Body of that response: an object is sent as JSON, a string as it is. */
  readonly body?: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends no response until the client gives up or the server closes. */
  readonly hang?: boolean;
  /** Cuts the connection without a response. */
  readonly reset?: boolean;
  /** Does the work, then sends half of the response's body. */
  readonly truncate?: boolean;
  /** Does the work, then loses the response: the client sees a network error. */
  readonly loseAnswer?: boolean;
  /** Applies this fault to the ID token of a token response. */
  readonly idToken?: IdTokenFault;
  /** Applies this fault to the token response itself. */
  readonly tokenAnswer?: TokenAnswerFault;
  /** Applies this fault to the authorization response. */
  readonly authorizationResponse?: AuthorizationResponseFault;
  /** Makes discovery name another issuer. */
  readonly discoveryIssuer?: string;
  /** Makes `/userinfo` return another `sub`. */
  readonly userinfoSub?: string;
}

/** A fault to add: where, how often, what. */
export interface FaultOptions extends FaultScope, FaultEffect {
  /** How many requests it hits, default 1; `until-cleared` for all. */
  readonly times?: number | 'until-cleared';
}
