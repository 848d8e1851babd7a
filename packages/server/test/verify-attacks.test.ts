import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { createAccessTokenVerifier, isAccessTokenError } from '@sesamy-kit/server/verify';
import { assert, asyncProperty, nat, string } from 'fast-check';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from './client-double.js';
import { handMade, issuer, tokenIssuer, withClaims } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

let sesamy: TokenIssuer;
let stranger: TokenIssuer;

beforeAll(async () => {
  sesamy = await tokenIssuer();
  stranger = await tokenIssuer('RS256', 'stranger');
});

const verifierOf = (trusted: TokenIssuer): ReturnType<typeof createAccessTokenVerifier> =>
  createAccessTokenVerifier({ allowAnyPublisher: true, issuer, fetch: trusted.fetch });

async function hs256WithPublicKey(form: 'pem' | 'modulus'): Promise<string> {
  const jwk = sesamy.publicKey();
  const secret =
    form === 'pem' ? await exportSPKI((await importJWK(jwk, 'RS256')) as CryptoKey) : (jwk.n ?? '');
  const unsigned = handMade({ alg: 'HS256', typ: 'JWT', kid: 'key-1' }, withClaims({})).slice(
    0,
    -1,
  );
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}

async function tampered(change: (parts: string[]) => void): Promise<string> {
  const parts = (await sesamy.issue()).split('.');
  change(parts);
  return parts.join('.');
}

async function withEmbeddedKey(header: Record<string, unknown>): Promise<string> {
  return stranger.issue({}, header);
}

const past = Math.floor(Date.now() / 1000) - 3600;
const future = Math.floor(Date.now() / 1000) + 3600;

