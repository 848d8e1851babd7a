import { AuthError } from '../errors.js';

/** Returns the error for a call that was started for a user who is no longer signed in. */
export function userChanged(): AuthError {
  return new AuthError('user_changed', 'Another user is signed in now. Nothing was sent for them.');
}
