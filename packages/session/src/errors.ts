import { withLink } from '#error-link';
import type { LoginOptions } from './login/login-options.js';

/**
 * The error code, to `switch` on.
 *
 * - `invalid_configuration`: a mistake in the app's code or set-up; the message names the fix.
 * - `authorization_failed`: the authorization server refused; see `oauthError`.
 * - `callback_rejected`: the server's response failed a check (`state`, `nonce`, `iss`, ID Token claims).
 * - `claims_rejected`: the user's claims do not match the option `userSchema`; see `claims`.
 * - `login_required`: there is no session, or the server refused to refresh it.
 * - `popup_blocked`, `popup_closed`: the login window did not open, or the user closed it.
 * - `chunk_load_failed`: code of this build could not be loaded; the app was probably updated, so a reload helps.
 * - `login_loop`: two automatic logins within a minute in this tab did not succeed, so a third was not started.
 * - `storage_unavailable`: the browser keeps nothing for this page that survives a redirect.
 * - `network`: unreachable, 5xx, 429 or not JSON; the session is kept.
 * - `timeout`: a lock, popup, iframe or request timed out; the session is kept.
 * - `not_top_level`: the page is in a frame of another origin, where a redirect login would be blocked.
 * - `user_changed`: the call was for a user who is no longer signed in; another one is. Nothing was sent for them.
 * - `aborted`: by the caller's signal, by `cancelLogin`, or by a return to the page before it unloaded.
 */
export type AuthErrorCode =
  | 'invalid_configuration'
  | 'authorization_failed'
  | 'callback_rejected'
  | 'claims_rejected'
  | 'login_required'
  | 'popup_blocked'
  | 'popup_closed'
  | 'chunk_load_failed'
  | 'login_loop'
  | 'storage_unavailable'
  | 'not_top_level'
  | 'network'
  | 'timeout'
  | 'user_changed'
  | 'aborted';

/** Additional details of an {@link AuthError}. */
export interface AuthErrorDetails {
  /** The error that was caught. */
  readonly cause?: unknown;
  /** The server's `error`, e.g. `access_denied`. */
  readonly oauthError?: string | undefined;
  /** The server's `error_description`; never part of `message`. */
  readonly oauthErrorDescription?: string | undefined;
  /** The server's `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
  /** The login options that the API requires. */
  readonly loginOptions?: LoginOptions | undefined;
  /** The names of the claims that do not match the `userSchema`. */
  readonly claims?: readonly string[] | undefined;
}

/**
 * The error that the session's promises reject with.
 * `message` says what happened, what was expected and what to do; in development it ends with a link to the code's
 * section of the page on errors. It contains no token, code or e-mail address.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  /** The error code. */
  declare readonly code: AuthErrorCode;
  /** The server's `error`, if any. @see RFC 6749 section 5.2 */
  declare readonly oauthError: string | undefined;
  /** The server's `error_description`. Untrusted text: display it with care. */
  declare readonly oauthErrorDescription: string | undefined;
  /** Seconds to wait before a retry, if the server sent them. */
  declare readonly retryAfterSeconds: number | undefined;
  /** The options to log in with when an API requires a stronger or newer login. @see RFC 9470 */
  declare readonly loginOptions: LoginOptions | undefined;
  /** The names of the claims that do not match the `userSchema`, as `address.country`. */
  declare readonly claims: readonly string[] | undefined;

  constructor(code: AuthErrorCode, message: string, details?: AuthErrorDetails) {
    super(withLink?.(message, code) ?? message, details);
    Object.assign(this, { code }, details);
  }

  /** Whether a retry of the same call may succeed. */
  get retryable(): boolean {
    return this.code === 'network' || this.code === 'timeout';
  }
}

/** Whether the value is an {@link AuthError}, also of another copy of this package in the same bundle. */
export function isAuthError(value: unknown): value is AuthError {
  return value instanceof Error && value.name === 'AuthError' && 'code' in value;
}

/** Returns what was caught as an AuthError. Any other error came from the browser's storage. */
export function toAuthError(error: unknown): AuthError {
  if (isAuthError(error)) return error;
  return new AuthError('network', 'The browser failed: see "cause".', { cause: error });
}
