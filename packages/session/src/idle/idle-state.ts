/**
 * - `off`: no user is signed in.
 * - `active`: the user was active lately, in this tab or another.
 * - `warning`: the logout is near; activity in any tab averts it. `secondsLeft` counts down.
 */
export type IdleState =
  | { readonly status: 'off'; readonly secondsLeft?: undefined }
  | { readonly status: 'active'; readonly secondsLeft?: undefined }
  | { readonly status: 'warning'; readonly secondsLeft: number };

/** The state without a user. */
export const OFF: IdleState = { status: 'off' };

/** The state of an active user. */
export const ACTIVE: IdleState = { status: 'active' };
