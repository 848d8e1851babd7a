import { AuthError } from '../errors.js';
import type { User } from '../user.js';
import { withoutProtocolClaims } from '../user/user-claims.js';
import type { Authentication } from '../tokens/token-record.js';
import { readJwt, type Jwt } from './jwt.js';

/** The expected values of an ID Token. */
export interface IdTokenExpectation {
  readonly issuer: string;
  readonly clientId: string;
  /** Epoch seconds on the server's clock. */
  readonly serverTimeSeconds: number;
  /** The nonce of the login; a refresh has none. */
  readonly nonce?: string | undefined;
  /** The subject of the session being refreshed. */
  readonly subject?: string | undefined;
  /** The requested organization. */
  readonly organization?: string | undefined;
  /** The maximum age of the authentication, if the login requested one. */
  readonly maxAgeSeconds?: number | undefined;
}

/** The tolerated difference between the clocks of an issuer's servers. */
const LEEWAY_SECONDS = 300;

/** Asymmetric algorithms only: `none` and shared secrets are not accepted. */
const SIGNED = /^(?:(?:RS|PS|ES)(?:256|384|512)|EdDSA|Ed25519)$/;

/**
 * Verifies the claims of an ID Token and returns its user. The signature is not checked: the token comes straight from
 * the token endpoint over TLS (OpenID Connect Core 1.0 section 3.1.3.7 item 6).
 * @throws AuthError `callback_rejected`; the message names the claim, never its value
 */
export function verifyIdToken(idToken: string, expected: IdTokenExpectation): User {
  const token = readJwt(idToken);
  if (token === null) throw idTokenRejected('it is not a JSON Web Token');
  const failure = findFailure(token, expected);
  if (failure !== null) throw idTokenRejected(failure);
  const { sub } = token.claims;
  if (typeof sub !== 'string' || sub === '') throw idTokenRejected('its "sub" is missing');
  if (expected.subject !== undefined && sub !== expected.subject) {
    throw idTokenRejected('its "sub" names another user than the session');
  }
  return { ...withoutProtocolClaims(token.claims), sub };
}

/**
 * Reads how and when the user authenticated, from a token that was verified.
 * @param serverTimeSeconds the time of the token response on the server's clock, which may differ from this device's
 */
export function readAuthentication(idToken: string, serverTimeSeconds: number): Authentication {
  const { acr, amr, auth_time: authTime } = readJwt(idToken)?.claims ?? {};
  return {
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: amr.filter((method) => typeof method === 'string') }),
    ...(isInstant(authTime) && {
      authTime: Math.round(Date.now() - (serverTimeSeconds - authTime) * 1000),
    }),
  };
}

function findFailure({ header, claims }: Jwt, expected: IdTokenExpectation): string | null {
  const { iss, aud, azp, exp, iat, nonce } = claims;
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (typeof header['alg'] !== 'string' || !SIGNED.test(header['alg'])) {
    return 'its "alg" is not an asymmetric signature';
  }
  if (iss !== expected.issuer) return 'its "iss" is not the configured issuer';
  if (!audiences.includes(expected.clientId)) return 'its "aud" does not name this client';
  if (audiences.length > 1 && azp === undefined) return 'it has several "aud" and no "azp"';
  if (azp !== undefined && azp !== expected.clientId) return 'its "azp" names another client';
  if (!isInstant(exp)) return 'its "exp" is missing';
  if (!isInstant(iat)) return 'its "iat" is missing';
  const now = expected.serverTimeSeconds;
  if (exp <= iat || exp <= now - LEEWAY_SECONDS) return 'its "exp" is over';
  if (Math.abs(iat - now) > LEEWAY_SECONDS) return 'its "iat" is not now';
  if (expected.nonce !== undefined && nonce !== expected.nonce) {
    return 'its "nonce" is not that of this login';
  }
  if (expected.organization !== undefined && claims['org_id'] !== expected.organization) {
    return 'its "org_id" is not the requested organization';
  }
  if (expected.maxAgeSeconds === undefined) return null;
  const { auth_time: authTime } = claims;
  if (!isInstant(authTime)) return 'its "auth_time" is missing';
  return now - authTime > expected.maxAgeSeconds + LEEWAY_SECONDS
    ? 'its "auth_time" is older than requested'
    : null;
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function idTokenRejected(failure: string): AuthError {
  return new AuthError(
    'callback_rejected',
    `The ID Token was rejected: ${failure}. Log in again, or check "issuer" and "clientId".`,
  );
}
