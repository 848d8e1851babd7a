import { afterEach, describe, expect, test, vi } from 'vitest';
import { verifyIdToken } from '../oidc/id-token.js';
import { requestUserinfo } from './handler-userinfo.js';

afterEach(() => vi.unstubAllGlobals());

function answer(body: unknown, status = 200): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  vi.stubGlobal('fetch', async () => new Response(text, { status }));
}

describe('the token handler’s userinfo', () => {
  test('userinfo resolves to the user', async () => {
    answer({ authenticated: true, sub: 'a', name: 'Ada' });
    expect(await requestUserinfo('/sesamy/auth')).toEqual({ sub: 'a', name: 'Ada' });
  });

  test('userinfo drops protocol claims', async () => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: 'https://token.sesamy.com/', aud: 'c', azp: 'c', iat, exp: iat + 60, nbf: iat },
      ...{ jti: 'j', nonce: 'n', at_hash: 'h', c_hash: 'h', s_hash: 'h', sid: 's' },
      ...{ auth_time: iat, acr: '1', amr: ['pwd'], act: {}, sub: 'a', name: 'Ada', org_id: 'o' },
    };
    answer({ authenticated: true, ...claims });
    const encode = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const fromIdToken = verifyIdToken(`${encode({ alg: 'RS256' })}.${encode(claims)}.c2ln`, {
      issuer: claims.iss,
      clientId: claims.aud,
      serverTimeSeconds: iat,
    });
    expect(await requestUserinfo('/sesamy/auth')).toEqual(fromIdToken);
    expect(fromIdToken).toEqual({ sub: 'a', name: 'Ada', org_id: 'o' });
  });

  test.each([
    [200, { authenticated: false }],
    [200, { authenticated: false, sub: 'a' }],
    // Users cannot be distinguished without it.
    [200, { authenticated: true, name: 'Ada' }],
    [401, { error: 'session_expired' }],
    [401, 'Unauthorized'],
  ])('userinfo resolves to null for %i %j', async (status, body) => {
    answer(body, status);
    expect(await requestUserinfo('/sesamy/auth')).toBeNull();
  });

  test.each([
    [200, {}],
    [200, { authenticated: 'false', sub: 'a' }],
    [200, []],
    [200, null],
    [200, '<!doctype html>'],
    [204, ''],
    [302, ''],
    [403, { authenticated: false }],
    [404, 'Not found'],
    [429, {}],
    [500, { authenticated: false }],
    [502, '<html>'],
  ])(
    'userinfo rejects with a network error for %i %j, so the session is kept',
    async (status, body) => {
      answer(body, status);
      if (status === 204) vi.stubGlobal('fetch', async () => new Response(null, { status }));
      await expect(requestUserinfo('/sesamy/auth')).rejects.toMatchObject({
        code: 'network',
        retryable: true,
      });
    },
  );

  test('userinfo rejects with a timeout without a response', async () => {
    vi.stubGlobal('fetch', async (_url: string, { signal }: { signal: AbortSignal }) => {
      vi.spyOn(signal, 'aborted', 'get').mockReturnValue(true);
      throw signal.reason;
    });
    await expect(requestUserinfo('/sesamy/auth')).rejects.toMatchObject({ code: 'timeout' });
  });
});
