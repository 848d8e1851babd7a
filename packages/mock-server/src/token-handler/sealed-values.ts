import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { loadDecryption, loadEncryption } from '../load-jose.js';

/** The purpose of a sealed value; it does not open for another. */
export type SealedKind = 'login' | 'access' | 'refresh';

/** The purpose and the recipient of a sealed value. */
export interface SealedScope {
  readonly kind: SealedKind;
  /** Origin of the site; a value sealed for one site does not open at another. */
  readonly origin: string;
}

/**
 * Encrypts what the handler keeps in the browser (JWE, `dir` with `A256GCM`). Nothing is imported
 * before the first value.
 * @see RFC 7516
 */
export interface Sealer {
  seal(scope: SealedScope, value: object): Promise<string>;
  /** The sealed value; null if it was sealed by another key, or for another site or purpose. */
  open(scope: SealedScope, sealed: string): Promise<Record<string, unknown> | null>;
}

/** The key of a server: random, or made from its seed. */
export function createCookieKey(seed: string | number | null): Uint8Array {
  return seed === null
    ? crypto.getRandomValues(new Uint8Array(32))
    : sha256(utf8ToBytes(`token handler ${seed}`));
}

/** Longer than any cookie that a browser keeps. */
const MAX_LENGTH = 8192;

/** @param key of 32 bytes, read each time: a restored snapshot replaces it */
export function createSealer(key: () => Uint8Array): Sealer {
  return {
    seal: async ({ kind, origin }, value) => {
      const { CompactEncrypt } = await loadEncryption();
      const text = JSON.stringify({ origin, value });
      return new CompactEncrypt(utf8ToBytes(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: kind })
        .encrypt(key());
    },
    open: async ({ kind, origin }, sealed) => {
      if (sealed.length > MAX_LENGTH) return null;
      const { compactDecrypt } = await loadDecryption();
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, key(), {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        const content: unknown = JSON.parse(new TextDecoder().decode(plaintext));
        if (protectedHeader.typ !== kind || !isRecord(content)) return null;
        const { origin: sealedFor, value } = content;
        return sealedFor === origin && isRecord(value) ? value : null;
      } catch {
        return null;
      }
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
