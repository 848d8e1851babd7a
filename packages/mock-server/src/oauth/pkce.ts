import { base64url } from 'jose';

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
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(digest)) === challenge;
}
