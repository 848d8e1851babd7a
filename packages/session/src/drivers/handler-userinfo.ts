import { timeoutSignal } from '../platform/deadline.js';
import { AuthError } from '../errors.js';
import { handlerMissing } from './handler-path.js';
import { isObject, parseJson } from '../platform/json.js';
import { isUser, type User } from '../user.js';

/** No answer within this time counts as none. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * What an ID Token says of the protocol, which a handler may pass on; `exp` would make another user of each renewal.
 * A copy of the list in `oidc/id-token.ts`, which this mode does not load.
 */
const PROTOCOL_CLAIMS =
  /^(authenticated|iss|aud|azp|exp|iat|nbf|jti|nonce|(at|c|s)_hash|sid|auth_time|acr|amr|act)$/;

/**
 * Asks the token handler which user is signed in; `null` for none.
 * @throws AuthError `network` (unreachable, 5xx, 429, not JSON), `timeout`; `invalid_configuration` for a page of HTML
 */
export async function requestUserinfo(authPath: string): Promise<User | null> {
  const response = await askHandler(`${authPath}/userinfo`);
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
    `The token handler answered ${response.status} but not who is signed in. Check "authPath", or try again.`,
  );
}

/** @throws AuthError `network`, `timeout` */
async function askHandler(path: string): Promise<Response> {
  const signal = timeoutSignal(REQUEST_TIMEOUT_MS);
  try {
    return await fetch(path, { cache: 'no-store', redirect: 'error', signal });
  } catch (cause) {
    throw new AuthError(
      signal.aborted ? 'timeout' : 'network',
      'The token handler could not be reached. Try again.',
      { cause },
    );
  }
}
