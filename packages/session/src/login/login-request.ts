import type { AuthError } from '../errors.js';
import type { User } from '../user.js';
import type { LoginOptions } from './login-options.js';
import type { AuthorizationParams } from './login-params.js';
import type { TaggedLogin } from './state-param.js';

/** The outcome of a login callback. */
export type LoginResult =
  | { readonly kind: 'completed'; readonly user: User; readonly returnTo: string }
  /** `returnTo` is `null` if the login could not be read. */
  | { readonly kind: 'failed'; readonly error: AuthError; readonly returnTo: string | null }
  /** No pending login matches this callback: a reload, a step back, a bookmark. */
  | { readonly kind: 'stale' };

/** A login to start. */
export interface LoginRequest extends TaggedLogin {
  readonly options: LoginOptions;
  /** Started by the kit or the app, without a click. Default `false`. */
  readonly isAutomatic?: boolean;
  /** The page that an automatic login is for, if it may not be in the address bar yet. */
  readonly guardedPage?: string | undefined;
  /** Opens the login page instead of `location.assign`. */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}

/** Begins a login, without leaving the page. */
export type BeginLogin = (request: LoginRequest) => Promise<BegunLogin>;

/** A login as its driver begins it. */
export interface PreparedLogin {
  readonly params: AuthorizationParams;
  readonly maxAgeSeconds?: number | undefined;
  /** The scope to request, if the login adds to that of the session. */
  readonly scope?: string | undefined;
  readonly returnTo: string;
  /** Appended to the random part of the OAuth `state`. */
  readonly tag: string;
  /** Another page completes the login, as after a redirect; with a popup, this page does. */
  readonly isForNextPage?: boolean | undefined;
}

/** A login that has begun. */
export interface BegunLogin {
  /** The URL to navigate to. */
  readonly url: string;
  /** The `state` of the authorization request. */
  readonly state: string;
}
