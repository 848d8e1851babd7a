import type { Driver } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { userChanged } from './user-changed.js';
import { readStepUp } from '../login/step-up.js';
import type { Session } from '../session.js';

/** Sends a request as it is. */
export type PlatformFetch = (request: Request) => Promise<Response>;

/** After a futile renewal, an origin triggers no other for this long: about the lifetime of a token. */
const HOLD_OFF_MS = 3_600_000;

/**
 * Creates `session.fetch`: the platform's `fetch` with the user's credentials, for the allowed origins only. After a 401
 * it renews the credentials once and retries the request, unless that cannot help or has not helped this origin. A
 * redirect is refused, unless the caller sets `redirect`. With `auth: 'optional'` and without a user it sends the request
 * without credentials.
 * @throws AuthError `invalid_configuration` for an origin that is not allowed, before anything is sent, and for an API
 * that redirects; `login_required` with `loginOptions` when the API requires a stronger or newer login; `user_changed`
 * when another user signed in before the request was sent; `network` when the API is unreachable; what the driver throws
 */
export function createApiFetch(
  driver: Pick<Driver, 'authorize' | 'recover' | 'subject'>,
  allowedOrigins: ReadonlySet<string>,
  platformFetch: PlatformFetch = (request) => fetch(request),
): Session['fetch'] {
  /** Until when a 401 of an origin triggers no renewal. */
  const heldOffUntil = new Map<string, number>();

  return async (input, init) => {
    const { request, maySeeRedirect } = createRequest(input, init);
    const { origin } = new URL(request.url);
    checkOrigin(origin, allowedOrigins);
    const subject = init?.forUser ?? driver.subject();
    const sendAnonymously = (): Promise<Response> =>
      send(new Request(request, { credentials: 'omit' }), maySeeRedirect, platformFetch);
    const isOptional = init?.auth === 'optional';
    // The copy keeps the body for a replay.
    const first = await unlessSignedOut(driver.authorize(request.clone()), isOptional);
    if (first === null) return sendAnonymously();
    checkSubject(driver, subject);
    const response = await send(first, maySeeRedirect, platformFetch);
    if (response.status !== 401) return response;
    const stepUp = readStepUp(response.headers);
    if (stepUp !== null) throw stepUp;
    if (performance.now() < (heldOffUntil.get(origin) ?? 0)) return response;
    const recovery = await unlessSignedOut(driver.recover(first), isOptional);
    if (recovery === 'none') return response;
    const second = recovery && (await unlessSignedOut(driver.authorize(request), isOptional));
    if (second === null) return sendAnonymously();
    checkSubject(driver, subject);
    const retried = await send(second, maySeeRedirect, platformFetch);
    const isFutile = retried.status === 401 && recovery === 'renewed';
    if (isFutile) heldOffUntil.set(origin, performance.now() + HOLD_OFF_MS);
    return retried;
  };
}

/** Resolves to `null` if no user is signed in and the call does not need one. */
async function unlessSignedOut<Result>(
  credentials: Promise<Result>,
  isOptional: boolean,
): Promise<Result | null> {
  try {
    return await credentials;
  } catch (error) {
    if (isOptional && isAuthError(error) && error.code === 'login_required') return null;
    throw error;
  }
}

/** A request, and whether its caller has set `redirect`. */
interface WantedRequest {
  readonly request: Request;
  readonly maySeeRedirect: boolean;
}

function createRequest(input: RequestInfo | URL, init: RequestInit | undefined): WantedRequest {
  // A request without the option has `follow`.
  const inherited =
    input instanceof Request && input.redirect !== 'follow' ? input.redirect : undefined;
  const redirect = init?.redirect ?? inherited;
  try {
    // A redirect would let the API choose where the credentials go.
    const request = new Request(input, { ...init, redirect: redirect ?? 'manual' });
    return { request, maySeeRedirect: redirect !== undefined };
  } catch (cause) {
    throw new AuthError(
      'invalid_configuration',
      'session.fetch takes the arguments of fetch, without credentials in the URL.',
      { cause },
    );
  }
}

/** @throws AuthError `invalid_configuration` for a redirect that the caller does not expect */
function checkRedirect(response: Response, origin: string): void {
  const isRedirect =
    response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(response.status);
  if (!isRedirect) return;
  throw new AuthError(
    'invalid_configuration',
    `${origin} responded with a redirect, which session.fetch does not follow. Check the URL for http, a trailing slash and the host, or pass redirect: 'follow' if the API may choose where the request goes.`,
  );
}

function checkOrigin(origin: string, allowedOrigins: ReadonlySet<string>): void {
  if (allowedOrigins.has(origin)) return;
  throw new AuthError(
    'invalid_configuration',
    `${origin} may not receive the user's credentials. Add it to "allowedOrigins" if it is yours, or use the plain fetch.`,
  );
}

/** Checks the user, so that a request meant for one user's account is not sent for another's. */
function checkSubject(driver: Pick<Driver, 'subject'>, expected: string | undefined): void {
  if (expected !== undefined && driver.subject() !== expected) throw userChanged();
}

async function send(
  request: Request,
  maySeeRedirect: boolean,
  platformFetch: PlatformFetch,
): Promise<Response> {
  const response = await sendRequest(request, platformFetch);
  if (!maySeeRedirect) checkRedirect(response, new URL(request.url).origin);
  return response;
}

async function sendRequest(request: Request, platformFetch: PlatformFetch): Promise<Response> {
  try {
    return await platformFetch(request);
  } catch (error) {
    if (request.signal.aborted) {
      throw new AuthError('aborted', 'The request was aborted by its caller.', { cause: error });
    }
    throw new AuthError('network', 'The API could not be reached. Try again.', { cause: error });
  }
}
