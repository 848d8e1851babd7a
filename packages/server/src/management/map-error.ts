import { readErrorBody } from './error-body.js';
import type { ErrorBody } from './error-body.js';
import { ManagementError } from './errors.js';
import type { ManagementErrorCode } from './errors.js';
import type { ExchangeResponse } from './exchange.js';
import { redact } from './redact.js';
import { rateWindowSeconds, retryAfterSeconds } from './retry-after.js';

/** The error of an API response, from its status and body; `audience` is what the token was requested for. */
export function apiError(
  response: ExchangeResponse,
  audience: string,
  secrets: readonly string[],
): ManagementError {
  const body = readErrorBody(response.body);
  const code = apiCode(response.status, body);
  const advice = (apiAdvice[code] ?? 'The API rejected the call.') + wrongAudience(code, audience);
  return toError(code, advice, response, body, secrets);
}

/** The error of a token endpoint response, from its status and body. */
export function tokenError(
  response: ExchangeResponse,
  audience: string,
  secrets: readonly string[],
): ManagementError {
  const body = readErrorBody(response.body);
  const code = tokenCode(response.status, body);
  const advice =
    (tokenAdvice[code] ?? 'The token endpoint rejected the request.') +
    wrongAudience(code, audience);
  return toError(code, advice, response, body, secrets);
}

/** Sesamy's documentation has a snippet with this audience, which its API does not accept. */
function wrongAudience(code: ManagementErrorCode, audience: string): string {
  const isRejected = code === 'forbidden' || code === 'unauthorized';
  return isRejected && audience.endsWith('/api/v2/')
    ? ` The audience ${redact(audience, [])} is that of Auth0's own API: use https://api.sesamy.com.`
    : '';
}

type Advice = Partial<Record<ManagementErrorCode, string>>;

const apiAdvice: Advice = {
  unauthorized:
    'The API rejected a fresh access token. Check that issuer and apiUrl belong to the same environment, that audience ' +
    'is the one of this API, and that the credentials have not been revoked.',
  forbidden:
    'The API does not allow this call. Check that the application has access to the Management API, that its scopes ' +
    'cover the call, and that the resource is part of your plan.',
  rate_limited:
    'Too many calls: the Management API allows 100 per minute. Wait as long as retryAfterSeconds says.',
  validation: 'The API rejected a value of the request. See details for the field.',
  not_found: 'There is nothing at this path. Check the id and that it belongs to your publisher.',
  conflict: 'The call conflicts with what is there already.',
  server_error: 'The API failed. Try again later; if it persists, give Sesamy the requestId.',
};

const tokenAdvice: Advice = {
  invalid_client:
    'Sesamy rejected the client credentials. Check in the dashboard that client id and secret are copied whole and ' +
    'without white space, that they have not been revoked, that the application is active, and that issuer is the ' +
    'environment (development or production) they were made in.',
  forbidden:
    'Sesamy issues no token for this to the application. Check audience (Sesamy documents ' +
    'https://api.sesamy.com, not the /api/v2/ of Auth0), scope, and that the application is of the type Management API.',
  rate_limited: 'Too many token requests. Share tokens between processes by the cache option.',
  validation: 'The token endpoint did not understand the request. Check audience and scope.',
  not_found: 'There is no token endpoint at this address. Check issuer or domain.',
  server_error: 'The token endpoint failed. Try again later; if it persists, contact Sesamy.',
};

function apiCode(status: number, body: ErrorBody): ManagementErrorCode {
  // Documented as a possible form of the rate limit.
  if (body.code === 'rate_limit_exceeded' || status === 429) return 'rate_limited';
  if (status === 400 || status === 422) return 'validation';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  return status >= 500 ? 'server_error' : 'unexpected_response';
}

function tokenCode(status: number, { code }: ErrorBody): ManagementErrorCode {
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'server_error';
  if (code === 'invalid_client') return 'invalid_client';
  if (code === 'access_denied' || code === 'unauthorized_client' || code === 'invalid_scope')
    return 'forbidden';
  // The engine responds with 403 and a bare message where RFC 6749 requires 401 invalid_client.
  if (status === 401 || status === 403) return 'invalid_client';
  if (status === 404) return 'not_found';
  return status === 400 || status === 422 ? 'validation' : 'unexpected_response';
}

function toError(
  code: ManagementErrorCode,
  advice: string,
  response: ExchangeResponse,
  body: ErrorBody,
  secrets: readonly string[],
): ManagementError {
  const { status, headers } = response;
  const words = redact(body.text ?? body.code ?? '', secrets).trim();
  const details = body.details?.map(({ field, reason }) => ({
    field: redact(field, secrets),
    ...(reason === undefined ? {} : { reason: redact(reason, secrets) }),
  }));
  const requested = retryAfterSeconds(response, body.retryAfterSeconds);
  const isTooLong =
    code === 'rate_limited' && requested !== undefined && requested > rateWindowSeconds;
  const note = isTooLong
    ? ` The server requested ${Math.ceil(requested)} s, which is more than its window of ${rateWindowSeconds} s; ` +
      'retryAfterSeconds is capped at the window.'
    : '';
  const requestId = body.requestId ?? headers.get('x-request-id') ?? undefined;
  return new ManagementError(`${advice}${note} (${status}${words === '' ? '' : `: ${words}`})`, {
    code,
    status,
    requestId: requestId === undefined ? undefined : redact(requestId, secrets),
    retryAfterSeconds: isTooLong ? rateWindowSeconds : requested,
    requestedRetryAfterSeconds: isTooLong ? requested : undefined,
    serverCode: body.code === undefined ? undefined : redact(body.code, secrets),
    details,
  });
}
