import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTHeaderParameters, JWTPayload } from 'jose';

/** The issuer of all tests here. */
export const issuer = 'https://token.sesamy.test/';

/** An issuer with separate keys, which can be rotated and broken, and which counts fetches. */
export interface TokenIssuer {
  fetch: typeof globalThis.fetch;
  /** How often the key set was fetched. */
  fetches(): number;
  /** A token as Sesamy issues it, changed by `claims` and `header`; `null` removes a claim. */
  issue(claims?: Record<string, unknown>, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** Replaces the key by a new one. */
  rotate(): Promise<void>;
  /** Replaces the response of the key set; `undefined` restores it. */
  breakWith(response: (() => Response | Promise<Response>) | undefined): void;
  publicKey(): JWK;
}

/** Makes an issuer; those of one name have the same keys. */
export async function tokenIssuer(algorithm = 'RS256', name = 'sesamy'): Promise<TokenIssuer> {
  let key = await keyOf(algorithm, name, 1);
  let broken: (() => Response | Promise<Response>) | undefined;
  let fetches = 0;
  let generation = 1;
  return {
    fetch: async () => {
      fetches += 1;
      return broken ? broken() : Response.json({ keys: [key.publicJwk] });
    },
    fetches: () => fetches,
    issue: (claims = {}, header = {}) =>
      new SignJWT(withClaims(claims))
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: `key-${generation}`, ...header })
        .sign(key.privateKey),
    async rotate() {
      generation += 1;
      key = await keyOf(algorithm, name, generation);
    },
    breakWith(response) {
      broken = response;
    },
    publicKey: () => key.publicJwk,
  };
}

/** Claims of a user's access token, as Sesamy documents them. */
export function withClaims(changes: Record<string, unknown>): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: 'https://api.sesamy.com',
    sub: 'email|ada',
    scope: 'openid profile email',
    tenant_id: 'tidewaiter',
    vendor_id: 'tidewaiter',
    sid: 'session-1',
    email: 'ada@example.com',
    email_verified: true,
    iat: now,
    exp: now + 3600,
    ...changes,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}

/** A compact token out of any header and payload, with any signature. */
export function handMade(header: unknown, payload: unknown, signature = ''): string {
  return `${base64url(header)}.${base64url(payload)}.${signature}`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

interface SigningKey {
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** Creating RSA keys is slow, so they are created once per test file. */
const keys = new Map<string, Promise<SigningKey>>();

function keyOf(algorithm: string, name: string, generation: number): Promise<SigningKey> {
  const slot = `${algorithm} ${name} ${generation}`;
  const key = keys.get(slot) ?? makeKey(algorithm, `key-${generation}`);
  keys.set(slot, key);
  return key;
}

async function makeKey(algorithm: string, kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' },
  };
}
