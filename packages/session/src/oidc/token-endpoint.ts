import { AuthError, isAuthError } from '../errors.js';
import { readErrorCode } from '../platform/error-code.js';
import { isObject, parseJson, readString } from '../platform/json.js';
import { readRetryAfter } from '../platform/retry-after.js';
import { readJwt } from './jwt.js';

/** A response of the token endpoint. */
export interface TokenResponse {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** The granted scope; the server may omit it if it is the requested one. */
  readonly scope: string | undefined;
  /** When the request was sent, in epoch milliseconds. */
  readonly requestedAt: number;
  /** The lifetime of the access token from now. */
  readonly expiresInSeconds: number;
  /** The server's clock in epoch seconds, from the access token's `iat`, else this device's. */
  readonly serverTimeSeconds: number;
}

/** Requests time out after this. */
const REQUEST_TIMEOUT_MS = 10_000;

/** A shorter lifetime would make every call a refresh, and is taken for a mistake. */
const MIN_LIFETIME_SECONDS = 10;

/** The lifetime that Sesamy documents, for a server that sends none. */
const DEFAULT_LIFETIME_SECONDS = 3600;

/**
 * Requests tokens from the token endpoint. A form body without custom headers needs no CORS preflight.
 * @throws AuthError `network` (unreachable, 5xx, 429, not JSON), `timeout`,
 * `authorization_failed` (the server refused; see `oauthError`)
 * @see RFC 6749 sections 4.1.3, 5 and 6
 */
export async function requestTokens(
  issuer: string,
  params: Readonly<Record<string, string>>,
  send: typeof fetch = fetch,
): Promise<TokenResponse> {
  const requestedAt = Date.now();
  const response = await post(`${issuer}oauth/token`, params, send);
  const body = await readObject(response);
  const isRefusal = response.status >= 400 && response.status < 500 && response.status !== 429;
  if (isRefusal && body !== null) throw requestRefused(response, body);
  const tokens = response.ok && body !== null ? parseTokens(body, requestedAt) : null;
  if (tokens === null) throw serverUnavailable(response, body);
  return tokens;
}

async function post(
  url: string,
  params: Readonly<Record<string, string>>,
  send: typeof fetch,
): Promise<Response> {
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    const response = await send(url, {
      method: 'POST',
      body: new URLSearchParams(params),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal,
    });
    // The body is read within the time limit, since it may never end.
    return new Response((await response.text()) || null, response);
  } catch (error) {
    // Browsers throw different errors for a truncated body.
    throw signal.aborted
      ? new AuthError(
          'timeout',
          'The authorization server did not respond in time. The session is kept; try again.',
          { cause: error },
        )
      : new AuthError(
          'network',
          'The authorization server could not be reached. The session is kept; try again.',
          { cause: error },
        );
  }
}

async function readObject(response: Response): Promise<Record<string, unknown> | null> {
  const value = parseJson(await response.text());
  return isObject(value) ? value : null;
}

function parseTokens(body: Record<string, unknown>, requestedAt: number): TokenResponse | null {
  const { access_token: accessToken, token_type: tokenType } = body;
  if (typeof accessToken !== 'string' || accessToken === '') return null;
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') return null;
  const claims = readJwt(accessToken)?.claims ?? {};
  const lifetime = readLifetime(body['expires_in'], claims);
  return {
    accessToken,
    idToken: readString(body['id_token']),
    refreshToken: readString(body['refresh_token']),
    scope: readString(body['scope']),
    requestedAt,
    expiresInSeconds: Math.max(lifetime, MIN_LIFETIME_SECONDS),
    serverTimeSeconds: isFiniteNumber(claims['iat']) ? claims['iat'] : Date.now() / 1000,
  };
}

function readLifetime(expiresIn: unknown, claims: Readonly<Record<string, unknown>>): number {
  const lifetime = typeof expiresIn === 'string' ? Number.parseFloat(expiresIn) : expiresIn;
  if (isFiniteNumber(lifetime)) return lifetime;
  const { exp, iat } = claims;
  return isFiniteNumber(exp) && isFiniteNumber(iat) ? exp - iat : DEFAULT_LIFETIME_SECONDS;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Returns the error for a server that is down or overloaded, or for a captive portal. */
function serverUnavailable(response: Response, body: Record<string, unknown> | null): AuthError {
  return new AuthError(
    'network',
    `The authorization server responded with ${response.status} but no tokens. The session is kept; try again.`,
    { retryAfterSeconds: readRetryAfter(response, body) },
  );
}

/** Returns the error for a refusal. Sesamy's servers use several error formats; only `error` has an effect. */
function requestRefused(response: Response, body: Record<string, unknown>): AuthError {
  const oauthError = readErrorCode(body['error']);
  const nested = isObject(body['error']) ? readString(body['error']['message']) : undefined;
  return new AuthError(
    'authorization_failed',
    `The authorization server refused (${response.status}${oauthError === undefined ? '' : `, ${oauthError}`}), see oauthErrorDescription.`,
    {
      oauthError,
      oauthErrorDescription:
        readString(body['error_description']) ?? nested ?? readString(body['message']),
    },
  );
}

/** The longest `Retry-After` that is respected. */
const MAX_HOLD_OFF_SECONDS = 300;

/** Wraps a request so that it respects the server's `Retry-After`: until then it rejects with the last error. */
export function withRetryAfter<Grant>(
  request: (grant: Grant) => Promise<Grant>,
): (grant: Grant) => Promise<Grant> {
  let heldOffUntil = 0;
  let reason: unknown;
  return async (grant) => {
    if (performance.now() < heldOffUntil) throw reason;
    try {
      return await request(grant);
    } catch (error) {
      const seconds = isAuthError(error) ? (error.retryAfterSeconds ?? 0) : 0;
      heldOffUntil = performance.now() + Math.min(seconds, MAX_HOLD_OFF_SECONDS) * 1000;
      reason = error;
      throw error;
    }
  };
}
