import type { Driver } from './driver.js';
import { AuthError } from './errors.js';
import { otherUser } from './other-user.js';
import { readStepUp } from './step-up.js';

/**
 * Makes `session.fetch`: the platform's `fetch` for APIs that know this session. It adds what the API asks for,
 * and only for the allowed origins; a 401 is answered by one refresh and one replay. A redirect is refused, unless
 * the caller asks to follow.
 * @throws AuthError `invalid_configuration` for an origin that is not allowed, before anything is sent;
 * `login_required` with `loginOptions` when the API asks for a stronger or newer login;
 * `aborted` when another user was signed in before it could be sent;
 * what the driver throws when it cannot get credentials; `network` when the API cannot be reached.
 */
export function createApiFetch(
  driver: Pick<Driver, 'authorize' | 'recover' | 'subject'>,
  allowedOrigins: ReadonlySet<string>,
): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = createRequest(input, init);
    checkOrigin(request, allowedOrigins);
    const subject = driver.subject();
    // The copy keeps the body for a replay.
    const first = await driver.authorize(request.clone());
    checkSubject(driver, subject);
    const response = await send(first);
    if (response.status !== 401) return response;
    const stepUp = readStepUp(response.headers);
    if (stepUp !== null) throw stepUp;
    await driver.recover(first);
    const second = await driver.authorize(request);
    checkSubject(driver, subject);
    return send(second);
  };
}

function createRequest(input: RequestInfo | URL, init: RequestInit | undefined): Request {
  try {
    // An API that answers with a redirect could choose where the credentials go.
    return new Request(input, { redirect: 'error', ...init });
  } catch (cause) {
    throw new AuthError(
      'invalid_configuration',
      'session.fetch takes what fetch takes, without credentials in the URL.',
      { cause },
    );
  }
}

function checkOrigin(request: Request, allowedOrigins: ReadonlySet<string>): void {
  const { origin } = new URL(request.url);
  if (allowedOrigins.has(origin)) return;
  throw new AuthError(
    'invalid_configuration',
    `${origin} may not receive the user's credentials. Add it to "allowedOrigins" if it is yours, or use the plain fetch.`,
  );
}

/** A change that was meant for one user's account must not reach another's. */
function checkSubject(driver: Pick<Driver, 'subject'>, expected: string | undefined): void {
  if (expected !== undefined && driver.subject() !== expected) throw otherUser();
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) {
      throw new AuthError('aborted', 'The request was aborted by its caller.', { cause: error });
    }
    throw new AuthError('network', 'The API could not be reached. Try again.', { cause: error });
  }
}
