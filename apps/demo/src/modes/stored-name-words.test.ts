import { expect, test } from 'vitest';
import { storedNameWords } from './stored-name-words.js';

test.each([
  ['sesamy-kit:publisher-web@https://token.sesamy.com//tokens', /tokens?/],
  ['sesamy-kit:publisher-web@https://token.sesamy.com//logins', /logins/],
  ['sesamy-kit:publisher-web@https://token.sesamy.com//logout', /logout/],
  ['sesamy-kit:publisher-web@https://token.sesamy.com/', /your name/],
  ['sesamy-kit:publisher-web@http://localhost:4400/', /your name/],
  ['sesamy-kit:publisher-web@https://token.sesamy.com/@token-handler', /your name/],
  ['sesamy-kit:publisher-web@https://token.sesamy.com//some-thing', /other data/],
  ['sesamy-kit:publisher-web@https://login.publisher.com/@sso-cookie/quiet-until', /probed again/],
  ['sesamy-kit:publisher-web@https://login.publisher.com/@auto/mode', /auto has chosen/],
  ['sesamy-kit-offline:publisher-web@https://token.sesamy.com/', /last confirmed/],
  ['sesamy_is_authenticated', /hint/],
])('%s is explained', (name, words) => {
  expect(storedNameWords(name)).toMatch(words);
});

test.each(['theme', 'react-router-scroll-positions', 'tokens'])(
  '%s does not belong to the session',
  (name) => {
    expect(storedNameWords(name)).toBeNull();
  },
);
