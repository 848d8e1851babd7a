import {
  anything,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  jsonValue,
  record,
  string,
} from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isAuthError } from '../errors.js';
import { requestTokens, type TokenResponse } from './token-endpoint.js';

const answer = { access_token: 'at', token_type: 'Bearer', expires_in: 3600 };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.c2ln`;

afterEach(() => vi.unstubAllGlobals());

function serve(body: unknown, init?: ResponseInit): Promise<TokenResponse> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  vi.stubGlobal('fetch', async () => new Response(text, init));
  return requestTokens('https://token.sesamy.test/', {});
}

describe('a grant', () => {
  test('a grant has the tokens of the response', async () => {
    expect(
      await serve({ ...answer, id_token: 'it', refresh_token: 'rt', scope: 'openid' }),
    ).toMatchObject({
      accessToken: 'at',
      idToken: 'it',
      refreshToken: 'rt',
      expiresInSeconds: 3600,
    });
  });

  test('a grant needs no scope, refresh token or ID Token', async () => {
    expect(await serve(answer)).toMatchObject({ idToken: undefined, refreshToken: undefined });
  });

  test.each([null, '', 1, {}])('a grant ignores the refresh token %j', async (value) => {
    const tokens = await serve({ ...answer, refresh_token: value, id_token: value });
    expect(tokens).toMatchObject({ idToken: undefined, refreshToken: undefined });
  });

  test.each(['Bearer', 'bearer', 'BEARER'])(
    'a grant of the type %s is a bearer token',
    async (type) => {
      expect((await serve({ ...answer, token_type: type })).accessToken).toBe('at');
    },
  );

  test.each([
    [3600, 3600],
    ['3600', 3600],
    [7200.5, 7200.5],
    [86_400 * 365, 86_400 * 365],
    [10, 10],
    [9, 10],
    [0, 10],
    [-1, 10],
    ['0', 10],
    [undefined, 3600],
    [null, 3600],
    ['', 3600],
    [' ', 3600],
    ['soon', 3600],
    ['NaN', 3600],
    [true, 3600],
    [[60], 3600],
    [{}, 3600],
    [{ toString: 1, valueOf: 1 }, 3600],
  ])('a grant with expires_in %j lives %d s', async (expiresIn, seconds) => {
    expect((await serve({ ...answer, expires_in: expiresIn })).expiresInSeconds).toBe(seconds);
  });

  test('a grant with an infinite expires_in has a finite lifetime', async () => {
    const tokens = await serve('{"access_token":"at","token_type":"Bearer","expires_in":1e999}');
    expect(tokens.expiresInSeconds).toBe(3600);
  });

  test("a grant without expires_in uses its access token's exp", async () => {
    const token = jwt({ iat: 1_800_000_000, exp: 1_800_000_600 });
    const tokens = await serve({ access_token: token, token_type: 'Bearer' });
    expect(tokens.expiresInSeconds).toBe(600);
  });

  test.each([
    { iat: '1', exp: '2' },
    { iat: { toString: 1, valueOf: 1 }, exp: 1 },
    { iat: null, exp: null },
    { exp: 1_800_000_600 },
  ])('a grant whose access token has %j lives as long as Sesamy documents', async (claims) => {
    const tokens = await serve({ access_token: jwt(claims), token_type: 'Bearer' });
    expect(tokens.expiresInSeconds).toBe(3600);
  });

  test("a grant's server time is its access token's iat, else this device's clock", async () => {
    vi.setSystemTime(1_700_000_000_000);
    const told = await serve({ ...answer, access_token: jwt({ iat: 1_800_000_000 }) });
    expect(told.serverTimeSeconds).toBe(1_800_000_000);
    expect((await serve(answer)).serverTimeSeconds).toBe(1_700_000_000);
    vi.useRealTimers();
  });
});

describe('an invalid successful response', () => {
  test.each<[string, string]>([
    ['an empty body', ''],
    ['HTML', '<!doctype html><title>Sign in to the hotel</title>'],
    ['plain text', 'ok'],
    ['JSON that is not an object', '[]'],
    ['null', 'null'],
    ['no access token', JSON.stringify({ token_type: 'Bearer' })],
    ['an empty access token', JSON.stringify({ ...answer, access_token: '' })],
    ['an access token that is not a string', JSON.stringify({ ...answer, access_token: 1 })],
    ['no token type', JSON.stringify({ access_token: 'at' })],
    ['another token type', JSON.stringify({ ...answer, token_type: 'DPoP' })],
    ['a token type that is not a string', JSON.stringify({ ...answer, token_type: ['Bearer'] })],
    ['an error with status 200', JSON.stringify({ error: 'invalid_grant' })],
  ])('a successful response with %s is a retryable network error', async (_what, body) => {
    const error: unknown = await serve(body, { status: 200 }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error).not.toHaveProperty('oauthError');
    expect(error).toHaveProperty('message', expect.stringContaining('but no tokens'));
  });
});

describe('any response', () => {
  const statuses = constantFrom(200, 201, 400, 401, 403, 404, 429, 500, 503);
  const marked = string({ unit: 'grapheme-ascii' }).map((text) => `<<${text}>>`);

  test('any JSON response is a grant or an AuthError', async () => {
    const body = record(
      {
        access_token: jsonValue(),
        token_type: constantFrom('Bearer', 'mac', null),
        expires_in: jsonValue(),
        error: jsonValue(),
        retry_after: jsonValue(),
      },
      { requiredKeys: [] },
    );
    await assert(
      asyncProperty(body, statuses, async (value, status) => {
        const tokens: unknown = await serve(value, { status }).catch((error: unknown) => error);
        if (isAuthError(tokens)) return;
        expect(tokens).toHaveProperty('accessToken', expect.stringMatching(/./s));
        expect((tokens as TokenResponse).expiresInSeconds).toBeGreaterThanOrEqual(10);
      }),
      { numRuns: 300 },
    );
  });

  test('any text response is a grant or an AuthError', async () => {
    await assert(
      asyncProperty(
        anything(),
        string({ unit: 'binary' }),
        integer({ min: 200, max: 599 }),
        async (value, text, status) => {
          if ([204, 205, 304].includes(status)) return;
          for (const body of [text, JSON.stringify(value) ?? '']) {
            const error: unknown = await serve(body, { status }).catch((caught: unknown) => caught);
            expect(isAuthError(error)).toBe(true);
          }
        },
      ),
    );
  });

  test("the response's text is not in the error message", async () => {
    const body = record(
      {
        ...{ access_token: marked, id_token: marked, refresh_token: marked, token_type: marked },
        error: marked,
        ...{ error_description: marked, message: marked, code: marked, retry_after: marked },
      },
      { requiredKeys: [] },
    );
    await assert(
      asyncProperty(body, statuses, async (value, status) => {
        for (const sent of [value, { error: value }, [value], JSON.stringify(value).slice(1)]) {
          const error: unknown = await serve(sent, { status }).catch((caught: unknown) => caught);
          expect(isAuthError(error) && error.message).toMatch(/^(?!.*<<)/s);
        }
      }),
    );
  });
});
