import { createAccessTokenVerifier } from '@sesamy-kit/server/verify';
import type {
  AccessToken,
  AccessTokenRequirements,
  AccessTokenVerifier,
  AccessTokenVerifierOptions,
} from '@sesamy-kit/server/verify';
import { exportJWK } from 'jose';
import type { JWK } from 'jose';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { failureOf } from './client-double.js';
import { issuer, tokenIssuer, type TokenIssuer } from './token-issuer.js';

/** An RSA key of 1024 bits. */
let shortKey: JWK;

beforeAll(async () => {
  const { publicKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  );
  shortKey = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
});

afterEach(() => {
  vi.useRealTimers();
});

/** A verifier that accepts the tokens of an issuer for any publisher. */
const verifierOf = ({ fetch }: TokenIssuer): AccessTokenVerifier =>
  createAccessTokenVerifier({ allowAnyPublisher: true, issuer, fetch });

describe('a valid token', () => {
  test('a valid token is parsed into typed claims', async () => {
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    const token = await verifier.verify(
      await sesamy.issue({ permissions: ['publishers:read'], org_id: 'org_1' }),
    );
    expect(token).toMatchObject({
      subject: 'email|ada',
      scopes: ['openid', 'profile', 'email'],
      permissions: ['publishers:read'],
      publisherId: 'tidewaiter',
      sessionId: 'session-1',
      organizationId: 'org_1',
      email: 'ada@example.com',
      emailVerified: true,
    });
    expect(token.expiresAt - (token.issuedAt ?? 0)).toBe(3_600_000);
    expect(token.claims['vendor_id']).toBe('tidewaiter');
  });

  test.each<
    [
      string,
      Pick<AccessTokenVerifierOptions, 'audience' | 'leewaySeconds'>,
      Record<string, unknown>,
      string,
    ]
  >([
    ['of the access-token type', {}, {}, 'at+jwt'],
    [
      'with our audience among several',
      {},
      { aud: ['https://api.sesamy.com', 'https://x.test'] },
      'JWT',
    ],
    [
      'for one of our audiences',
      { audience: ['urn:sesamy', 'https://api.sesamy.com'] },
      { aud: 'urn:sesamy' },
      'JWT',
    ],
    [
      'expired within the leeway',
      { leewaySeconds: 30 },
      { exp: Math.floor(Date.now() / 1000) - 20 },
      'JWT',
    ],
  ])('%s is accepted', async (_, options, claims, typ) => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      allowAnyPublisher: true,
      issuer,
      fetch: sesamy.fetch,
      ...options,
    });
    await expect(verifier.verify(await sesamy.issue(claims, { typ }))).resolves.toBeDefined();
  });

  test('a token signed with an elliptic key is accepted where that is allowed', async () => {
    const sesamy = await tokenIssuer('ES256');
    const verifier = createAccessTokenVerifier({
      allowAnyPublisher: true,
      issuer,
      fetch: sesamy.fetch,
      algorithms: ['RS256', 'ES256'],
    });
    await expect(verifier.verify(await sesamy.issue())).resolves.toMatchObject({
      subject: 'email|ada',
    });
  });
});

