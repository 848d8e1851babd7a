import { AuthError } from '../errors.js';

/** @throws AuthError `invalid_configuration` on a server */
export function requireBrowser(): void {
  if (typeof window === 'undefined') {
    throw new AuthError('invalid_configuration', 'This needs a browser.');
  }
}
