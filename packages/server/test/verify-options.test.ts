import { createAccessTokenVerifier, isAccessTokenError } from '@sesamy-kit/server/verify';
import type {
  AccessTokenRequirements,
  AccessTokenVerifier,
  AccessTokenVerifierOptions,
} from '@sesamy-kit/server/verify';
import { requireAccessToken as express } from '@sesamy-kit/server/verify/express';
import { requireAccessToken as hono } from '@sesamy-kit/server/verify/hono';
import {
  anything,
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  oneof,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from './client-double.js';
import { issuer, tokenIssuer } from './token-issuer.js';

/** What a caller without types may pass. */
const untyped = (options: unknown): AccessTokenVerifierOptions =>
  options as AccessTokenVerifierOptions;
const loose = (requirements: unknown): AccessTokenRequirements =>
  requirements as AccessTokenRequirements;

const invalidConfiguration = (message: RegExp): object =>
  expect.objectContaining({
    code: 'invalid_configuration',
    message: expect.stringMatching(message) as string,
  });

const misspelt = ['publisher', 'publisherID', 'issuers', 'algorithm', 'leeway', 'toString'];

describe('a verifier cannot be made with', () => {
  test.each<[string, unknown, RegExp]>([
    ['no options', undefined, /options must be an object/],
    [
      'neither a publisher nor the word that any will do',
      {},
      /"publisherId".*"allowAnyPublisher: true"/,
    ],
    [
      'a publisher that is an unset variable',
      { publisherId: undefined },
      /"publisherId" is undefined/,
    ],
    [
      'an unset publisher beside the word that any will do',
      { publisherId: undefined, allowAnyPublisher: true },
      /"publisherId" is undefined/,
    ],
    ['a blank publisher', { publisherId: ' ' }, /"publisherId"/],
    ['a publisher that is no text', { publisherId: 7 }, /"publisherId"/],
    ['both a publisher and any', { publisherId: 'p', allowAnyPublisher: true }, /"publisherId"/],
    ['any publisher in quotes', { allowAnyPublisher: 'true' }, /"allowAnyPublisher"/],
    ['any publisher refused and none given', { allowAnyPublisher: false }, /"publisherId"/],
    ...misspelt.map((name): [string, unknown, RegExp] => [
      `the unknown option ${name}`,
      { publisherId: 'p', [name]: 'x' },
      new RegExp(`no option "${name}"`),
    ]),
    ...['issuer', 'audience', 'algorithms', 'jwksUrl', 'leewaySeconds', 'fetch', 'now'].map(
      (name): [string, unknown, RegExp] => [
        `an undefined ${name}`,
        { publisherId: 'p', [name]: undefined },
        new RegExp(`"${name}" is undefined. Leave it out`),
      ],
    ),
    ['no audience at all', { publisherId: 'p', audience: [] }, /"audience"/],
    ['a blank audience', { publisherId: 'p', audience: '' }, /"audience"/],
    ['an audience of the wrong type', { publisherId: 'p', audience: { a: 1 } }, /"audience"/],
    ['no issuer at all', { publisherId: 'p', issuer: [] }, /"issuer"/],
    ['an issuer that is no URL', { publisherId: 'p', issuer: 'token.sesamy.com' }, /"issuer"/],
    [
      'an issuer over plain http',
      { publisherId: 'p', issuer: 'http://token.sesamy.com/' },
      /"issuer"/,
    ],
    ['an issuer with a query', { publisherId: 'p', issuer: 'https://a.test/?b' }, /"issuer"/],
    ['a bad issuer among good ones', { publisherId: 'p', issuer: [issuer, 'x'] }, /"issuer"/],
    ['keys over plain http', { publisherId: 'p', jwksUrl: 'http://a.test/keys' }, /"jwksUrl"/],
    [
      'one key set for several issuers',
      { publisherId: 'p', issuer: [issuer, 'https://a.test/'], jwksUrl: 'https://a.test/keys' },
      /"jwksUrl"/,
    ],
    ['a symmetric algorithm', { publisherId: 'p', algorithms: ['HS256'] }, /"algorithms"/],
    ['the algorithm none', { publisherId: 'p', algorithms: ['none'] }, /"algorithms"/],
    ['no algorithm', { publisherId: 'p', algorithms: [] }, /"algorithms"/],
    ['algorithms in one string', { publisherId: 'p', algorithms: 'RS256' }, /"algorithms"/],
    ...[Number.NaN, '60', Infinity, -5, 100_000, null].map(
      (leewaySeconds): [string, unknown, RegExp] => [
        `a leeway of ${String(leewaySeconds)} (${typeof leewaySeconds})`,
        { publisherId: 'p', leewaySeconds },
        /"leewaySeconds" must be a number from 0 to 300/,
      ],
    ),
    [
      'an inherited leeway without end',
      Object.setPrototypeOf({ publisherId: 'p' }, { leewaySeconds: Infinity }),
      /"leewaySeconds" must be/,
    ],
    ['a list of holes', { publisherId: 'p', audience: Array(2) }, /"audience"/],
    ['a fetch that is none', { publisherId: 'p', fetch: 'fetch' }, /"fetch"/],
    ['a clock that is none', { publisherId: 'p', now: 0 }, /"now"/],
  ])('a verifier cannot be created with %s', (_, options, message) => {
    expect(() => createAccessTokenVerifier(untyped(options))).toThrow(
      invalidConfiguration(message),
    );
  });
});

test('the types require publisherId or allowAnyPublisher', () => {
  const unset: { publisherId: string | undefined } = { publisherId: undefined };
  createAccessTokenVerifier({ publisherId: 'p' });
  createAccessTokenVerifier({ allowAnyPublisher: true });
  // @ts-expect-error -- neither
  expect(() => createAccessTokenVerifier({})).toThrow(/publisherId/);
  // @ts-expect-error -- an environment variable may be unset
  expect(() => createAccessTokenVerifier(unset)).toThrow(/publisherId/);
  // @ts-expect-error -- both
  expect(() => createAccessTokenVerifier({ publisherId: 'p', allowAnyPublisher: true })).toThrow(
    /publisherId/,
  );
});

describe('requirements that accept more than was meant', () => {
  const bad: [string, unknown][] = [
    ['misspelt', { scope: ['a'] }],
    ['in Auth0’s spelling', { maxAge: 300 }],
    ['undefined', { scopes: undefined }],
    ['empty', { permissions: [] }],
    ['a list of holes', { scopes: Array(1) }],
    ['inherited and empty', Object.setPrototypeOf({}, { permissions: [] })],
    ['in one string', { scopes: 'a b' }],
    ['two in one', { scopes: ['a b'] }],
    ['an age that is no number', { maxAgeSeconds: '300' }],
    ['an age that is NaN', { maxAgeSeconds: Number.NaN }],
    ['an endless age', { maxAgeSeconds: Infinity }],
    ['no context class', { acrValues: [] }],
    ['an unknown subject', { subject: 'user' }],
    ['null', null],
    ['a list', ['a']],
  ];
  const verifier = createAccessTokenVerifier({ publisherId: 'p' });

  test.each(bad)(
    'the middleware rejects a requirement when it is created: %s',
    (_, requirements) => {
      const expected = invalidConfiguration(/requirement/);
      expect(() => express(verifier, loose(requirements))).toThrow(expected);
      expect(() => hono(verifier, loose(requirements))).toThrow(expected);
    },
  );

  test.each(bad)('verify rejects a requirement: %s', async (_, requirements) => {
    expect(await failureOf(verifier.verify('a.b.c', loose(requirements)))).toEqual(
      invalidConfiguration(/requirement/),
    );
  });
});

test.each([undefined, null, {}, 'verifier'])(
  'a middleware cannot be created with %o for a verifier',
  (verifier) => {
    const none = verifier as AccessTokenVerifier;
    expect(() => express(none)).toThrow(invalidConfiguration(/createAccessTokenVerifier/));
    expect(() => hono(none)).toThrow(invalidConfiguration(/createAccessTokenVerifier/));
  },
);

test('no options and requirements accept a token of another publisher', async () => {
  const sesamy = await tokenIssuer();
  const token = await sesamy.issue({ vendor_id: 'rival', tenant_id: 'rival' });
  const names = constantFrom(
    'publisherId',
    'audience',
    'scopes',
    'leewaySeconds',
    'algorithms',
    'issuer',
    'x',
    '__proto__',
  );
  const values = oneof(
    anything(),
    array(anything()),
    constantFrom('RS256', issuer, undefined, Number.NaN, 'tidewaiter'),
  );
  await assert(
    asyncProperty(
      dictionary(names, values),
      dictionary(names, values),
      async (options, requirements) => {
        const attempt = async (): Promise<unknown> =>
          createAccessTokenVerifier(
            untyped({ fetch: sesamy.fetch, issuer, publisherId: 'tidewaiter', ...options }),
          ).verify(token, loose(requirements));
        expect(isAccessTokenError(await failureOf(attempt()))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([undefined, null, 7, {}, ['a.b.c']])(
  'verify(%o) rejects with an AccessTokenError',
  async (token) => {
    const verifier = createAccessTokenVerifier({ publisherId: 'p' });
    expect(await failureOf(verifier.verify(token as string))).toMatchObject({
      name: 'AccessTokenError',
      code: 'missing_token',
    });
  },
);

test('a clock that returns no number accepts no expired token', async () => {
  const sesamy = await tokenIssuer();
  const verifier = createAccessTokenVerifier({
    publisherId: 'tidewaiter',
    issuer,
    fetch: sesamy.fetch,
    now: () => Number.NaN,
  });
  expect(await failureOf(verifier.verify(await sesamy.issue({ exp: 1 })))).toEqual(
    invalidConfiguration(/"now"/),
  );
});

test('a malformed token with an unreachable issuer is not blamed on the keys', async () => {
  const verifier = createAccessTokenVerifier({
    publisherId: 'p',
    fetch: () => Promise.reject(new TypeError('fetch failed')),
  });
  await assert(
    asyncProperty(
      array(constantFrom('.', 'e', '{', '"', 'eyJhbGciOiJub25lIn0', '=', '-')),
      async (parts) => {
        expect(await failureOf(verifier.verify(parts.join('')))).toMatchObject({
          code: 'invalid_token',
        });
      },
    ),
    { numRuns: 300 },
  );
});
