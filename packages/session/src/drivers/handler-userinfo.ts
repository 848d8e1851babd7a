import { AuthError } from '../errors.js';
import { handlerMissing } from './handler-path.js';
import { isObject, parseJson } from '../platform/json.js';
import { isUser, type User } from '../user.js';
import { withoutProtocolClaims } from '../user/user-claims.js';

/** Requests time out after this. */
const REQUEST_TIMEOUT_MS = 10_000;

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
    const { authenticated, ...claims } = body;
    const user = withoutProtocolClaims(claims);
    return authenticated && isUser(user) ? user : null;
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
