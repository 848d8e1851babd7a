import { anything, assert, property } from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { AuthError, isAuthError, toAuthError, type AuthErrorCode } from './errors.js';
import { ApiError, isApiError } from './api/api-error.js';

/** The class as another copy of this package in the same bundle has it. */
vi.resetModules();
const { AuthError: OtherAuthError } = await import('./errors.js');

describe('AuthError', () => {
  test('an AuthError is an Error with a code, a message and its cause', () => {
    const cause = new TypeError('Failed to fetch');
    const error = new AuthError('network', 'No response.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AuthError',
      code: 'network',
      message: 'No response.',
      cause,
    });
    expect(String(error)).toBe('AuthError: No response.');
    expect(error.stack).toContain('errors.test');
  });

  test("an AuthError keeps the server's description out of its message", () => {
    const error = new AuthError('authorization_failed', 'Refused.', {
      oauthError: 'access_denied',
      oauthErrorDescription: 'User denied consent',
      retryAfterSeconds: 7,
    });
    expect(error.oauthError).toBe('access_denied');
    expect(error.oauthErrorDescription).toBe('User denied consent');
    expect(error.retryAfterSeconds).toBe(7);
    expect(error.message).toBe('Refused.');
  });

  test.each([
    [
      'development',
      'No response. See https://unpkg.com/@sesamy-kit/session/docs/errors.html#network',
    ],
    ['test', 'No response.'],
    ['production', 'No response.'],
  ])('the message of an AuthError in %s is %j', (environment, message) => {
    vi.stubEnv('NODE_ENV', environment);
    expect(new AuthError('network', 'No response.').message).toBe(message);
  });

  test('the message of an AuthError has no link on a page without a bundler', () => {
    vi.stubGlobal('process', undefined);
    expect(new AuthError('network', 'No response.').message).toBe('No response.');
  });

  test('an AuthError without details has none', () => {
    const error = new AuthError('aborted', 'Stopped.');
    expect([error.cause, error.oauthError, error.oauthErrorDescription]).toEqual(
      Array.from({ length: 3 }),
    );
    expect(error.retryAfterSeconds).toBeUndefined();
  });

  test.each<[AuthErrorCode, boolean]>([
    ['invalid_configuration', false],
    ['authorization_failed', false],
    ['callback_rejected', false],
    ['login_required', false],
    ['popup_blocked', false],
    ['popup_closed', false],
    ['network', true],
    ['timeout', true],
    ['user_changed', false],
    ['aborted', false],
  ])('an AuthError with the code %s is retryable: %j', (code, retryable) => {
    expect(new AuthError(code, '').retryable).toBe(retryable);
  });
});

describe('isAuthError', () => {
  test('isAuthError is true for an AuthError, also of another copy of the package', () => {
    expect(OtherAuthError).not.toBe(AuthError);
    expect(isAuthError(new AuthError('network', ''))).toBe(true);
    expect(isAuthError(new OtherAuthError('network', ''))).toBe(true);
  });

  test('isAuthError is false for anything else', () => {
    const named = Object.assign(new Error('mine'), { name: 'AuthError' });
    const coded = Object.assign(new Error('mine'), { code: 'network' });
    for (const value of [
      named,
      coded,
      { name: 'AuthError', code: 'network' },
      new DOMException(),
    ]) {
      expect(isAuthError(value)).toBe(false);
    }
    assert(property(anything(), (value) => !isAuthError(value)));
  });
});

describe('toAuthError', () => {
  test('toAuthError returns an AuthError unchanged', () => {
    const error = new AuthError('timeout', '');
    expect(toAuthError(error)).toBe(error);
    const other = new OtherAuthError('timeout', '');
    expect(toAuthError(other)).toBe(other);
  });

  test('toAuthError turns anything else into a retryable error with its cause', () => {
    assert(
      property(anything(), (value) => {
        const error = toAuthError(value);
        expect(error.code).toBe('network');
        expect(error.cause).toBe(value);
      }),
    );
  });

  test('toAuthError keeps the caught message out of its message', () => {
    const error = toAuthError(new Error('rt_s3cret of a@b.test'));
    expect(error.message).not.toMatch(/s3cret|a@b/);
  });
});

describe('ApiError', () => {
  test("an ApiError has the response's details, and only status and code in its message", () => {
    const error = new ApiError({ status: 400, code: 'validation_error', description: 'a@b.test' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ApiError', status: 400, code: 'validation_error' });
    expect(error.message).toBe('The API responded with 400 (validation_error).');
    expect(error.description).toBe('a@b.test');
  });

  test('an ApiError is not an AuthError', () => {
    const error = new ApiError({ status: 500, code: 'http_500' });
    expect([isApiError(error), isAuthError(error)]).toEqual([true, false]);
    expect(isApiError(new AuthError('network', ''))).toBe(false);
    assert(property(anything(), (value) => !isApiError(value)));
  });
});
