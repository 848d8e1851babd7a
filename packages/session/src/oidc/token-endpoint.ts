import { timeoutSignal } from '../platform/deadline.js';
import { AuthError } from '../errors.js';
import { isObject, parseJson, readString } from '../platform/json.js';
import { readJwt } from './jwt.js';

/** What the token endpoint granted. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** What was granted, where the server says so; it may leave out what is the same as was asked for. */
  readonly scope: string | undefined;
  /** How long the access token lives from now. */
  readonly expiresInSeconds: number;
  /** The server's clock in epoch seconds as the access token tells it, else this device's. */
  readonly serverTimeSeconds: number;
}

/** No answer within this time counts as none. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Shorter lives would make every call a refresh; a server that says so is mistaken. */
const MIN_LIFETIME_SECONDS = 10;

/** What Sesamy documents, for a server that does not say. */
const DEFAULT_LIFETIME_SECONDS = 3600;

/**
 * Asks the token endpoint. The form body and the absence of headers of our own spare the browser a preflight.
 * @throws AuthError `network` (unreachable, 5xx, 429, not JSON), `timeout`,
 * `authorization_failed` (the server refused; `oauthError` is its word)
 * @see RFC 6749 sections 4.1.3, 5 and 6
 */
export async function requestTokens(
  issuer: string,
  params: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const response = await post(`${issuer}oauth/token`, params, REQUEST_TIMEOUT_MS);
  const body = await readObject(response);
  const isRefusal = response.status >= 400 && response.status < 500 && response.status !== 429;
  if (isRefusal && body !== null) throw refused(response, body);
  const answer = response.ok && body !== null ? parseAnswer(body) : null;
  if (answer === null) throw unavailable(response, body);
  return answer;
}

async function post(
  url: string,
  params: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Response> {
  const signal = timeoutSignal(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(params),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal,
    });
    // Reading inside the time limit: a body that never ends is no answer either.
    return new Response((await response.text()) || null, response);
  } catch (error) {
    // Browsers differ in the error of a body that was cut off.
    throw signal.aborted
      ? new AuthError(
          'timeout',
          'The authorization server did not answer in time. The session is kept; try again.',
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

function parseAnswer(body: Record<string, unknown>): TokenAnswer | null {
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
    expiresInSeconds: Math.max(lifetime, MIN_LIFETIME_SECONDS),
    serverTimeSeconds: isFiniteNumber(claims['iat']) ? claims['iat'] : Date.now() / 1000,
  };
}

function readLifetime(expiresIn: unknown, claims: Readonly<Record<string, unknown>>): number {
  const said = typeof expiresIn === 'string' ? Number.parseFloat(expiresIn) : expiresIn;
  if (isFiniteNumber(said)) return said;
  const { exp, iat } = claims;
  return isFiniteNumber(exp) && isFiniteNumber(iat) ? exp - iat : DEFAULT_LIFETIME_SECONDS;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A server that is down, overloaded, or not the server at all but a captive portal. */
function unavailable(response: Response, body: Record<string, unknown> | null): AuthError {
  return new AuthError(
    'network',
    `The authorization server answered ${response.status} but not with tokens. The session is kept; try again.`,
    { retryAfterSeconds: readRetryAfter(response, body) },
  );
}

/** Sesamy's servers speak in several dialects; only `error` decides anything. */
function refused(response: Response, body: Record<string, unknown>): AuthError {
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

/** A code as RFC 6749 spells them; free text stays out of our messages. */
function readErrorCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/-]{1,64}$/.test(value) ? value : undefined;
}

function readRetryAfter(
  response: Response,
  body: Record<string, unknown> | null,
): number | undefined {
  const inner = isObject(body?.['error']) ? body['error'] : body;
  const said = response.headers.get('retry-after') ?? inner?.['retry_after'];
  if (typeof said !== 'string' && typeof said !== 'number') return undefined;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = typeof said === 'string' ? Date.parse(said) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
