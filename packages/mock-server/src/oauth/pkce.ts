import { sha256 } from '../platform-crypto.js';

/** A code verifier: 43 to 128 unreserved characters (RFC 7636 section 4.1). */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Whether a verifier belongs to the challenge of the authorization request (RFC 7636 section 4.6). */
export async function isVerified(
  verifier: string,
  challenge: string,
  method: 'S256' | 'plain',
): Promise<boolean> {
  if (!VERIFIER.test(verifier)) return false;
  if (method === 'plain') return verifier === challenge;
  return (await sha256(verifier)) === challenge;
}
