import type * as Decryption from 'jose/jwe/compact/decrypt';
import type * as Encryption from 'jose/jwe/compact/encrypt';
import type * as Verification from 'jose/jwt/verify';
import type * as KeyImport from 'jose/key/import';

/*
 * What only some requests need of jose; it would double the time to start. See `preload`.
 */

/** Loads what seals the cookies of the token handler. */
export const loadEncryption = (): Promise<typeof Encryption> => import('jose/jwe/compact/encrypt');

/** Loads what opens them. */
export const loadDecryption = (): Promise<typeof Decryption> => import('jose/jwe/compact/decrypt');

/** Loads what verifies tokens. */
export const loadVerification = (): Promise<typeof Verification> => import('jose/jwt/verify');

/** Loads what imports the keys that tokens are verified with. */
export const loadKeyImport = (): Promise<typeof KeyImport> => import('jose/key/import');
