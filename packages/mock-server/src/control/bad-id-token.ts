import { base64url, exportSPKI, importJWK, type JWTPayload, SignJWT } from 'jose';
import { DEVELOPMENT_EC_KEY, DEVELOPMENT_RSA_KEYS } from '../development-keys.js';
import type { SigningKeys } from '../keys.js';
import type { IdTokenFault } from './fault-names.js';

/** Signs an ID token with one error and everything else correct. */
export function signBadIdToken(
  keys: SigningKeys,
  claims: JWTPayload,
  fault: IdTokenFault,
): Promise<string> {
  return FAULTS[fault](keys, claims);
}

type Fault = (keys: SigningKeys, claims: JWTPayload) => Promise<string>;

/** A fault that only changes claims. */
const claiming =
  (change: (claims: JWTPayload, iat: number) => JWTPayload): Fault =>
  (keys, claims) =>
    keys.sign(change(claims, claims.iat ?? 0));

const FAULTS: Readonly<Record<IdTokenFault, Fault>> = {
  'aud-invalid': claiming((claims) => ({ ...claims, aud: 'another-client' })),
  'aud-missing': claiming((claims) => without(claims, 'aud')),
  'aud-second-without-azp': claiming((claims) => ({
    ...claims,
    aud: [claims.aud ?? [], 'another-client'].flat(),
  })),
  'iss-invalid': claiming((claims) => ({ ...claims, iss: 'https://issuer.invalid/' })),
  'iss-missing': claiming((claims) => without(claims, 'iss')),
  'sub-missing': claiming((claims) => without(claims, 'sub')),
  'exp-missing': claiming((claims) => without(claims, 'exp')),
  'exp-past': claiming((claims, iat) => ({ ...claims, iat: iat - 7200, exp: iat - 3600 })),
  'iat-missing': claiming((claims) => without(claims, 'iat')),
  'iat-week-ago': claiming((claims, iat) => ({ ...claims, iat: iat - 7 * 86_400 })),
  'nonce-invalid': claiming((claims) => ({ ...claims, nonce: 'another-nonce' })),
  'nonce-missing': claiming((claims) => without(claims, 'nonce')),
  'nonce-unasked': claiming((claims) => ({ ...claims, nonce: 'a-nonce-that-was-never-sent' })),
  'alg-none': (_, claims) => Promise.resolve(unsigned(claims)),
  'alg-hs256-public-key': signedWithPublicKey,
  'alg-es256': (keys, claims) => signed(claims, 'ES256', DEVELOPMENT_EC_KEY, currentKid(keys)),
  'signature-other-key': (keys, claims) =>
    signed(claims, 'RS256', DEVELOPMENT_RSA_KEYS.at(-1) ?? {}, currentKid(keys)),
  'signature-bad-bytes': async (keys, claims) => withBadSignature(await keys.sign(claims)),
  'kid-missing': (keys, claims) => keys.sign(claims, { omitKid: true }),
};

function without(claims: JWTPayload, name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

function unsigned(claims: JWTPayload): string {
  return `${base64url.encode(JSON.stringify({ alg: 'none', typ: 'JWT' }))}.${base64url.encode(JSON.stringify(claims))}.`;
}

async function signed(
  claims: JWTPayload,
  alg: string,
  jwk: Parameters<typeof importJWK>[0],
  kid: string,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg, typ: 'JWT', kid })
    .sign(await importJWK(jwk, alg));
}

/** The classic confusion: an HMAC whose secret is the published key. */
async function signedWithPublicKey(keys: SigningKeys, claims: JWTPayload): Promise<string> {
  const jwk = keys.jwks().keys[0] ?? {};
  const key = await importJWK({ ...jwk, ext: true }, 'RS256');
  const secret = key instanceof Uint8Array ? key : new TextEncoder().encode(await exportSPKI(key));
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: currentKid(keys) })
    .sign(secret);
}

function withBadSignature(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const bytes = base64url.decode(signature);
  bytes[0] = (bytes[0] ?? 0) ^ 0xff;
  return `${header}.${payload}.${base64url.encode(bytes)}`;
}

function currentKid(keys: SigningKeys): string {
  return keys.jwks().keys[0]?.kid ?? '';
}
