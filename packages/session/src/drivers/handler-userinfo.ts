import { AuthError } from '../errors.js';
import { handlerMissing } from './handler-path.js';
import { isObject, parseJson } from '../platform/json.js';
import { isUser, type User } from '../user.js';

/** Requests time out after this. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Protocol claims of the ID Token, which a handler may pass on and the kit drops: a changing `exp` would look like a
 * changed user. A copy of the list in `oidc/id-token.ts`, which this mode does not load.
 */
const PROTOCOL_CLAIMS =
  /^(authenticated|iss|aud|azp|exp|iat|nbf|jti|nonce|(at|c|s)_hash|sid|auth_time|acr|amr|act)$/;

/**
 * Requests the signed-in user from the token handler; resolves to `null` if there is none.
 * @throws AuthError `network` (unreachable, 5xx, 429, not JSON), `timeout`; `invalid_configuration` for a page of HTML
 */
export async function requestUserinfo(
  authPath: string,
  send: typeof fetch = fetch,
): Promise<User | null> {
  const response = await fetchFromHandler(`${authPath}/userinfo`, send);
  const body = parseJson(await response.text().catch(() => null));
  if (response.status === 401) return null;
  if (response.ok && isObject(body) && typeof body['authenticated'] === 'boolean') {
    const claims = Object.entries(body).filter(([name]) => !PROTOCOL_CLAIMS.test(name));
    const user = Object.fromEntries(claims);
    return body['authenticated'] && isUser(user) ? user : null;
  }
  if (response.ok && /^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw handlerMissing(authPath);
  }
  throw new AuthError(
    'network',
    `The token handler responded with ${response.status} but no user. Check "authPath", or try again.`,
  );
}

/** @throws AuthError `network`, `timeout` */
async function fetchFromHandler(path: string, send: typeof fetch): Promise<Response> {
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  try {
    return await send(path, { cache: 'no-store', redirect: 'error', signal });
  } catch (cause) {
    throw new AuthError(
      signal.aborted ? 'timeout' : 'network',
      'The token handler could not be reached. Try again.',
      { cause },
    );
  }
}
