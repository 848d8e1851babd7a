import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestTokens, revokeToken } from './token-endpoint.js';

const issuer = 'https://token.sesamy.test/tenant/';
const params = { grant_type: 'authorization_code', code: 'a b&c=d+é', client_id: 'publisher-web' };

let sent: { url: string; init: RequestInit }[] = [];

beforeEach(() => {
  sent = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return Response.json({ access_token: 'at', token_type: 'Bearer' });
  });
});
afterEach(() => vi.unstubAllGlobals());

const sentRequest = (): Request => {
  const { url, init } = sent[0]!;
  return new Request(url, init);
};

describe('a token request', () => {
  test('is one POST to the issuer, however long its path', async () => {
    await requestTokens(issuer, params);
    expect(sent).toHaveLength(1);
    expect(sentRequest().method).toBe('POST');
    expect(sentRequest().url).toBe('https://token.sesamy.test/tenant/oauth/token');
  });

  test('carries its parameters as a form and nothing in the URL', async () => {
    await requestTokens(issuer, params);
    const request = sentRequest();
    expect(request.headers.get('content-type')).toBe(
      'application/x-www-form-urlencoded;charset=UTF-8',
    );
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual(params);
    expect(new URL(request.url).search).toBe('');
  });

  test('needs no preflight: it has no headers of our own', async () => {
    await requestTokens(issuer, params);
    expect(sent[0]?.init.headers).toBeUndefined();
    expect([...sentRequest().headers.keys()]).toEqual(['content-type']);
  });

  test('carries no cookies, is not cached and follows no redirect', async () => {
    await requestTokens(issuer, params);
    expect(sentRequest()).toMatchObject({
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
  });
});

describe('a revocation', () => {
  test('names the token, the client and the kind, and outlives the page', async () => {
    await revokeToken(issuer, 'publisher-web', 'rt+/=');
    const request = sentRequest();
    expect(request.url).toBe('https://token.sesamy.test/tenant/oauth/revoke');
    expect(sent[0]?.init.keepalive).toBe(true);
    expect([...request.headers.keys()]).toEqual(['content-type']);
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      client_id: 'publisher-web',
      token: 'rt+/=',
      token_type_hint: 'refresh_token',
    });
  });

  test('is done whatever the server answers', async () => {
    for (const status of [200, 204, 400, 503]) {
      vi.stubGlobal('fetch', async () => new Response(null, { status }));
      await expect(revokeToken(issuer, 'publisher-web', 'rt')).resolves.toBeUndefined();
    }
  });
});
