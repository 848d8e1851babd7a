import { describe, expect, test } from 'vitest';
import { resolveOptions } from './resolve-options.js';

const clientId = 'publisher-web';

describe('defaults', () => {
  test('only clientId is required', () => {
    expect(resolveOptions({ clientId })).toEqual({
      clientId,
      mode: 'refresh-token',
      fallbackMode: undefined,
      issuer: 'https://token.sesamy.com/',
      apiUrl: 'https://api.sesamy.com',
      authPath: '/sesamy/auth',
      vendorId: clientId,
      tokenHandler: {},
      hintCookie: 'sesamy_is_authenticated',
      redirectUri: undefined,
      scope: 'openid profile email',
      organization: undefined,
      storage: 'local',
      allowedOrigins: new Set(['https://api.sesamy.com']),
      authorizationParams: {},
      key: 'sesamy-kit:publisher-web@https://token.sesamy.com/',
    });
  });

  test.each([
    ['https://login.publisher.test', 'https://login.publisher.test/'],
    ['https://login.publisher.test/', 'https://login.publisher.test/'],
    ['https://login.publisher.test/tenant', 'https://login.publisher.test/tenant/'],
    ['HTTPS://Login.Publisher.Test:443', 'https://login.publisher.test/'],
  ])('the issuer %s resolves to %s', (issuer, expected) => {
    expect(resolveOptions({ clientId, issuer }).issuer).toBe(expected);
  });

  test('different spellings of one issuer have the same session key', () => {
    const { key } = resolveOptions({ clientId, issuer: 'https://login.publisher.test/tenant' });
    expect(resolveOptions({ clientId, issuer: 'https://Login.Publisher.Test/tenant/' }).key).toBe(
      key,
    );
  });

  test('another client or issuer has another session key', () => {
    const keys = [
      resolveOptions({ clientId }).key,
      resolveOptions({ clientId: 'other' }).key,
      resolveOptions({ clientId, issuer: 'https://login.publisher.test' }).key,
    ];
    expect(new Set(keys).size).toBe(3);
  });

  test.each([
    ['https://api.publisher.test/', 'https://api.publisher.test'],
    ['https://api.publisher.test/sesamy/', 'https://api.publisher.test/sesamy'],
  ])('the API URL %s loses its trailing slash', (apiUrl, expected) => {
    expect(resolveOptions({ clientId, apiUrl }).apiUrl).toBe(expected);
  });

  test.each([
    [undefined, 'openid profile email'],
    ['', 'openid'],
    ['email', 'openid email'],
    ['openid  email\nopenid offline_access', 'openid email offline_access'],
  ])('the scope %j requests %j', (scope, expected) => {
    expect(resolveOptions({ clientId, ...(scope !== undefined && { scope }) }).scope).toBe(
      expected,
    );
  });

  test('APIs, organizations and modes have separate session keys', () => {
    const keys = [
      resolveOptions({ clientId, audience: 'acme' }).key,
      resolveOptions({ clientId, organization: 'acme' }).key,
      resolveOptions({ clientId, audience: 'sso-cookie' }).key,
      resolveOptions({ clientId, audience: 'acme', organization: 'other' }).key,
      resolveOptions({ clientId, audience: 'acme&organization=other' }).key,
      resolveOptions({ clientId, mode: 'sso-cookie' }).key,
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('an audience has the same session key in either option', () => {
    const { key } = resolveOptions({ clientId, audience: 'urn:api' });
    const params = { audience: 'urn:api' };
    expect(resolveOptions({ clientId, authorizationParams: params }).key).toBe(key);
    expect(
      resolveOptions({ clientId, audience: 'replaced', authorizationParams: params }).key,
    ).toBe(key);
  });

  test.each([
    ['http://localhost:4000/', 'http://localhost:4000'],
    ['http://127.0.0.1:4000/tenant/', 'http://127.0.0.1:4000'],
    ['https://localhost', 'https://localhost'],
    ['https://login.publisher.test', 'https://api.sesamy.com'],
  ])('with the issuer %s the default API is %s', (issuer, expected) => {
    const config = resolveOptions({ clientId, issuer });
    expect(config.apiUrl).toBe(expected);
    expect([...config.allowedOrigins]).toEqual([expected]);
  });

  test('another mode has another session key, so that both can be on one origin', () => {
    const { key } = resolveOptions({ clientId });
    expect(resolveOptions({ clientId, mode: 'sso-cookie' }).key).not.toBe(key);
    expect(resolveOptions({ clientId, mode: 'refresh-token' }).key).toBe(key);
  });

  test("with a token handler apiUrl is on the page's own origin, and Sesamy's is not allowed", () => {
    const config = resolveOptions({ clientId, mode: 'token-handler', apiPath: '/publisher/api/' });
    expect(config.apiUrl).toBe('/publisher/api');
    expect(config.allowedOrigins).toEqual(new Set());
  });

  test('the API and allowedOrigins are allowed', () => {
    const { allowedOrigins } = resolveOptions({
      clientId,
      apiUrl: 'https://api.publisher.test/v1',
      allowedOrigins: ['https://Other.Publisher.Test:443/deep/path', 'http://localhost:3000'],
    });
    expect([...allowedOrigins]).toEqual([
      'https://api.publisher.test',
      'https://other.publisher.test',
      'http://localhost:3000',
    ]);
  });

  test('the audience and authorizationParams are sent verbatim', () => {
    expect(
      resolveOptions({ clientId, audience: 'urn:api', authorizationParams: { vendor_id: 'a b' } })
        .authorizationParams,
    ).toEqual({ audience: 'urn:api', vendor_id: 'a b' });
  });
});
