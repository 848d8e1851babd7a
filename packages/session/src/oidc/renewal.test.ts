import { afterEach, describe, expect, test, vi } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { refreshTokenRecord } from './renewal.js';
import { toTokenRecord } from './token-response.js';

const config = resolveOptions({ clientId: 'publisher-web' });
const record: TokenRecord = {
  id: 'r1',
  accessToken: 'at-1',
  refreshToken: 'rt-1',
  issuedAt: 0,
  expiresAt: 1,
  user: { sub: 'auth2|1', name: 'Ada' },
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (changes: Record<string, unknown> = {}): string => {
  const iat = Math.floor(Date.now() / 1000);
  const { issuer: iss, clientId: aud } = config;
  const claims = { iss, aud, sub: 'auth2|1', name: 'Ada', iat, exp: iat + 3600, ...changes };
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.c2ln`;
};

afterEach(() => vi.unstubAllGlobals());

function answerWith(body: Record<string, unknown>, status = 200): () => Record<string, string>[] {
  const sent: Record<string, string>[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body: form }: { body: URLSearchParams }) => {
    sent.push(Object.fromEntries(form));
    return Response.json(body, { status });
  });
  return () => sent;
}

const grant = { access_token: 'at-2', token_type: 'Bearer', expires_in: 600 };

describe('a refresh', () => {
  test('a refresh sends the refresh token and the client id only', async () => {
    const sent = answerWith({ ...grant, refresh_token: 'rt-2' });
    await refreshTokenRecord(config, record);
    expect(sent()).toEqual([
      { grant_type: 'refresh_token', client_id: 'publisher-web', refresh_token: 'rt-1' },
    ]);
  });

  test('a refresh creates a record with the new tokens and an expiry from now', async () => {
    answerWith({ ...grant, refresh_token: 'rt-2' });
    const before = Date.now();
    const renewed = await refreshTokenRecord(config, record);
    expect(renewed).toMatchObject({ accessToken: 'at-2', refreshToken: 'rt-2', user: record.user });
    expect(renewed.id).not.toBe(record.id);
    expect(renewed.issuedAt).toBeGreaterThanOrEqual(before);
    expect(renewed.expiresAt - renewed.issuedAt).toBe(600_000);
  });

  test('a refresh keeps the refresh token if the server does not rotate it', async () => {
    answerWith(grant);
    expect((await refreshTokenRecord(config, record)).refreshToken).toBe('rt-1');
  });

  test('a refresh adopts changed claims of the ID Token', async () => {
    answerWith({ ...grant, id_token: idToken({ name: 'Ada Lovelace' }) });
    expect((await refreshTokenRecord(config, record)).user['name']).toBe('Ada Lovelace');
  });

  test.each([
    ['another user', { sub: 'auth2|2' }],
    ['another issuer', { iss: 'https://evil.test/' }],
    ['another client', { aud: 'other' }],
    ['another time', { iat: 1, exp: 2 }],
  ])('a refresh is rejected if its ID Token is for %s', async (_what, changes) => {
    answerWith({ ...grant, id_token: idToken(changes) });
    await expect(refreshTokenRecord(config, record)).rejects.toMatchObject({
      code: 'callback_rejected',
    });
  });

  test('a refresh without a refresh token rejects without a request', async () => {
    const sent = answerWith(grant);
    const refreshing = refreshTokenRecord(config, { ...record, refreshToken: undefined });
    await expect(refreshing).rejects.toMatchObject({ code: 'login_required' });
    expect(sent()).toEqual([]);
  });

  test("a refused refresh rejects with login_required and the server's description", async () => {
    answerWith(
      { error: 'invalid_grant', error_description: 'Refresh token has been revoked' },
      403,
    );
    await expect(refreshTokenRecord(config, record)).rejects.toMatchObject({
      code: 'login_required',
      retryable: false,
      oauthError: 'invalid_grant',
      oauthErrorDescription: 'Refresh token has been revoked',
      cause: { code: 'authorization_failed' },
    });
  });

  test.each<[number, Record<string, unknown>, string]>([
    [503, { error: 'invalid_grant' }, 'network'],
    [429, { error: 'invalid_grant' }, 'network'],
    [401, { error: 'invalid_client' }, 'authorization_failed'],
    [403, { message: 'Invalid refresh token' }, 'authorization_failed'],
    [400, { error: { code: 'invalid_grant' } }, 'authorization_failed'],
    [200, { error: 'invalid_grant' }, 'network'],
  ])('a refresh response %d %j keeps the session: %s', async (status, body, code) => {
    answerWith(body, status);
    await expect(refreshTokenRecord(config, record)).rejects.toMatchObject({ code });
  });
});

test('every token record has its own id', () => {
  const tokens = {
    accessToken: 'at',
    idToken: undefined,
    refreshToken: undefined,
    scope: undefined,
    expiresInSeconds: 1,
    serverTimeSeconds: 0,
    requestedAt: 0,
  };
  const ids = Array.from({ length: 100 }, () => toTokenRecord(tokens, record.user, 'openid').id);
  expect(new Set(ids).size).toBe(100);
});
