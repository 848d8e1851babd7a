import { anything, assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { optionNames } from './check-options.js';
import { AuthError } from '../errors.js';
import type { SessionConfig, SessionOptions } from '../options.js';
import { resolveOptions } from './resolve-options.js';

const clientId = 'publisher-web';

/** Options as JavaScript may pass them, whatever the types say. */
const resolveLoosely = (options: Record<string, unknown>): unknown =>
  resolveOptions(options as unknown as SessionOptions);

const isStrict = (name: string): boolean =>
  ['mode', 'storage', 'organization', 'verifySignature'].includes(name);

const isObjectOption = (name: string): boolean =>
  ['authorizationParams', 'tokenHandler'].includes(name);

function refusalOf(options: Record<string, unknown>): AuthError {
  return errorOf(() => resolveLoosely({ clientId, ...options }));
}

function errorOf(resolve: () => unknown): AuthError {
  try {
    resolve();
  } catch (error) {
    expect(error).toBeInstanceOf(AuthError);
    return error as AuthError;
  }
  throw new Error('The options were accepted.');
}

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
    'https://*.sesamy.com',
    'https://token.sesamy.com?tenant=1',
    'https://token.sesamy.com/?',
    'https://token.sesamy.com/#',
    'https://token.sesamy.com/#tenant',
  ];

  describe.each(urlOptions)('%s', (name) => {
    test.each(secureLocally)('a URL option accepts %s', (value) => {
      expect(() => resolveLoosely({ clientId, [name]: value })).not.toThrow();
    });

    test.each(refused)('a URL option rejects %j', (value) => {
      const error = refusalOf({ [name]: value });
      expect(error.code).toBe('invalid_configuration');
      expect(error.message).toBe(
        `The option "${name}" must be a bare https URL (http only for localhost).`,
      );
    });
  });

  test.each(refused)('allowedOrigins rejects %j', (value) => {
    expect(refusalOf({ allowedOrigins: ['https://fine.test', value] }).message).toContain(
      '"allowedOrigins"',
    );
  });
});

describe('refusals', () => {
  test.each([undefined, null, '', ' ', 'two words', 'semi;colon', 'tab\t', 'line\nbreak'])(
    'the client id %j is rejected',
    (value) => {
      expect(refusalOf({ clientId: value }).message).toBe(
        'The option "clientId" must be the client id from Sesamy\'s dashboard.',
      );
    },
  );

  test.each([
    ['mode', 'cookie', 'refresh-token or sso-cookie or token-handler or auto'],
    ['mode', null, 'refresh-token or sso-cookie or token-handler or auto'],
    ['authPath', 'https://evil.test/auth', 'an absolute path'],
    ['authPath', '//evil.test/auth', 'an absolute path'],
    ['authPath', '/\\\\evil.test', 'an absolute path'],
    ['authPath', '/auth?x', 'an absolute path'],
    ['apiPath', 'sesamy/api', 'an absolute path'],
    ['storage', 'session', 'local or memory'],
    ['storage', null, 'local or memory'],
  ])('%s %j is rejected and the error names the choices', (name, value, choices) => {
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

  test.each(secretNames)('a secret named %s is rejected in every place', (name) => {
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
  ])("authorizationParams rejects the kit's own parameter %s", (name) => {
    expect(refusalOf({ authorizationParams: { [name]: 'do-not-print' } }).message).toMatch(
      `The option "authorizationParams.${name}" must be left out: the kit sets it`,
    );
  });

  test('the error for a parameter that is an option names that option', () => {
    expect(refusalOf({ authorizationParams: { redirect_uri: 'https://a.test' } }).message).toBe(
      'The option "authorizationParams.redirect_uri" must be left out: the kit sets it from "redirectUri".',
    );
  });

  test.each(['domain', 'authority', 'Domain', 'issuerUrl', 'auth0Domain', 'baseUrl', 'tenant'])(
    'the name %s for the issuer is rejected without an issuer',
    (name) => {
      const error = refusalOf({ [name]: 'login.publisher.test' });
      expect(error.code).toBe('invalid_configuration');
      expect(error.message).toBe(
        `The option "${name}" must be replaced by "issuer", the URL of the authorization server.`,
      );
    },
  );

  test.each(['mode', 'storage', 'organization', 'verifySignature'])(
    'an undefined %s is rejected, since its default is less secure',
    (name) => {
      expect(refusalOf({ [name]: undefined }).message).toContain('or left out');
    },
  );

  test.each(optionNames.filter((name) => name !== 'clientId' && !isStrict(name)))(
    'an undefined %s is the same as none',
    (name) => {
      expect(resolveLoosely({ clientId, [name]: undefined })).toEqual(resolveOptions({ clientId }));
    },
  );

  test.each([undefined, null, 'publisher-web', 42, [], () => {}])(
    'options that are %s are rejected',
    (options) => {
      const error = errorOf(() => resolveOptions(options as unknown as SessionOptions));
      expect(error.code).toBe('invalid_configuration');
    },
  );

  test('every value of every option is accepted or rejected with invalid_configuration', () => {
    const nested = constantFrom(
      'returnToParam',
      'logoutMethod',
      'csrfHeader',
      'hintCookie',
      'vendor_id',
    );
    const value = oneof(
      anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
      string({ unit: 'binary' }),
      constantFrom(Symbol('s'), () => {}, Number.NaN, new URL('https://a.test'), [
        'https://a.test',
        1,
      ]),
      tuple(nested, anything()).map(([name, inner]) => ({ [name]: inner })),
    );
    assert(
      property(constantFrom(...optionNames), value, (name, wrong) => {
        try {
          const { key } = resolveLoosely({ clientId, [name]: wrong }) as SessionConfig;
          expect(key).not.toContain(';');
        } catch (error) {
          expect(error).toMatchObject({ name: 'AuthError', code: 'invalid_configuration' });
        }
      }),
      { numRuns: 1500 },
    );
  });

  test.each(optionNames)('a wrong type of %s is rejected', (name) => {
    for (const wrong of [null, Number.NaN, 7n, Symbol('s'), [1], [null], new Map([[1, 2]])]) {
      if (wrong instanceof Map && isObjectOption(name)) continue;
      expect(refusalOf({ [name]: wrong }).code).toBe('invalid_configuration');
    }
  });

  test('no error message contains a value', () => {
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
