import { AuthError, type AuthErrorCode } from '@sesamy-kit/react';
import { expect, test } from 'vitest';
import { loginErrorWords } from './login-error-words.js';

test('a cancelled login is not described as an error', () => {
  const error = new AuthError('authorization_failed', '', { oauthError: 'access_denied' });
  expect(loginErrorWords(error).title).toBe('You turned back at the login page.');
});

test.each<[AuthErrorCode, string]>([
  ['authorization_failed', 'The login did not work.'],
  ['network', 'The login desk did not respond.'],
  ['timeout', 'The login desk did not respond.'],
  ['callback_rejected', 'That login did not belong to this visit.'],
  ['claims_rejected', 'Your papers have a blank in them.'],
  ['aborted', 'The login was left halfway.'],
])('%s: "%s"', (code, title) => {
  expect(loginErrorWords(new AuthError(code, '')).title).toBe(title);
});

test('the messages of the server and of the error are not shown to the user', () => {
  const details = { oauthError: 'server_error', oauthErrorDescription: 'ORA-00942' };
  const words = loginErrorWords(new AuthError('authorization_failed', 'for developers', details));
  expect(Object.values(words).join(' ')).not.toMatch(/ORA-00942|for developers/);
});
