import {
  assert,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAuthError, type AuthError } from '../errors.js';
import { verifyIdToken, type IdTokenExpectation } from './id-token.js';

const now = 1_800_000_000;
const week = 7 * 86_400;
const expected: IdTokenExpectation = {
  issuer: 'https://token.sesamy.com/',
  clientId: 'publisher-web',
  serverTimeSeconds: now,
  nonce: 'n-0S6_WzA2Mj',
};
const claims = {
  iss: 'https://token.sesamy.com/',
  aud: 'publisher-web',
  sub: 'auth2|1',
  exp: now + 3600,
  iat: now,
  nonce: 'n-0S6_WzA2Mj',
};

type Claims = Record<string, unknown>;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (changes: Claims = {}, header: Claims = { alg: 'RS256', kid: '1' }): string =>
  `${encode(header)}.${encode({ ...claims, ...changes })}.c2lnbmF0dXJl`;

function refusalOf(token: string, changes: Partial<IdTokenExpectation> = {}): AuthError {
  try {
    verifyIdToken(token, { ...expected, ...changes });
  } catch (error) {
    if (isAuthError(error)) return error;
    throw error;
  }
  throw new Error('The token was accepted.');
}

const accept = (changes: Claims = {}, more: Partial<IdTokenExpectation> = {}) =>
  verifyIdToken(sign(changes), { ...expected, ...more });

describe('refusals', () => {
  test.each<[string, string, Claims, Partial<IdTokenExpectation>?]>([
    ['another iss', 'iss', { iss: 'https://evil.test/' }],
    ['iss without its slash', 'iss', { iss: 'https://token.sesamy.com' }],
    ['iss in capitals', 'iss', { iss: 'HTTPS://TOKEN.SESAMY.COM/' }],
    ['iss as a list', 'iss', { iss: ['https://token.sesamy.com/'] }],
    ['no iss', 'iss', { iss: undefined }],
    ['another aud', 'aud', { aud: 'other' }],
    ['aud in capitals', 'aud', { aud: 'PUBLISHER-WEB' }],
    ['aud that contains ours', 'aud', { aud: 'publisher-web other' }],
    ['aud in a nested list', 'aud', { aud: [['publisher-web']] }],
    ['aud as an object', 'aud', { aud: { 0: 'publisher-web' } }],
    ['an empty list as aud', 'aud', { aud: [] }],
    ['no aud', 'aud', { aud: undefined }],
    ['a list of others as aud', 'aud', { aud: ['a', 'b'], azp: 'publisher-web' }],
    ['a second aud without azp', 'azp', { aud: ['publisher-web', 'other'] }],
    ['a second aud with another azp', 'azp', { aud: ['publisher-web', 'other'], azp: 'other' }],
    ['another azp', 'azp', { azp: 'other' }],
    ['null as azp', 'azp', { azp: null }],
    ['no sub', 'sub', { sub: undefined }],
    ['an empty sub', 'sub', { sub: '' }],
    ['a number as sub', 'sub', { sub: 1 }],
    ['no exp', 'exp', { exp: undefined }],
    ['exp as text', 'exp', { exp: String(now + 3600) }],
    ['null as exp', 'exp', { exp: null }],
    ['exp a week ago', 'exp', { exp: now - week, iat: now - week - 1 }],
    ['exp just over the leeway ago', 'exp', { exp: now - 300, iat: now - 300 - 1 }],
    ['exp before iat', 'exp', { exp: now - 1, iat: now }],
    ['exp at iat', 'exp', { exp: now, iat: now }],
    ['no iat', 'iat', { iat: undefined }],
    ['iat as text', 'iat', { iat: String(now) }],
    ['iat a week ago', 'iat', { iat: now - week }],
    ['iat just over the leeway ago', 'iat', { iat: now - 301 }],
    ['iat just over the leeway ahead', 'iat', { iat: now + 301 }],
    ['another nonce', 'nonce', { nonce: 'other' }],
    ['nonce in capitals', 'nonce', { nonce: 'N-0S6_WZA2MJ' }],
    ['no nonce', 'nonce', { nonce: undefined }],
    ['null as nonce', 'nonce', { nonce: null }],
    ['no nonce where the login lost its own', 'nonce', { nonce: undefined }, { nonce: '' }],
    ['another sub than the session', 'sub', {}, { subject: 'auth2|2' }],
    ['another org_id', 'org_id', { org_id: 'org_2' }, { organization: 'org_1' }],
    ['no org_id', 'org_id', {}, { organization: 'org_1' }],
    ['no auth_time', 'auth_time', {}, { maxAgeSeconds: 0 }],
    ['auth_time as text', 'auth_time', { auth_time: String(now) }, { maxAgeSeconds: 60 }],
    ['an old auth_time', 'auth_time', { auth_time: now - 361 }, { maxAgeSeconds: 60 }],
  ])('an ID Token with %s is rejected', (_what, claim, changes, more) => {
    const { code, message } = refusalOf(sign(changes), more);
    expect(code).toBe('callback_rejected');
    expect(message).toMatch(/^The ID Token was rejected: /);
    expect(message).toContain(`"${claim}"`);
  });

  test.each([
    'none',
    'None',
    'HS256',
    'HS384',
    'HS512',
    'RS1',
    'RS2567',
    'xRS256',
    'rs256',
    'RS256\n',
    'dir',
    '',
    256,
    null,
    undefined,
    ['RS256'],
  ])('an ID Token with the algorithm %j is rejected', (alg) => {
    const error = refusalOf(sign({}, { alg }));
    expect(error.code).toBe('callback_rejected');
    expect(error.message).toContain('"alg"');
  });

  test.each(['', 'opaque', 'a.b.c', `${encode([])}.${encode([])}.`, `${sign()}.more`])(
    'the ID Token %j is not a JSON Web Token',
    (token) => {
      const error = refusalOf(token);
      expect(error.code).toBe('callback_rejected');
      expect(error.message).toContain('it is not a JSON Web Token');
    },
  );
});

