import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuthError } from './errors.js';
import { resolveOptions, type SessionOptions } from './options.js';

const clientId = 'publisher-web';

/** Options as JavaScript may pass them, whatever the types say. */
const resolveLoosely = (options: Record<string, unknown>): unknown =>
  resolveOptions(options as unknown as SessionOptions);

function refusalOf(options: Record<string, unknown>): AuthError {
  try {
    resolveLoosely({ clientId, ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(AuthError);
    return error as AuthError;
  }
  throw new Error('The options were accepted.');
}

describe('defaults', () => {
  test('a client id is enough', () => {
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
  ])('the issuer %s is %s', (issuer, expected) => {
    expect(resolveOptions({ clientId, issuer }).issuer).toBe(expected);
  });

  test('the same issuer has the same key however it is spelt', () => {
    const { key } = resolveOptions({ clientId, issuer: 'https://login.publisher.test/tenant' });
    expect(resolveOptions({ clientId, issuer: 'https://Login.Publisher.Test/tenant/' }).key).toBe(
      key,
    );
  });

  test('another client or issuer has another key', () => {
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
  ])('the scope %j asks for %j', (scope, expected) => {
    expect(resolveOptions({ clientId, ...(scope !== undefined && { scope }) }).scope).toBe(
      expected,
    );
  });

  test('another way to keep the session has another key, so that both may be on one origin', () => {
    const { key } = resolveOptions({ clientId });
    expect(resolveOptions({ clientId, mode: 'sso-cookie' }).key).not.toBe(key);
    expect(resolveOptions({ clientId, mode: 'refresh-token' }).key).toBe(key);
  });

  test("with a token handler the API is on the page's own origin, and Sesamy's is not called", () => {
    const config = resolveOptions({ clientId, mode: 'token-handler', apiPath: '/publisher/api/' });
    expect(config.apiUrl).toBe('/publisher/api');
    expect(config.allowedOrigins).toEqual(new Set());
  });

  test('the API and the listed origins may be called', () => {
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

  test('the audience and further parameters go along verbatim', () => {
    expect(
      resolveOptions({ clientId, audience: 'urn:api', authorizationParams: { vendor_id: 'a b' } })
        .authorizationParams,
    ).toEqual({ audience: 'urn:api', vendor_id: 'a b' });
  });
});

describe('URLs', () => {
  const urlOptions = ['issuer', 'apiUrl', 'redirectUri'] as const;
  const secureLocally = [
    'http://localhost',
    'http://localhost:5173/',
    'http://app.localhost:5173',
    'http://127.0.0.1:5173',
    'http://127.1',
    'http://[::1]:5173',
  ];
  const refused = [
    '',
    ' ',
    'token.sesamy.com',
    '/relative',
    '//token.sesamy.com',
    'http://token.sesamy.com',
    'http://127.evil.test',
    'http://127.0.0.1.evil.test',
    'http://localhost.evil.test',
    'http://evillocalhost',
    'http://192.168.0.1',
    'http://[::2]',
    'ws://localhost',
    'javascript:alert(1)',
    'blob:https://token.sesamy.com/1',
    'https://user@token.sesamy.com',
    'https://user:password@token.sesamy.com',
    'https:user:password@token.sesamy.com',
    'https:\\\\user:password@token.sesamy.com',
    'https://token.sesamy.com?tenant=1',
    'https://token.sesamy.com/?',
    'https://token.sesamy.com/#',
    'https://token.sesamy.com/#tenant',
  ];

  describe.each(urlOptions)('%s', (name) => {
    test.each(secureLocally)('%s is safe on a developer machine', (value) => {
      expect(() => resolveLoosely({ clientId, [name]: value })).not.toThrow();
    });

    test.each(refused)('%j is refused', (value) => {
      const error = refusalOf({ [name]: value });
      expect(error.code).toBe('invalid_configuration');
      expect(error.message).toBe(
        `The option "${name}" must be a bare https URL (http only for localhost).`,
      );
    });
  });

  test.each(refused)('%j is no allowed origin', (value) => {
    expect(refusalOf({ allowedOrigins: ['https://fine.test', value] }).message).toContain(
      '"allowedOrigins"',
    );
  });
});

describe('refusals', () => {
  test.each([undefined, null, '', ' ', 'two words', 'semi;colon', 'tab\t', 'line\nbreak'])(
    'the client id %j is refused',
    (value) => {
      expect(refusalOf({ clientId: value }).message).toBe(
        'The option "clientId" must be the client id from Sesamy\'s dashboard.',
      );
    },
  );

  test.each([
    ['mode', 'cookie', 'refresh-token or sso-cookie or token-handler'],
    ['mode', null, 'refresh-token or sso-cookie or token-handler'],
    ['authPath', 'https://evil.test/auth', 'an absolute path'],
    ['authPath', '//evil.test/auth', 'an absolute path'],
    ['authPath', '/\\\\evil.test', 'an absolute path'],
    ['authPath', '/auth?x', 'an absolute path'],
    ['apiPath', 'sesamy/api', 'an absolute path'],
    ['storage', 'session', 'local or memory'],
    ['storage', null, 'local or memory'],
  ])('%s %j is refused and the choices are named', (name, value, choices) => {
    expect(refusalOf({ [name]: value }).message).toBe(`The option "${name}" must be ${choices}.`);
  });

  const secretNames = [
    'clientSecret',
    'client_secret',
    'client-secret',
    'CLIENT_SECRET',
    'Client_Secret',
    'secret',
    'sesamySecret',
  ];

  test.each(secretNames)('a secret spelt %s is refused wherever it is', (name) => {
    for (const options of [
      { [name]: 'do-not-print' },
      { [name]: '' },
      { [name]: undefined },
      { authorizationParams: { [name]: 'do-not-print' } },
    ]) {
      const error = refusalOf(options);
      expect(error.code).toBe('invalid_configuration');
      expect(error.message).toBe(
        `The option "${name}" must be left out: browsers keep no secrets.`,
      );
    }
  });

  test.each([
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'state',
    'nonce',
    'code_challenge',
    'code_challenge_method',
  ])('the parameter %s belongs to the kit', (name) => {
    expect(refusalOf({ authorizationParams: { [name]: 'do-not-print' } }).message).toBe(
      `The option "authorizationParams.${name}" must be left out: the kit sets it.`,
    );
  });

  test('no message repeats a value', () => {
    const value = string({ minLength: 6, unit: 'grapheme-ascii' }).map((text) => `<${text}>`);
    const name = constantFrom(
      ...['clientSecret', 'issuer', 'apiUrl', 'redirectUri', 'mode', 'storage'],
    );
    assert(
      property(tuple(name, value), ([key, text]) => {
        const error = refusalOf({ [key]: text });
        expect(error.message).toContain(`"${key}"`);
        expect(error.message).not.toContain(text);
        expect(error.cause).toBeUndefined();
      }),
    );
  });
});
