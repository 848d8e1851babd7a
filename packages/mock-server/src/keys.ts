import type { JWK, JWTPayload } from 'jose';
import { DEVELOPMENT_RSA_KEYS } from './development-keys.js';
import { createSigner, encodeBase64url, type Signer } from './platform-crypto.js';
import { loadKeyImport, loadVerification } from './load-jose.js';

/** The signing keys of a server. Nothing is imported before the first token is signed. */
export interface SigningKeys {
  /** Signs claims as a JWT with the current key. */
  sign(claims: JWTPayload, options?: { omitKid?: boolean }): Promise<string>;
  /**
   * Verifies signature and expiry at that time and returns the claims.
   * @throws JOSEError when the token was not signed here or has expired.
   */
  verify(token: string, now: number, options?: { ignoreExpiry?: boolean }): Promise<JWTPayload>;
  /** The public keys, current one first. */
  jwks(): { keys: JWK[] };
  /** Makes a new key the current one. Older keys stay published unless `removeOld`. */
  rotate(options?: { removeOld?: boolean }): { kid: string };
  /** Number of rotations so far and oldest published one, for snapshots. */
  save(): KeyPosition;
  restore(position: KeyPosition): void;
}

/** Which keys are published: generations `oldest` to `current`. */
export interface KeyPosition {
  readonly current: number;
  readonly oldest: number;
}

/** The last development key signs nothing, so that "another key" is always at hand for faults. */
const KEY_COUNT = DEVELOPMENT_RSA_KEYS.length - 1;

/** Creates the key set over the fixed development keys. */
export function createSigningKeys(): SigningKeys {
  let position: KeyPosition = { current: 0, oldest: 0 };
  const signers = new Map<number, Promise<Signer>>();

  const signerOf = (generation: number): Promise<Signer> => {
    const slot = generation % KEY_COUNT;
    let signer = signers.get(slot);
    if (!signer) signers.set(slot, (signer = createSigner(jwkOf(generation))));
    return signer;
  };
  const publicKeys = new Map<number, Promise<CryptoKey>>();
  const publicKey = (generation: number): Promise<CryptoKey> => {
    const slot = generation % KEY_COUNT;
    let key = publicKeys.get(slot);
    if (!key) publicKeys.set(slot, (key = importKey(publicJwkOf(generation))));
    return key;
  };

  const headers = new Map<string | undefined, string>();
  const headerOf = (kid: string | undefined): string => {
    let header = headers.get(kid);
    if (!header) headers.set(kid, (header = encodeJson({ alg: 'RS256', typ: 'JWT', kid })));
    return header;
  };

  return {
    sign: async (claims, options) => {
      const kid = options?.omitKid ? undefined : kidOf(position.current);
      const input = `${headerOf(kid)}.${encodeJson(claims)}`;
      const sign = await signerOf(position.current);
      return `${input}.${await sign(input)}`;
    },
    verify: async (token, now, options) => {
      // Loaded with the first token to verify: it would double the time to start.
      const { jwtVerify } = await loadVerification();
      const { payload } = await jwtVerify(
        token,
        ({ kid }) => {
          const generation = generations(position).find((each) => kidOf(each) === kid);
          if (generation === undefined)
            throw new TypeError('The token names a key we do not have.');
          return publicKey(generation);
        },
        {
          algorithms: ['RS256'],
          currentDate: new Date(options?.ignoreExpiry ? 0 : now),
        },
      );
      return payload;
    },
    jwks: () => ({
      keys: generations(position).map((generation) => ({
        ...publicJwkOf(generation),
        use: 'sig',
        alg: 'RS256',
        kid: kidOf(generation),
      })),
    }),
    rotate: (options) => {
      const current = position.current + 1;
      const oldest = options?.removeOld
        ? current
        : Math.max(position.oldest, current - KEY_COUNT + 1);
      position = { current, oldest };
      return { kid: kidOf(current) };
    },
    save: () => position,
    restore: (saved) => {
      position = saved;
    },
  };
}

function generations({ current, oldest }: KeyPosition): number[] {
  return Array.from({ length: current - oldest + 1 }, (_, index) => current - index);
}

/** One part of a JWS in compact form (RFC 7515 section 7.1). */
function encodeJson(value: object): string {
  return encodeBase64url(JSON.stringify(value));
}

function kidOf(generation: number): string {
  return `sesamy-mock-${generation + 1}`;
}

function jwkOf(generation: number): JWK {
  const jwk = DEVELOPMENT_RSA_KEYS[generation % KEY_COUNT];
  if (!jwk) throw new RangeError('There is no development key.');
  return jwk;
}

function publicJwkOf(generation: number): JWK {
  const { kty = 'RSA', n, e } = jwkOf(generation);
  return { kty, ...(n && { n }), ...(e && { e }) };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const { importJWK } = await loadKeyImport();
  const key = await importJWK(jwk, 'RS256');
  if (key instanceof Uint8Array) throw new TypeError('Expected an RSA key.');
  return key;
}
