import { AuthError } from '../errors.js';

/** The error for a call that was begun for a user who is not the one signed in any more. */
export function userChanged(): AuthError {
  return new AuthError('aborted', 'Another user is signed in now. Nothing was sent for them.');
}
