import { docsUrlOf } from '../errors-page.js';

/**
 * Why a request is rejected. The HTTP responses follow RFC 6750 and RFC 9470.
 *
 * - `missing_token`: no credentials; 401 without an error code.
 * - `invalid_request`: credentials that are malformed or given twice; 400.
 * - `invalid_token`: not a token of these issuers for this API, or no longer valid; 401.
 * - `insufficient_scope`: a valid token that does not cover the call; 403.
 * - `insufficient_user_authentication`: a valid token of a login that is too old or too weak; 401.
 * - `keys_unavailable`: the issuer's keys could not be fetched, so that no token can be checked; 503.
 * - `invalid_configuration`: the developer's mistake, in the options or in what a route requires. Thrown when the
 *   verifier or the middleware is made; for a requirement that needs a claim the token lacks, by `verify`.
 */
export type AccessTokenErrorCode =
  | 'missing_token'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'keys_unavailable'
  | 'invalid_configuration';

/** Why a token is invalid; for logs and tests, not for the caller of the API. */
export type InvalidTokenReason =
  | 'malformed'
  | 'too_long'
  | 'type'
  | 'algorithm'
  | 'unknown_key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not_yet_valid'
  | 'publisher'
  | 'subject'
  | 'proof_required'
  | 'claims';

/**
 * What a route requires of a valid token. A requirement that is present must have a value: `undefined` and
 * empty lists throw `invalid_configuration`.
 */
export interface AccessTokenRequirements {
  /** Scopes that the token must all have. */
  scopes?: readonly string[];
  /** Permissions that the token must all have. */
  permissions?: readonly string[];
  /** The maximum time since the reader logged in, in seconds. Needs `auth_time` in the access token. */
  maxAgeSeconds?: number;
  /** Authentication context classes, one of which the login must have. Needs `acr` in the access token. */
  acrValues?: readonly string[];
  /** Whose token it must be: a reader's or that of an application that acts for itself. Default `reader`. */
  subject?: 'reader' | 'application' | 'any';
}

/** What an {@link AccessTokenError} is constructed from. */
export interface AccessTokenErrorInit {
  code: AccessTokenErrorCode;
  reason?: InvalidTokenReason | undefined;
  requirements?: AccessTokenRequirements | undefined;
}

const brand = Symbol.for('@sesamy-kit/server/access-token-error');

/** The only error that verification rejects with. It holds neither the token nor any of its claims. */
export class AccessTokenError extends Error {
  override readonly name = 'AccessTokenError';
  readonly code: AccessTokenErrorCode;
  /** Where the page on errors explains the code. */
  readonly docsUrl: string;
  /** Only with `invalid_token`. */
  readonly reason?: InvalidTokenReason;
  /** The requirements that are not met; only with the two `insufficient_…` codes. */
  readonly requirements?: AccessTokenRequirements;

  constructor(message: string, { code, reason, requirements }: AccessTokenErrorInit) {
    super(message);
    this.code = code;
    this.docsUrl = docsUrlOf(`access-token-${code}`);
    if (reason !== undefined) this.reason = reason;
    if (requirements !== undefined) this.requirements = requirements;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Tells an {@link AccessTokenError} from any other value, across copies of this package. */
export function isAccessTokenError(value: unknown): value is AccessTokenError {
  return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true;
}

/** A token that is not valid, and why. */
export function invalidToken(reason: InvalidTokenReason, message: string): AccessTokenError {
  return new AccessTokenError(message, { code: 'invalid_token', reason });
}
