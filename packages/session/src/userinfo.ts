import { AuthError } from './errors.js';
import { parseJson } from './json.js';
import { isUser, type User } from './user.js';

/** No answer within this time counts as none. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Asks the token handler who is signed in; `null` for nobody.
 * @throws AuthError `network` (unreachable, 5xx, 429, not JSON), `timeout`
 */
export async function requestUserinfo(authPath: string): Promise<User | null> {
  const response = await askHandler(`${authPath}/userinfo`, REQUEST_TIMEOUT_MS);
  const body = parseJson(await response.text().catch(() => null));
  if (response.status === 401) return null;
  if (response.ok && isUserinfo(body)) {
    const { authenticated, ...user } = body;
    return authenticated && isUser(user) ? user : null;
  }
  throw new AuthError(
    'network',
    `The token handler answered ${response.status} but not who is signed in. The session is kept; check "authPath", or try again.`,
  );
}

/**
 * Asks the token handler on the page's own origin.
 * @throws AuthError `network`, `timeout`
 */
export async function askHandler(
  path: string,
  timeoutMs: number,
  init: RequestInit = {},
): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(path, { ...init, cache: 'no-store', redirect: 'error', signal });
  } catch (cause) {
    throw new AuthError(
      signal.aborted ? 'timeout' : 'network',
      'The token handler could not be reached. The session is kept; try again.',
      { cause },
    );
  }
}

function isUserinfo(body: unknown): body is { readonly authenticated: boolean } {
  return typeof body === 'object' && body !== null && 'authenticated' in body;
}
