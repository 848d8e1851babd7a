import type { LoginOptions } from './login/login-options.js';

/**
 * What went wrong, in one word an app can `switch` on.
 *
 * - `invalid_configuration`: the developer's mistake; the message names the fix.
 * - `authorization_failed`: the authorization server said no; see `oauthError`.
 * - `callback_rejected`: we said no to the server's answer (`state`, `nonce`, `iss`, ID Token claims).
 * - `login_required`: there is no session, or the server refused to refresh it.
 * - `popup_blocked`, `popup_closed`: the login window did not open, or the user left it.
 * - `chunk_load_failed`: code of this build could not be loaded; the app was probably updated, so a reload helps.
 * - `login_loop`: two logins that the kit itself began within a minute in this tab did not succeed, so it stopped.
 * - `storage_unavailable`: the browser keeps nothing for this page that survives a redirect.
 * - `network`: unreachable, 5xx, 429 or not JSON; the session is kept.
 * - `timeout`: a lock, popup, iframe or request ran out of time; the session is kept.
 * - `not_top_level`: the page is in a frame of another origin, where a redirect login would be blocked.
 * - `aborted`: the caller's signal, the user came back to the page that was leaving, or another user came in between.
 */
export type AuthErrorCode =
  | 'invalid_configuration'
  | 'authorization_failed'
  | 'callback_rejected'
  | 'login_required'
  | 'popup_blocked'
  | 'popup_closed'
  | 'chunk_load_failed'
  | 'login_loop'
  | 'storage_unavailable'
  | 'not_top_level'
  | 'network'
  | 'timeout'
  | 'aborted';

/** Extra facts of an {@link AuthError}. */
export interface AuthErrorDetails {
  /** What was caught. */
  readonly cause?: unknown;
  /** The server's `error`, such as `access_denied`. */
  readonly oauthError?: string | undefined;
  /** The server's `error_description`; its words, never part of `message`. */
  readonly oauthErrorDescription?: string | undefined;
  /** How long the server asked us to wait. */
  readonly retryAfterSeconds?: number | undefined;
  /** What a login must ask for, so that the API is content. */
  readonly loginOptions?: LoginOptions | undefined;
}

/**
 * What the session's promises reject with.
 * `message` says what happened, what was expected and what to do, and holds no token, code or e-mail.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  /** What went wrong, in one word. */
  declare readonly code: AuthErrorCode;
  /** The server's `error`, where there is one. @see RFC 6749 section 5.2 */
  declare readonly oauthError: string | undefined;
  /** The server's `error_description`. Show it with care: it is the server's text. */
  declare readonly oauthErrorDescription: string | undefined;
  /** Seconds to wait before the next try, where the server named them. */
  declare readonly retryAfterSeconds: number | undefined;
  /** Where an API asked for a stronger or newer login: what to log in with. @see RFC 9470 */
  declare readonly loginOptions: LoginOptions | undefined;

  constructor(code: AuthErrorCode, message: string, { cause, ...details }: AuthErrorDetails = {}) {
    super(message, { cause });
    Object.assign(this, { code }, details);
  }

  /** Whether the same call may succeed later without anybody doing anything. */
  get retryable(): boolean {
    return this.code === 'network' || this.code === 'timeout';
  }
}

/**
 * Tells an {@link AuthError}, also one of another copy of this package in the same bundle.
 */
export function isAuthError(value: unknown): value is AuthError {
  return value instanceof Error && value.name === 'AuthError' && 'code' in value;
}

/** Whatever was caught, as an AuthError. What is not one of ours came from the browser's storage. */
export function toAuthError(error: unknown): AuthError {
  if (isAuthError(error)) return error;
  return new AuthError('network', 'The browser failed; see "cause". Try again.', { cause: error });
}