describe('accepted tokens', () => {
  test.each<[string, Claims, Partial<IdTokenExpectation>?]>([
    ['one aud as a list', { aud: ['publisher-web'] }],
    ['our azp', { azp: 'publisher-web' }],
    ['several aud with our azp', { aud: ['other', 'publisher-web'], azp: 'publisher-web' }],
    ['an iat at the edge of the leeway behind', { iat: now - 300 }],
    ['an iat at the edge of the leeway ahead', { iat: now + 300 }],
    ['an exp at the edge of the leeway', { exp: now - 299, iat: now - 300 }],
    ['fractions of seconds', { exp: now + 0.5, iat: now + 0.25 }],
    ['an exp in the far future', { exp: Number.MAX_SAFE_INTEGER }],
    ['a nonce that was not requested', { nonce: 'any' }, { nonce: undefined }],
    ['the subject of the session', {}, { subject: 'auth2|1' }],
    ['the requested organization', { org_id: 'org_1' }, { organization: 'org_1' }],
    ['an organization that was not requested', { org_id: 'org_1' }],
    ['an auth_time at the edge of the leeway', { auth_time: now - 360 }, { maxAgeSeconds: 60 }],
    ['an auth_time ahead', { auth_time: now + 5 }, { maxAgeSeconds: 0 }],
    ['an old auth_time without a maximum age', { auth_time: 1 }],
    ['an unknown claim', { acr_values: ['a'] }],
  ])('an ID Token with %s is accepted', (_what, changes, more) => {
    expect(accept(changes, more).sub).toBe('auth2|1');
  });

  test.each(
    ['RS', 'PS', 'ES']
      .flatMap((kind) => [256, 384, 512].map((bits) => `${kind}${bits}`))
      .concat('EdDSA', 'Ed25519'),
  )('the algorithm %s is accepted, with and without a kid', (alg) => {
    expect(verifyIdToken(sign({}, { alg }), expected).sub).toBe('auth2|1');
    expect(verifyIdToken(sign({}, { alg, kid: 'k' }), expected).sub).toBe('auth2|1');
  });

  test("the user has the ID Token's claims without protocol claims", () => {
    expect(
      accept({
        ...{ azp: 'publisher-web', nbf: now, jti: 'j', at_hash: 'h', c_hash: 'h', s_hash: 'h' },
        ...{ sid: 's', auth_time: now, acr: '0', amr: ['pwd'], act: { sub: 'x' } },
        ...{ name: 'Ada', email: 'ada@publisher.test', email_verified: true, 'urn:plan': { a: 1 } },
      }),
    ).toEqual({
      sub: 'auth2|1',
      name: 'Ada',
      email: 'ada@publisher.test',
      email_verified: true,
      'urn:plan': { a: 1 },
    });
  });

  test("an ID Token's claim named __proto__ adds nothing to the user", () => {
    const [header, , signature] = sign().split('.');
    const payload = `{"__proto__":{"admin":true},${JSON.stringify(claims).slice(1)}`;
    const part = Buffer.from(payload).toString('base64url');
    const user = verifyIdToken([header, part, signature].join('.'), expected);
    expect(user['admin']).toBeUndefined();
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
  });
});

describe('any token', () => {
  const wild = oneof(jsonValue(), constantFrom(...Object.values(claims)));
  const wildClaims = record(
    Object.fromEntries(
      [...Object.keys(claims), 'azp', 'auth_time', 'org_id'].map((name) => [name, wild]),
    ),
    { requiredKeys: [] },
  );

  test('any ID Token is rejected with callback_rejected or has a user', () => {
    assert(
      property(
        oneof(
          string({ unit: 'binary' }),
          wildClaims.map((changes) => sign(changes)),
        ),
        (token) => {
          try {
            const { sub } = verifyIdToken(token, {
              ...expected,
              organization: 'o',
              maxAgeSeconds: 1,
            });
            expect(sub).toMatch(/./s);
          } catch (error) {
            expect(isAuthError(error) && error.code).toBe('callback_rejected');
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('an error never contains the ID Token', () => {
    const marked = string({ minLength: 1, unit: 'grapheme-ascii' }).map((text) => `<<${text}>>`);
    const names = constantFrom('iss', 'aud', 'azp', 'nonce', 'exp', 'iat', 'sub', 'org_id');
    assert(
      property(dictionary(names, marked, { minKeys: 1 }), (changes) => {
        const token = sign(changes, { alg: '<<alg>>' });
        for (const attempt of [token, sign({ ...changes, aud: 'other' }), token.slice(0, -30)]) {
          const error = refusalOf(attempt);
          const shown = `${error.message}${JSON.stringify(error)}${String(error.cause)}`;
          expect(shown).not.toContain('<<');
          for (const part of attempt.split('.')) expect(shown).not.toContain(part);
        }
      }),
    );
  });
});
