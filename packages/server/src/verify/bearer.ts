import type { AccessToken } from './access-token.js';
import { AccessTokenError, isAccessTokenError } from './errors.js';
import type { AccessTokenErrorCode, AccessTokenRequirements } from './errors.js';
import type { AccessTokenVerifier } from './verifier.js';

/**
 * Takes the token out of an `Authorization` header.
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

/** Verifies the bearer token of a request; for any framework that has web-standard requests. */
export async function authenticate(
  request: { headers: Pick<Headers, 'get'> },
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): Promise<AccessToken> {
  return verifier.verify(bearerToken(request.headers.get('authorization')), requirements);
}

/** An answer to a request that is not let in. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: { error: string; error_description: string };
}

const statuses: Record<AccessTokenErrorCode, number> = {
  missing_token: 401,
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  insufficient_user_authentication: 401,
  keys_unavailable: 503,
  invalid_configuration: 500,
};

/**
 * What to answer to a failed {@link authenticate}: status, `WWW-Authenticate` and a JSON body. Why a token was
 * refused stays here: the caller only learns that it was. Throws on whatever is not an `AccessTokenError`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function refusalOf(error: unknown): Refusal {
  if (!isAccessTokenError(error)) throw error;
  const status = statuses[error.code];
  const description = status >= 500 ? 'The token cannot be checked at the moment.' : error.message;
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (status === 503) headers['retry-after'] = '5';
  if (status < 500) headers['www-authenticate'] = challenge(error, description);
  const code = status >= 500 ? 'temporarily_unavailable' : error.code;
  return { status, headers, body: { error: code, error_description: description } };
}

/** {@link refusalOf} as a web-standard `Response`. */
export function refusalResponse(error: unknown): Response {
  const { status, headers, body } = refusalOf(error);
  return Response.json(body, { status, headers });
}

function challenge({ code, requirements = {} }: AccessTokenError, description: string): string {
  // RFC 6750 section 3.1: a request without credentials gets no error code.
  if (code === 'missing_token') return 'Bearer';
  const { scopes = [], maxAgeSeconds, acrValues = [] } = requirements;
  const parameters: [string, string | undefined][] = [
    ['error', code],
    ['error_description', description],
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
