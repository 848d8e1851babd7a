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
  test('a token request is one POST to the issuer, with its path', async () => {
    await requestTokens(issuer, params);
    expect(sent).toHaveLength(1);
    expect(sentRequest().method).toBe('POST');
    expect(sentRequest().url).toBe('https://token.sesamy.test/tenant/oauth/token');
  });

  test('a token request sends its parameters as a form, not in the URL', async () => {
    await requestTokens(issuer, params);
    const request = sentRequest();
    expect(request.headers.get('content-type')).toBe(
      'application/x-www-form-urlencoded;charset=UTF-8',
    );
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual(params);
    expect(new URL(request.url).search).toBe('');
  });

  test('a token request needs no preflight', async () => {
    await requestTokens(issuer, params);
    expect(sent[0]?.init.headers).toBeUndefined();
    expect([...sentRequest().headers.keys()]).toEqual(['content-type']);
  });

  test('a token request sends no cookies, is not cached and follows no redirect', async () => {
    await requestTokens(issuer, params);
    expect(sentRequest()).toMatchObject({
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
  });
});
