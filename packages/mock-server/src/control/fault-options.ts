import type { EndpointName } from '../request-facts.js';
import type { AuthorizationResponseFault, IdTokenFault, TokenAnswerFault } from './fault-names.js';

/** Which requests a fault hits; every given field must be equal. */
export interface FaultScope {
  readonly endpoint?: EndpointName;
  readonly grant?: string;
  readonly clientId?: string;
  /** Id of a user, such as `ada`. */
  readonly user?: string;
  readonly sessionId?: string;
  readonly method?: string;
}

/** What goes wrong. Several effects may be combined. */
export interface FaultEffect {
  /** Waits that long (real milliseconds) before anything else. */
  readonly delayMs?: number;
  /** Answers with this status in place of the real answer. */
  readonly status?: number;
  /** Body of that answer: an object is sent as JSON, a string as it is. */
  readonly body?: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers, until the client gives up or the server closes. */
  readonly hang?: boolean;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Does the work, then cuts the real answer off in the middle of its body. */
  readonly truncate?: boolean;
  /** Does the work, then loses the real answer: the client sees a network error. */
  readonly loseAnswer?: boolean;
  /** Makes the ID token of a token answer wrong in this way. */
  readonly idToken?: IdTokenFault;
  /** Makes the token answer itself wrong in this way. */
  readonly tokenAnswer?: TokenAnswerFault;
  /** Makes the authorization response wrong in this way. */
  readonly authorizationResponse?: AuthorizationResponseFault;
  /** Makes discovery name another issuer. */
  readonly discoveryIssuer?: string;
  /** Makes `/userinfo` answer about another `sub`. */
  readonly userinfoSub?: string;
}

/** A fault to add: where, how often, what. */
export interface FaultOptions extends FaultScope, FaultEffect {
  /** How many requests it hits, default 1; `until-cleared` for all. */
  readonly times?: number | 'until-cleared';
}