describe('requirements', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each<[AccessTokenRequirements, Record<string, unknown>, string | undefined]>([
    [{ scopes: ['email'] }, {}, undefined],
    [{ scopes: ['email', 'publishers:read'] }, {}, 'insufficient_scope'],
    [{ scopes: ['mail'] }, { scope: 'email' }, 'insufficient_scope'],
    [{ scopes: ['email'] }, { scope: null }, 'insufficient_scope'],
    [{ permissions: ['p:read'] }, { permissions: ['p:read', 'p:write'] }, undefined],
    [{ permissions: ['p:read'] }, { permissions: 'p:read' }, 'insufficient_scope'],
    [{ permissions: ['p:read'] }, {}, 'insufficient_scope'],
    [{ maxAgeSeconds: 300 }, { auth_time: now - 100 }, undefined],
    [{ maxAgeSeconds: 300 }, { auth_time: now - 1000 }, 'insufficient_user_authentication'],
    [{ maxAgeSeconds: 300 }, {}, 'invalid_configuration'],
    [{ acrValues: ['mfa'] }, { acr: 'mfa' }, undefined],
    [{ acrValues: ['mfa'] }, { acr: 'pwd' }, 'insufficient_user_authentication'],
    [{ acrValues: ['mfa'] }, {}, 'invalid_configuration'],
  ])('the requirements %o on the claims %o end in %s', async (requirements, claims, code) => {
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    const result = verifier.verify(await sesamy.issue(claims), requirements);
    if (code === undefined) await expect(result).resolves.toBeDefined();
    else expect(await failureOf(result)).toMatchObject({ code });
  });
});

test('the error has the unmet requirement for the challenge', async () => {
  const sesamy = await tokenIssuer();
  const verifier = verifierOf(sesamy);
  const requirements = { scopes: ['articles:write'] };
  expect(await failureOf(verifier.verify(await sesamy.issue(), requirements))).toMatchObject({
    code: 'insufficient_scope',
    requirements,
  });
});

test.each([
  [{ maxAgeSeconds: 300 }, /"maxAgeSeconds" needs the claim auth_time/],
  [{ acrValues: ['mfa'] }, /"acrValues" needs the claim acr/],
])(
  'the requirement %o without its claim names the claim and does not suggest another login',
  async (requirements, message) => {
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    const verified = verifier.verify(await sesamy.issue(), requirements);
    await expect(verified).rejects.toThrow(message);
    await expect(verified).rejects.toThrow(/Another login does not help/);
  },
);

