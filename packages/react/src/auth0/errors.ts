import type { AuthError } from '@sesamy-kit/session';
import { docsUrlOf } from './errors-page.js';

/** An error with the `error` code and description of the authorization server or of the session. */
export class OAuthError extends Error {
  /** The server's `error`, e.g. `access_denied`, else a code of Auth0's SDK or of `AuthError`. */
  readonly error: string;
  /** The server's description: untrusted text. It is not part of `message`. */
  readonly error_description: string | undefined;

  constructor(error: string, description?: string, options?: ErrorOptions & { message?: string }) {
    super(options?.message ?? description ?? error, options);
    this.name = new.target.name;
    this.error = error;
    this.error_description = description;
  }
}

/** Any error of the session that has no class of its own. */
export class GenericError extends OAuthError {}

/** The authorization server refused the login. */
export class AuthenticationError extends GenericError {}

/** A request, lock or popup timed out: `timeout`. */
export class TimeoutError extends GenericError {}

/** The popup was open for longer than `timeoutInSeconds`. */
export class PopupTimeoutError extends TimeoutError {}

/** The user closed the popup: `cancelled`. */
export class PopupCancelledError extends GenericError {}

/** The browser blocked the popup: `popup_open`. */
export class PopupOpenError extends GenericError {}

/** The session was not granted the scope: `missing_scopes`. Log in with it, e.g. by `getAccessTokenWithPopup`. */
export class MissingScopesError extends GenericError {}

/** What the session does instead of a feature of Auth0's SDK: `unsupported`. `message` says what to do. */
export class UnsupportedError extends GenericError {
  /** The error code, as of an AuthError. */
  readonly code = 'unsupported';
  /** Where the page on errors explains the code. */
  readonly docsUrl: string = docsUrlOf('auth0-unsupported');
  /** The name of the option or function. */
  readonly feature: string;

  constructor(feature: string, instead: string) {
    super('unsupported', undefined, {
      message: `"${feature}" of Auth0's SDK is not supported. ${instead}`,
    });
    this.feature = feature;
  }
}

const errorClasses: Partial<Record<AuthError['code'], readonly [string, typeof GenericError]>> = {
  authorization_failed: ['authorization_failed', AuthenticationError],
  timeout: ['timeout', TimeoutError],
  popup_closed: ['cancelled', PopupCancelledError],
  popup_blocked: ['popup_open', PopupOpenError],
};

/** Returns an error of the session as Auth0's SDK would name it; `cause` is the AuthError. */
export function toOAuthError(cause: AuthError): OAuthError {
  const [code, ErrorClass] = errorClasses[cause.code] ?? [cause.code, GenericError];
  const isServers = cause.code === 'authorization_failed' && cause.oauthError !== undefined;
  const error = isServers ? cause.oauthError : code;
  return new ErrorClass(error, cause.oauthErrorDescription, { cause, message: cause.message });
}
