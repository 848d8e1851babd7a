/**
 * Why a request is not let in. The first four are answered as RFC 6750 and RFC 9470 say.
 *
 * - `missing_token`: no credentials at all; 401 without an error code.
 * - `invalid_request`: credentials that are malformed or given twice; 400.
 * - `invalid_token`: not a token of this issuer for this API, or no longer; 401.
 * - `insufficient_scope`: a good token that does not cover the call; 403.
 * - `insufficient_user_authentication`: a good token of a login that is too old or too weak; 401.
 * - `keys_unavailable`: the issuer's keys could not be fetched, so nothing can be said; 503.
 * - `invalid_configuration`: the developer's mistake; thrown at creation.
 */
export type AccessTokenErrorCode =
  | 'missing_token'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'keys_unavailable'
  | 'invalid_configuration';

/** What a token was refused for; for logs and tests, not for the caller of the API. */
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
  | 'proof_required'
  | 'claims';

/** What a route asks of a token beyond being good. */
export interface AccessTokenRequirements {
  /** Scopes that must all be there. */
  scopes?: readonly string[] | undefined;
  /** Permissions that must all be there. */
  permissions?: readonly string[] | undefined;
  /** How long ago the user may have logged in, in seconds. */
  maxAgeSeconds?: number | undefined;
  /** Authentication contexts of which the login must have had one. */
  acrValues?: readonly string[] | undefined;
}

/** What an {@link AccessTokenError} is made of. */
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
  /** Only with `invalid_token`. */
  readonly reason?: InvalidTokenReason;
  /** What was asked for and not met; only with the two `insufficient_…` codes. */
  readonly requirements?: AccessTokenRequirements;

  constructor(message: string, { code, reason, requirements }: AccessTokenErrorInit) {
    super(message);
    this.code = code;
    if (reason !== undefined) this.reason = reason;
    if (requirements !== undefined) this.requirements = requirements;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Tells an {@link AccessTokenError} from any other value, across copies of this package. */
export function isAccessTokenError(value: unknown): value is AccessTokenError {
  return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true;
}

/** A token that is not good, and why. */
export function invalidToken(reason: InvalidTokenReason, message: string): AccessTokenError {
  return new AccessTokenError(message, { code: 'invalid_token', reason });
}

/** A developer's mistake, found at creation. */
export function misconfigured(message: string): AccessTokenError {
  return new AccessTokenError(message, { code: 'invalid_configuration' });
}
