import { describe, expect, test, vi } from 'vitest';
import { resolveOptions } from './options.js';
import type { ManagementClientOptions } from './options.js';

const credentials = { clientId: 'backend', clientSecret: 'hush' };

describe('the options of the Management API client', () => {
  test('the Management API client defaults to Sesamy’s hosts', () => {
    expect(resolveOptions(credentials)).toMatchObject({
      tokenUrl: 'https://token.sesamy.com/oauth/token',
      apiUrl: 'https://api.sesamy.com/management/v1',
      audience: 'https://api.sesamy.com',
    });
  });

  test('the Management API client takes its credentials from the environment', () => {
    vi.stubEnv('SESAMY_CLIENT_ID', 'from-env');
    vi.stubEnv('SESAMY_CLIENT_SECRET', 'hush-env');
    expect(resolveOptions({})).toMatchObject({ clientId: 'from-env', clientSecret: 'hush-env' });
  });

  test.each<[ManagementClientOptions, string, string]>([
    [{ domain: 'auth.sesamy.com' }, 'tokenUrl', 'https://auth.sesamy.com/oauth/token'],
    [{ domain: 'localhost:8443' }, 'tokenUrl', 'https://localhost:8443/oauth/token'],
    [
      { issuer: 'https://login.publisher.test' },
      'tokenUrl',
      'https://login.publisher.test/oauth/token',
    ],
    [{ issuer: 'http://127.0.0.1:3000/' }, 'tokenUrl', 'http://127.0.0.1:3000/oauth/token'],
    [
      { apiUrl: 'https://staging-api.sesamy.com' },
      'apiUrl',
      'https://staging-api.sesamy.com/management/v1',
    ],
    [
      { apiUrl: 'https://api2.sesamy.com/management/' },
      'apiUrl',
      'https://api2.sesamy.com/management',
    ],
  ])('the option %o sets %s to %s', (options, name, value) => {
    expect(resolveOptions({ ...credentials, ...options })).toMatchObject({ [name]: value });
  });

  test.each<[string, ManagementClientOptions, RegExp]>([
    ['no client id', { clientId: undefined }, /SESAMY_CLIENT_ID/],
    ['an empty secret', { clientSecret: '' }, /SESAMY_CLIENT_SECRET/],
    ['a line break in the secret', { clientSecret: 'hush\n' }, /clientSecret contains white space/],
    ['a domain with a scheme', { domain: 'https://auth.sesamy.com' }, /bare host/],
    [
      'issuer and domain',
      { domain: 'a.test', issuer: 'https://b.test/' },
      /Both issuer and domain/,
    ],
    ['an issuer over plain http', { issuer: 'http://token.sesamy.com/' }, /https/],
    ['an API over plain http', { apiUrl: 'http://api.sesamy.com' }, /https/],
    ['an API without a host', { apiUrl: '/management' }, /absolute URL/],
    [
      'a misspelt option',
      { scopes: 'users:read' } as ManagementClientOptions,
      /no option "scopes"/,
    ],
    ['a negative number of retries', { maxRetries: -1 }, /maxRetries/],
    ['a time-out of no time', { timeoutMs: Number.NaN }, /timeoutMs/],
  ])('the Management API client rejects %s', (_, options, message) => {
    vi.stubEnv('SESAMY_CLIENT_ID', '');
    vi.stubEnv('SESAMY_CLIENT_SECRET', '');
    const refused = expect.objectContaining({
      code: 'invalid_configuration',
      message: expect.stringMatching(message) as string,
    }) as Error;
    expect(() => resolveOptions({ ...credentials, ...options })).toThrow(refused);
  });

  test.each(['Mozilla/5.0 (X11; Linux x86_64) Chrome/140', 'Mozilla/5.0 Firefox/140'])(
    'the Management API client rejects the browser %s, its workers included',
    (userAgent) => {
      vi.stubGlobal('navigator', { userAgent });
      expect(() => resolveOptions(credentials)).toThrow(/does not run in a browser/);
    },
  );

  test.each(['Node.js/22', 'Deno/2.0', 'Bun/1.2', 'Cloudflare-Workers'])(
    'the Management API client accepts the runtime %s',
    (userAgent) => {
      vi.stubGlobal('navigator', { userAgent });
      expect(resolveOptions(credentials).clientId).toBe('backend');
    },
  );
});
