import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestTokens } from './token-endpoint.js';

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
