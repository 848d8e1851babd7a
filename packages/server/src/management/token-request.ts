import { isObject } from './error-body.js';
import { ManagementError } from './errors.js';
import { exchange } from './exchange.js';
import type { ExchangeResponse } from './exchange.js';
import { notify, observed, requestEvent } from './hooks.js';
import type { RequestEvent } from './hooks.js';
import { tokenError } from './map-error.js';
import type { ResolvedOptions } from './options.js';
import { withRetries } from './retry.js';
import type { TokenRecord } from './token.js';

/** Assumed where the response has no `expires_in`; the 401 of a token that expires sooner is handled anyway. */
const defaultLifeSeconds = 300;

/**
 * Requests an access token by client credentials. Always as a form: Sesamy's production rejects JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export async function requestToken(options: ResolvedOptions): Promise<TokenRecord> {
  const { clientId, clientSecret, audience, scope, tokenUrl, hooks } = options;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience,
    ...(scope === undefined ? {} : { scope }),
  });
  const request = {
    url: tokenUrl,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    timeoutMs: options.timeoutMs,
    secrets: [clientSecret],
  };
  let attempt = 0;
  const eventOf = (): RequestEvent => requestEvent('token', request, attempt);
  const send = (): Promise<ExchangeResponse> => {
    attempt += 1;
    return observed(hooks, eventOf, request.secrets, async () => {
      const response = await exchange(options.fetch, request);
      if (response.status !== 200) throw tokenError(response, audience, request.secrets);
      return response;
    });
  };
  const response = await withRetries(options, send, {
    onRetry: (error, delayMs) => notify(hooks.onRetry, { ...eventOf(), delayMs, error }),
  });
  return readToken(response, tokenUrl);
}

function readToken({ status, body }: ExchangeResponse, tokenUrl: string): TokenRecord {
  const accessToken = isObject(body) ? body['access_token'] : undefined;
  const tokenType = isObject(body) ? body['token_type'] : undefined;
  if (typeof accessToken !== 'string' || accessToken === '') {
    const message = `${tokenUrl} responded without an access token. Check that issuer names Sesamy's token host.`;
    throw new ManagementError(message, { code: 'unexpected_response', status });
  }
  if (typeof tokenType === 'string' && tokenType.toLowerCase() !== 'bearer') {
    const message = `${tokenUrl} responded with a token that is no bearer token, which this client cannot use.`;
    throw new ManagementError(message, { code: 'unexpected_response', status });
  }
  const lifeSeconds = Number(
    isObject(body) ? (body['expires_in'] ?? defaultLifeSeconds) : defaultLifeSeconds,
  );
  const usableSeconds = Number.isFinite(lifeSeconds)
    ? Math.max(0, lifeSeconds)
    : defaultLifeSeconds;
  return { accessToken, expiresAt: Date.now() + usableSeconds * 1000 };
}
