import type { PlatformFetch } from '../api/api-fetch.js';
import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { abortable } from '../platform/abortable.js';
import { isObject, parseJson } from '../platform/json.js';
import type { User } from '../user.js';

/**
 * Responds to a request of `session.fetch`; `undefined` leaves it to the test session. The request has the credentials
 * that a real one would have. A function that throws is an API that cannot be reached.
 */
export type Respond = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** What a test session's requests come to. */
export interface TestResponses {
  /**
   * Responds to the requests of `session.fetch`, `fetchJson` and `fetchUserInfo`, before the session's own responses.
   * Also takes the `fetch` of a server in process, or MSW's `(request) => getResponse(handlers, request)`.
   */
  readonly respond?: Respond | undefined;
  /**
   * The user's profile in Sesamy's API, which `useProfile` reads and `useUpdateProfile` changes. The fields that every
   * profile has are filled in. Default: requests for it need a `respond`.
   */
  readonly profile?: object | undefined;
}

/** When a profile was created and changed that does not say. */
const SOME_INSTANT = '2026-01-01T00:00:00.000Z';

/** Creates the `fetch` of a test session, which sends nothing to the network. */
export function createTestApi(
  { mode, issuer, authPath, apiUrl }: SessionConfig,
  { respond, profile }: TestResponses,
  readUser: () => User | undefined,
): PlatformFetch {
  const userInfoUrl = resolveUrl(
    mode === 'token-handler' ? `${authPath}/userinfo` : `${issuer}userinfo`,
  );
  const profileUrl = resolveUrl(`${apiUrl}/client/v1/profile`);
  let changes = {};

  async function respondFor(request: Request): Promise<Response> {
    const response = await respond?.(request.clone());
    return response ?? (await respondByDefault(request)) ?? missing(request);
  }

  async function respondByDefault(request: Request): Promise<Response | undefined> {
    const user = readUser();
    if (user === undefined) return undefined;
    if (request.url === userInfoUrl) return Response.json(user);
    if (request.url !== profileUrl || profile === undefined) return undefined;
    if (request.method === 'PATCH') {
      const patch = parseJson(await request.text());
      changes = { ...changes, ...(isObject(patch) && patch) };
    } else if (request.method !== 'GET') return undefined;
    const { sub: userId, email } = user;
    const defaults = { userId, email, createdAt: SOME_INSTANT, updatedAt: SOME_INSTANT };
    return Response.json({ ...defaults, ...profile, ...changes });
  }

  return async (request) => {
    const response = await abortable(respondFor(request), request.signal);
    // What the platform's fetch rejects with.
    if (response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  };

  function missing({ method, url }: Request): never {
    const isProfile = url === profileUrl;
    const { origin, pathname } = new URL(url);
    throw new AuthError(
      'invalid_configuration',
      `The test session has no response to ${method} ${origin}${pathname}. Pass it ${isProfile ? '"profile", or ' : ''}"respond", a function from a Request to a Response.`,
    );
  }
}

/** Resolves a URL against the page, if there is one. */
export function resolveUrl(url: string): string {
  const hasPage = typeof location !== 'undefined' && location.origin !== 'null';
  return new URL(url, hasPage ? location.href : 'http://localhost/').href;
}
