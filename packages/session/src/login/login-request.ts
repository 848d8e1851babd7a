import type { AuthError } from '../errors.js';
import type { User } from '../user.js';
import type { LoginOptions } from './login-options.js';
import type { TaggedLogin } from './state-param.js';

/** The outcome of a login callback. */
export type LoginResult =
  | { readonly kind: 'completed'; readonly user: User; readonly returnTo: string }
  | { readonly kind: 'failed'; readonly error: AuthError; readonly returnTo: string }
  /** No pending login matches this callback: a reload, a step back, a bookmark. */
  | { readonly kind: 'stale' };

/** A login to start. */
export interface LoginRequest extends TaggedLogin {
  readonly options: LoginOptions;
  /** Started by the kit or the app, without a click. Default `false`. */
  readonly isAutomatic?: boolean;
  /** Opens the login page instead of `location.assign`. */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}

/** A prepared login. */
export interface BegunLogin {
  /** The URL to navigate to. */
  readonly url: string;
  /** The `state` of the authorization request. */
  readonly state: string;
}
