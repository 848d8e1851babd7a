import type { AccessToken } from './access-token.js';
import { AccessTokenError, isAccessTokenError } from './errors.js';
import type { AccessTokenErrorCode, AccessTokenRequirements } from './errors.js';
import type { AccessTokenVerifier } from './verifier.js';

/**
 * Reads the token from an `Authorization` header.
 *
 * @throws AccessTokenError `missing_token`, `invalid_request`.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearerToken(authorization: string | null | undefined): string {
  if (authorization === null || authorization === undefined || !/^bearer\b/i.test(authorization)) {
    throw new AccessTokenError('The request carries no bearer token.', { code: 'missing_token' });
  }
  const [, token] = /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization) ?? [];
  if (token !== undefined) return token;
  throw new AccessTokenError('The Authorization header is not of the form "Bearer TOKEN".', {
    code: 'invalid_request',
  });
}

/** A web-standard request, or one of Node: Express, Fastify, Koa and plain `node:http`. */
export interface RequestWithHeaders {
  headers: Pick<Headers, 'get'> | { authorization?: string | undefined };
}

/**
 * Verifies the bearer token of a request, in any framework.
 *
 * @throws AccessTokenError; {@link refusalOf} and {@link refusalResponse} turn it into a response.
 */
export async function authenticate(
  { headers }: RequestWithHeaders,
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): Promise<AccessToken> {
  const authorization = isHeaders(headers) ? headers.get('authorization') : headers.authorization;
  return verifier.verify(bearerToken(authorization), requirements);
}

function isHeaders(headers: RequestWithHeaders['headers']): headers is Pick<Headers, 'get'> {
  return 'get' in headers && typeof headers.get === 'function';
}

/** The response to a rejected request. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: { error: string; error_description: string };
}

const statuses: Record<Exclude<AccessTokenErrorCode, 'invalid_configuration'>, number> = {
  missing_token: 401,
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  insufficient_user_authentication: 401,
  keys_unavailable: 503,
};

/**
 * The response to a failed {@link authenticate}: status, `WWW-Authenticate` and a JSON body. It does not say why
 * a token was rejected.
 *
 * @throws `error` itself when it is not about the request: everything other than an `AccessTokenError`, and
 * `invalid_configuration`, which belongs in your log.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function refusalOf(error: unknown): Refusal {
  if (!isAccessTokenError(error) || error.code === 'invalid_configuration') throw error;
  const status = statuses[error.code];
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (error.code === 'keys_unavailable') {
    headers['retry-after'] = '5';
    const description = 'The token cannot be checked at the moment.';
    return {
      status,
      headers,
      body: { error: 'temporarily_unavailable', error_description: description },
    };
  }
  headers['www-authenticate'] = challenge(error);
  return { status, headers, body: { error: error.code, error_description: error.message } };
}

/**
 * {@link refusalOf} as a web-standard `Response`.
 *
 * @throws `error` itself when it is not about the request, as {@link refusalOf} does.
 */
export function refusalResponse(error: unknown): Response {
  const { status, headers, body } = refusalOf(error);
  return Response.json(body, { status, headers });
}

function challenge({ code, message, requirements = {} }: AccessTokenError): string {
  // RFC 6750 section 3.1: a request without credentials gets no error code.
  if (code === 'missing_token') return 'Bearer';
  const { scopes = [], maxAgeSeconds, acrValues = [] } = requirements;
  const parameters: [string, string | undefined][] = [
    ['error', code],
    ['error_description', message],
    ['scope', code === 'insufficient_scope' && scopes.length > 0 ? scopes.join(' ') : undefined],
    [
      'max_age',
      code === 'insufficient_user_authentication' ? maxAgeSeconds?.toString() : undefined,
    ],
    [
      'acr_values',
      code === 'insufficient_user_authentication' && acrValues.length > 0
        ? acrValues.join(' ')
        : undefined,
    ],
  ];
  const given = parameters.filter(([, value]) => value !== undefined);
  return `Bearer ${given.map(([name, value]) => `${name}="${quotable(value ?? '')}"`).join(', ')}`;
}

/** RFC 6750 allows no quotes, backslashes or control characters in these values. */
function quotable(value: string): string {
  return value.replace(/[^\x20-\x7e]|["\\]/g, '');
}
