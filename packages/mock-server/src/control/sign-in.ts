import { ControlError } from './control-error.js';
import type { ServerContext } from '../context.js';
import { formRequest } from '../form-request.js';
import { routePath } from '../route-path.js';

/** The user to sign in, and the authorization request. */
export interface SignInOptions {
  /** The URL that the application would send the browser to. */
  readonly authorizationUrl: string | URL;
  /** Id of the user, such as `ada`. */
  readonly user: string;
}

/** Sends a request through the app without log and faults. */
export type InternalFetch = (request: Request) => Promise<Response>;

/**
 * Goes through the login as the user would, without the page, and returns the callback URL with
 * `code` and `state`.
 * @throws ControlError when the server rejects the request; the message has the reason.
 */
export async function signIn(
  server: ServerContext,
  fetch: InternalFetch,
  options: SignInOptions,
): Promise<string> {
  if (!server.state.users.has(options.user))
    throw new ControlError(`There is no user "${options.user}".`);
  const url = new URL(options.authorizationUrl);
  // A popup gets a page; a test needs the URL.
  if (url.searchParams.get('response_mode') !== 'fragment')
    url.searchParams.delete('response_mode');
  const toLogin = locationOf(await fetch(new Request(url)));
  if (!isLoginPage(server, toLogin)) return callbackOrThrow(toLogin);
  const page = await fetch(formRequest(toLogin, { user: options.user }));
  const toResume = locationOf(page);
  return callbackOrThrow(locationOf(await fetch(new Request(toResume))));
}

function isLoginPage(server: ServerContext, url: string): boolean {
  return routePath(server, new Request(url)).startsWith('/u/login/');
}

function callbackOrThrow(callback: string): string {
  const url = new URL(callback);
  const params = new URLSearchParams(url.hash.slice(1) || url.search);
  const error = params.get('error');
  if (error === null) return callback;
  throw new ControlError(
    `The server rejected the login: ${error}, ${params.get('error_description') ?? ''}`,
  );
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location !== null) return location;
  throw new ControlError(`The server rejected the login with status ${response.status}.`);
}