describe('the token of an application', () => {
  const application = { sid: null, email: null, sub: 'backend' };
  const verify = async (
    claims: Record<string, unknown>,
    requirements?: AccessTokenRequirements,
  ): Promise<AccessToken> => {
    const sesamy = await tokenIssuer();
    const verifier = createAccessTokenVerifier({
      publisherId: 'tidewaiter',
      issuer,
      fetch: sesamy.fetch,
    });
    return verifier.verify(await sesamy.issue(claims), requirements);
  };

  test.each<[string, Record<string, unknown>]>([
    ['has neither session nor e-mail address', application],
    ['names its client as the authorized party', { sub: 'backend', azp: 'backend' }],
    ['names its client as client_id', { sub: 'backend', client_id: 'backend' }],
    ['names its grant', { gty: 'client-credentials' }],
  ])('an application’s token that %s is rejected where a user’s is required', async (_, claims) => {
    expect(await failureOf(verify(claims))).toMatchObject({
      code: 'invalid_token',
      reason: 'subject',
    });
  });

  test.each(['application', 'any'] as const)(
    'an application’s token is accepted for the subject "%s"',
    async (subject) => {
      await expect(verify(application, { subject })).resolves.toMatchObject({
        subject: 'backend',
        subjectType: 'application',
        sessionId: undefined,
      });
    },
  );

  test('the subject "application" rejects users’ tokens', async () => {
    expect(await failureOf(verify({}, { subject: 'application' }))).toMatchObject({
      reason: 'subject',
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['a session', { email: null }],
    ['an e-mail address', { sid: null }],
  ])('a token with %s is not an application’s', async (_, claims) => {
    await expect(verify(claims)).resolves.toMatchObject({ subjectType: 'reader' });
  });
});

describe('the keys of the issuer', () => {
  test('the keys are fetched with the first token, once for many', async () => {
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    expect(sesamy.fetches()).toBe(0);
    const token = await sesamy.issue();
    await Promise.all(Array.from({ length: 50 }, () => verifier.verify(token)));
    expect(sesamy.fetches()).toBe(1);
  });

  test('the keys are fetched from jwksUri', async () => {
    const sesamy = await tokenIssuer();
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      urls.push(new Request(url).url);
      return sesamy.fetch(url, init);
    };
    await createAccessTokenVerifier({ allowAnyPublisher: true, issuer, fetch }).verify(
      await sesamy.issue(),
    );
    expect(urls).toEqual(['https://token.sesamy.test/.well-known/jwks.json']);
  });

  test('the keys are fetched again for a new key id after a rotation', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    await verifier.verify(await sesamy.issue());
    await sesamy.rotate();
    vi.advanceTimersByTime(31_000);
    await expect(verifier.verify(await sesamy.issue())).resolves.toBeDefined();
    expect(sesamy.fetches()).toBe(2);
  });

  test('a flood of made-up key ids fetches the keys at most once more', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    await verifier.verify(await sesamy.issue());
    vi.advanceTimersByTime(31_000);
    const floods = Array.from({ length: 200 }, async (_, index) =>
      failureOf(verifier.verify(await sesamy.issue({}, { kid: `made-up-${index}` }))),
    );
    for (const error of await Promise.all(floods))
      expect(error).toMatchObject({ reason: 'unknown_key' });
    expect(sesamy.fetches()).toBe(2);
  });

  test.each<[string, () => Response | Promise<Response>]>([
    ['are unreachable', () => Promise.reject(new TypeError('fetch failed'))],
    ['respond with 500', () => new Response('oops', { status: 500 })],
    ['respond with HTML', () => new Response('<h1>502</h1>')],
    ['respond with other JSON', () => Response.json({ message: 'hi' })],
  ])('the last fetched keys are used while the issuer %s', async (_, response) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    await verifier.verify(await sesamy.issue());
    sesamy.breakWith(response);
    vi.advanceTimersByTime(3_600_000);
    await expect(verifier.verify(await sesamy.issue())).resolves.toBeDefined();
    expect(sesamy.fetches()).toBe(2);
  });

  test('every token is rejected until the keys arrive, and valid ones are accepted then', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    sesamy.breakWith(() => new Response('oops', { status: 500 }));
    expect(await failureOf(verifier.verify(await sesamy.issue()))).toMatchObject({
      code: 'keys_unavailable',
    });
    sesamy.breakWith(undefined);
    vi.advanceTimersByTime(1_000);
    await expect(verifier.verify(await sesamy.issue())).resolves.toBeDefined();
  });

  test('missing keys are fetched at most once a second for any number of tokens', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    sesamy.breakWith(() => new Response('oops', { status: 500 }));
    const token = await sesamy.issue();
    for (let count = 0; count < 50; count += 1) {
      expect(await failureOf(verifier.verify(token))).toMatchObject({ code: 'keys_unavailable' });
    }
    expect(sesamy.fetches()).toBe(1);
    vi.advanceTimersByTime(1_000);
    await failureOf(verifier.verify(token));
    expect(sesamy.fetches()).toBe(2);
  });

  test.each<[string, (jwk: JWK) => JWK]>([
    ['malformed', (jwk) => ({ ...jwk, n: '!' })],
    ['without a modulus', (jwk) => ({ ...jwk, n: '' })],
    ['too short', () => shortKey],
  ])('keys that are %s are not blamed on the token', async (_, change) => {
    const sesamy = await tokenIssuer();
    sesamy.breakWith(() => Response.json({ keys: [change(sesamy.publicKey())] }));
    const verifier = verifierOf(sesamy);
    expect(await failureOf(verifier.verify(await sesamy.issue()))).toMatchObject({
      code: 'keys_unavailable',
    });
  });

  test('every token is rejected after a day without a response from the issuer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = await tokenIssuer();
    const verifier = verifierOf(sesamy);
    await verifier.verify(await sesamy.issue());
    sesamy.breakWith(() => new Response('oops', { status: 500 }));
    vi.advanceTimersByTime(90_000_000);
    expect(await failureOf(verifier.verify(await sesamy.issue()))).toMatchObject({
      code: 'keys_unavailable',
    });
  });
});