describe('the verifier rejects', () => {
  test.each<[string, () => string | Promise<string>, string]>([
    [
      'an unsigned token (alg none)',
      () => handMade({ alg: 'none', typ: 'JWT' }, withClaims({})),
      'malformed|algorithm',
    ],
    [
      'alg None in another spelling',
      () => handMade({ alg: 'nOnE', kid: 'key-1' }, withClaims({})),
      'malformed|algorithm',
    ],
    ['no alg at all', () => handMade({ kid: 'key-1' }, withClaims({}), 'AAAA'), 'malformed'],
    ['HS256 with the public key as PEM', () => hs256WithPublicKey('pem'), 'algorithm'],
    ['HS256 with the modulus', () => hs256WithPublicKey('modulus'), 'algorithm'],
    ['a stranger’s key under our kid', () => stranger.issue(), 'signature'],
    [
      'a stranger’s key in the header (jwk)',
      () => withEmbeddedKey({ jwk: stranger.publicKey() }),
      'signature|unknown_key',
    ],
    [
      'a key set named by the header (jku)',
      () => withEmbeddedKey({ jku: 'https://evil.example/jwks' }),
      'signature',
    ],
    [
      'a certificate named by the header (x5u)',
      () => withEmbeddedKey({ x5u: 'https://evil.example/c' }),
      'signature',
    ],
    ['an unknown kid', () => sesamy.issue({}, { kid: 'no-such-key' }), 'unknown_key'],
    ['a kid that is a path', () => sesamy.issue({}, { kid: '../../../dev/null' }), 'unknown_key'],
    ['a kid that is SQL', () => sesamy.issue({}, { kid: "' UNION SELECT 'x" }), 'unknown_key'],
    [
      'a kid that is no text',
      () => handMade({ alg: 'RS256', kid: { a: 1 } }, withClaims({}), 'AAAA'),
      'unknown_key|malformed',
    ],
    [
      'an unsupported critical header',
      () => sesamy.issue({}, { crit: ['exp'], exp: 1 }).catch(() => 'x.y.z'),
      'malformed|algorithm',
    ],
    [
      'a changed payload',
      () => tampered((p) => (p[1] = handMade({}, withClaims({ sub: 'admin' })).split('.')[1]!)),
      'signature',
    ],
    [
      'a changed header',
      () =>
        tampered((p) => (p[0] = handMade({ alg: 'RS256', kid: 'key-1', x: 1 }, {}).split('.')[0]!)),
      'signature',
    ],
    ['no signature', () => tampered((p) => (p[2] = '')), 'signature|malformed'],
    ['a fourth part', () => tampered((p) => p.push('AAAA')), 'malformed'],
    ['five parts (JWE)', () => 'a.b.c.d.e', 'malformed'],
    ['no JWT at all', () => 'opaque-token', 'malformed'],
    ['an empty token', () => '', 'malformed'],
    [
      'a payload that is a list',
      () => handMade({ alg: 'RS256', kid: 'key-1' }, [], 'AAAA'),
      'signature|malformed',
    ],
    ['a token of 1 MB', () => 'e'.repeat(1_000_000), 'too_long'],
    [
      'a token of 1 MB with a good shape',
      () => `${'a'.repeat(500_000)}.${'b'.repeat(500_000)}.c`,
      'too_long',
    ],
    ['another issuer', () => sesamy.issue({ iss: 'https://evil.example/' }), 'issuer'],
    [
      'the issuer without its slash',
      () => sesamy.issue({ iss: 'https://token.sesamy.test' }),
      'issuer',
    ],
    ['a list of issuers', () => sesamy.issue({ iss: [issuer] }), 'issuer'],
    ['no issuer', () => sesamy.issue({ iss: null }), 'issuer'],
    ['another audience', () => sesamy.issue({ aud: 'https://other.example' }), 'audience'],
    ['an ID token', () => sesamy.issue({ aud: 'publisher-web', nonce: 'n' }), 'audience'],
    ['no audience', () => sesamy.issue({ aud: null }), 'audience'],
    ['an expired token', () => sesamy.issue({ exp: past }), 'expired'],
    ['no expiry', () => sesamy.issue({ exp: null }), 'claims'],
    [
      'an expiry that is text',
      () => sesamy.issue({ exp: `${future}` as never }),
      'claims|malformed',
    ],
    ['a token from the future (nbf)', () => sesamy.issue({ nbf: future }), 'not_yet_valid'],
    ['a token from the future (iat)', () => sesamy.issue({ iat: future }), 'not_yet_valid'],
    ['no subject', () => sesamy.issue({ sub: null }), 'claims'],
    ['an empty subject', () => sesamy.issue({ sub: '' }), 'claims'],
    ['a logout token', () => sesamy.issue({}, { typ: 'logout+jwt' }), 'type'],
    ['a DPoP proof', () => sesamy.issue({}, { typ: 'dpop+jwt' }), 'type'],
    [
      'a key-bound token without its proof',
      () => sesamy.issue({ cnf: { jkt: 'x' } }),
      'proof_required',
    ],
  ])('the verifier rejects %s', async (_, token, reason) => {
    const error = await failureOf(verifierOf(sesamy).verify(await token()));
    expect(error).toMatchObject({ name: 'AccessTokenError', code: 'invalid_token' });
    expect(reason.split('|')).toContain(Reflect.get(error as object, 'reason'));
  });

  test('the verifier rejects a user of another publisher', async () => {
    const verifier = createAccessTokenVerifier({
      issuer,
      fetch: sesamy.fetch,
      publisherId: 'tidewaiter',
    });
    await expect(verifier.verify(await sesamy.issue())).resolves.toMatchObject({
      publisherId: 'tidewaiter',
    });
    expect(
      await failureOf(verifier.verify(await sesamy.issue({ vendor_id: 'rival' }))),
    ).toMatchObject({
      code: 'invalid_token',
      reason: 'publisher',
    });
  });

  test('the verifier rejects a vendor_id beside another publisher’s tenant', async () => {
    const verifier = createAccessTokenVerifier({
      issuer,
      fetch: sesamy.fetch,
      publisherId: 'tidewaiter',
    });
    const token = await sesamy.issue({ vendor_id: null, tenant_id: 'rival' });
    expect(await failureOf(verifier.verify(token))).toMatchObject({ reason: 'publisher' });
  });

  test('the verifier rejects an ES256 token where only RS256 is accepted', async () => {
    const elliptic = await tokenIssuer('ES256');
    expect(await failureOf(verifierOf(elliptic).verify(await elliptic.issue()))).toMatchObject({
      reason: 'algorithm',
    });
  });

  test('the verifier rejects a missing kid if there are several keys', async () => {
    const both = [sesamy.publicKey(), { ...stranger.publicKey(), kid: 'key-2' }];
    const verifier = createAccessTokenVerifier({
      allowAnyPublisher: true,
      issuer,
      fetch: async () => Response.json({ keys: both }),
    });
    const { kid: _, ...header } = { alg: 'RS256', kid: '' };
    const token = await new SignJWT(withClaims({}))
      .setProtectedHeader(header)
      .sign(await strangerKey());
    expect(await failureOf(verifier.verify(token))).toMatchObject({
      code: 'invalid_token',
      reason: 'unknown_key',
    });
  });

  test('the verifier rejects any valid token with one character changed', async () => {
    const good = await sesamy.issue();
    const verifier = verifierOf(sesamy);
    await assert(
      asyncProperty(
        nat(good.length - 1),
        string({ minLength: 1, maxLength: 1 }),
        async (at, character) => {
          const bad = good.slice(0, at) + character + good.slice(at + 1);
          if (bytesOf(bad) === bytesOf(good)) return;
          expect(isAccessTokenError(await failureOf(verifier.verify(bad)))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('no error contains the token or its claims', async () => {
  const token = await sesamy.issue({ exp: past });
  const error = await failureOf(verifierOf(sesamy).verify(token));
  const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  expect(shown).not.toContain('ada@example.com');
  expect(shown).not.toContain(token.split('.')[1]);
});

async function strangerKey(): Promise<CryptoKey> {
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  );
  return privateKey;
}

/** The content of a token: the last character of a signature may have unused bits. */
function bytesOf(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  return `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('hex')}`;
}
