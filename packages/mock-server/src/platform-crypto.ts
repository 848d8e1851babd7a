import type { JWK } from 'jose';
import * as base64url from 'jose/base64url';

/** Signs text with RS256 and returns the signature in base64url. */
export type Signer = (text: string) => string | Promise<string>;

/**
 * Node's own crypto, where there is one. Web Crypto hands every signature to another thread and
 * back, which costs a busy test run more than the signature itself.
 */
const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

/** A signer for an RSA private key. */
export async function createSigner(jwk: JWK): Promise<Signer> {
  if (nodeCrypto) {
    const key = nodeCrypto.createPrivateKey({ key: { ...jwk }, format: 'jwk' });
    return (text) => nodeCrypto.sign('sha256', Buffer.from(text), key).toString('base64url');
  }
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  return async (text) => {
    const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text));
    return base64url.encode(new Uint8Array(signature));
  };
}

/** A text in base64url. */
export function encodeBase64url(text: string): string {
  return nodeCrypto ? Buffer.from(text).toString('base64url') : base64url.encode(text);
}

/** The SHA-256 hash of a text in base64url. */
export async function sha256(text: string): Promise<string> {
  if (nodeCrypto) return nodeCrypto.createHash('sha256').update(text).digest('base64url');
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return base64url.encode(new Uint8Array(hash));
}
