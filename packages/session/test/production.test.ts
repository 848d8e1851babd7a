import { anything, asyncProperty, assert, constantFrom } from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { optionNames } from '../src/options/check-options.js';
import { AuthError, createSesamySession, type Session, type SessionOptions } from '../src/index.js';
import { rejectionOf } from './browser.js';

const clientId = 'publisher-web';
const invalid = { name: 'AuthError', code: 'invalid_configuration' };

/** Options as JavaScript may pass them, whatever the types say. */
const create = (options: unknown): Session => createSesamySession(options as SessionOptions);

const fetched = vi.fn<typeof fetch>();
const assigned = vi.fn<(url: string | URL) => void>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched.mockReset());
  vi.spyOn(location, 'assign').mockImplementation(assigned.mockReset());
});

/** Runs every action that would send a credential. */
async function rejectionsOf(session: Session): Promise<readonly unknown[]> {
  return Promise.all(
    [
      session.loginWithRedirect(),
      session.loginWithPopup(),
      session.getAccessToken(),
      session.fetch('https://api.sesamy.com/'),
      session.fetchUserInfo(),
    ].map(rejectionOf),
  );
}

describe('a production build', () => {
  test('a production build has no links in its messages, whatever the environment', () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect(new AuthError('network', 'No response.').message).toBe('No response.');
  });

  test('a production build does not check the options when the session is created', () => {
    expect(() => create({ clientId, mode: 'cookies' })).not.toThrow();
  });

  test.each<[string, Record<string, unknown>]>([
    ['"issuer" must be a bare https URL', { issuer: 'http://token.sesamy.com' }],
    ['"mode" must be refresh-token or', { mode: 'cookies' }],
    ['"mode" must be refresh-token or', { mode: undefined }],
    ['"allowedOrigins" must be a list', { allowedOrigins: ['http://evil.test'] }],
    ['"clientId" must be the client id', { clientId: 'a;b' }],
    ['"clientId" must be the client id', { clientId: undefined }],
    ['"clientSecret" must be left out', { clientSecret: 'do-not-print' }],
    ['"authorizationParams.state" must be left out', { authorizationParams: { state: 'x' } }],
  ])('an invalid option rejects every action, and nothing is sent: %s', async (words, options) => {
    const session = create({ clientId, ...options });
    for (const error of await rejectionsOf(session)) {
      expect(error).toMatchObject({ ...invalid, message: expect.stringContaining(words) });
    }
    expect(session.getSnapshot()).toMatchObject({ error: invalid });
    expect(fetched).not.toHaveBeenCalled();
    expect(assigned).not.toHaveBeenCalled();
  });

  test('an invalid option becomes the error of the state when there is a session to restore', async () => {
    const session = create({ clientId, mode: 'sso-cookie', apiUrl: 'http://api.publisher.test' });
    await session.start();
    expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: invalid });
    expect(fetched).not.toHaveBeenCalled();
  });

  test.each([undefined, null, { clientId, issuer: 'token.sesamy.com' }])(
    'options that cannot be read throw invalid_configuration: %j',
    (options) => {
      expect(() => create(options)).toThrow(expect.objectContaining(invalid));
    },
  );

  test('every value of every option is accepted, or rejected with invalid_configuration before anything is sent', async () => {
    const value = anything({ withBigInt: true, withDate: true, withMap: true });
    await assert(
      asyncProperty(constantFrom(...optionNames), value, async (name, wrong) => {
        try {
          const session = create({ clientId, [name]: wrong });
          expect(await rejectionOf(session.getAccessToken())).toMatchObject({ name: 'AuthError' });
        } catch (error) {
          expect(error).toMatchObject(invalid);
        }
        expect(fetched).not.toHaveBeenCalled();
      }),
      { numRuns: 300 },
    );
  });
});
