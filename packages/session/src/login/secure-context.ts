import { AuthError } from '../errors.js';

/**
 * Checks that the page has the Web Crypto API of a secure context, which a login needs.
 * @throws AuthError `invalid_configuration`
 * @see RFC 7636 section 4.2
 */
export function requireSecureContext(): void {
  if (hasCryptography()) return;
  throw new AuthError(
    'invalid_configuration',
    'A login needs a secure context, which this page is not. Serve the app over https, or from http://localhost.',
  );
}

function hasCryptography(): boolean {
  try {
    return Boolean(crypto.subtle) && typeof crypto.randomUUID === 'function';
  } catch {
    return false;
  }
}
