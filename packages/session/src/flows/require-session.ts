import type { LoginOptions } from '../login/login-options.js';
import { AuthError, isAuthError } from '../errors.js';
import type { Session } from '../session.js';
import type { RegisteredUser } from '../user/register.js';

/**
 * The page that a loader loads: the argument of a React Router `loader` (`{ request }`) or of a TanStack Router
 * `beforeLoad` or `loader` (`{ location, preload }`), a `Request`, or a URL of the app. The request of React Router's hash
 * router lacks the `#`: pass the URL, as in `` `${location.pathname}#${path}` ``.
 */
export type GuardedPage =
  | string
  | URL
  | Request
  | { readonly request: Request }
  | { readonly location: RouterLocation; readonly preload?: boolean; readonly cause?: string };

/** A location of TanStack Router. `publicHref` is the URL in the address bar. */
export interface RouterLocation {
  readonly href: string;
  readonly publicHref?: string;
}

/** The errors already thrown to a loader. */
const thrown = new WeakSet<AuthError>();

/**
 * Guards a loader of a data router: resolves to the signed-in user, or redirects to the login, which returns to `page`,
 * and never resolves. It does not redirect while the router preloads.
 *
 * After a failed login or a logout it throws to the router's error element, so that it cannot loop. An error that no
 * longer matters is not thrown to the next loader: an abandoned login (`aborted`, `popup_closed`, `popup_blocked`) or a
 * network failure that was thrown before. Others stay until the next login or `session.dismissError()`.
 *
 * @param page the loader's argument. Default: the page in the address bar, which is not the one being loaded
 * @param loginOptions options of the login; their `returnTo` overrides `page`
 * @throws AuthError the error of the failed login; `login_required` after a logout and while preloading;
 * `login_loop`, `storage_unavailable`, `not_top_level`
 */
export async function requireSession(
  session: Session,
  page?: GuardedPage,
  loginOptions: LoginOptions = {},
): Promise<RegisteredUser> {
  await session.start();
  const state = session.getSnapshot();
  if (state.status === 'authenticated') return state.user;
  if (isPreload(page)) throw loginRequired();
  const error = state.status === 'unauthenticated' ? state.error : null;
  if (error !== null) {
    if (!isPast(error)) throw remember(error);
    session.dismissError();
  }
  const isPopupOpen = state.status === 'authenticating' && state.via === 'popup';
  if (isPopupOpen || state.status === 'logging-out') throw loginRequired();
  const returnTo = addressOf(page);
  try {
    return await session.loginWithRedirect({
      returnTo,
      guardedPage: returnTo,
      ...loginOptions,
      isAutomatic: true,
    });
  } catch (caught) {
    throw remember(caught);
  }
}

function isPreload(page: GuardedPage | undefined): boolean {
  return (
    typeof page === 'object' &&
    'location' in page &&
    (page.preload === true || page.cause === 'preload')
  );
}

function addressOf(page: GuardedPage | undefined): string | undefined {
  if (page === undefined || typeof page === 'string') return page;
  if ('location' in page) return page.location.publicHref ?? page.location.href;
  if ('request' in page) return page.request.url;
  return page instanceof URL ? page.href : page.url;
}

function isPast(error: AuthError): boolean {
  // A login loop is detected again if it continues.
  const isAbandoned = /^(aborted|popup_\w+|login_loop)$/.test(error.code);
  return isAbandoned || (error.retryable && thrown.has(error));
}

function remember(error: unknown): unknown {
  if (isAuthError(error)) thrown.add(error);
  return error;
}

function loginRequired(): AuthError {
  return new AuthError('login_required', 'No user is signed in. Log in first.');
}
