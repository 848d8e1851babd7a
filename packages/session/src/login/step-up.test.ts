import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAuthError } from '../errors.js';
import { readStepUp } from './step-up.js';

const challenged = (challenge: string): Headers => new Headers({ 'www-authenticate': challenge });
const insufficient = 'error="insufficient_user_authentication"';

describe('readStepUp', () => {
  test.each([
    [`Bearer ${insufficient}`, {}],
    [`Bearer ${insufficient}, acr_values="mfa"`, { acrValues: 'mfa' }],
    [`Bearer ${insufficient}, acr_values="mfa phr"`, { acrValues: 'mfa phr' }],
    [`Bearer ${insufficient}, acr_values="", max_age=""`, {}],
    [`Bearer ${insufficient}, max_age="5"`, { maxAgeSeconds: 5 }],
    [`Bearer ${insufficient}, max_age=0`, { maxAgeSeconds: 0 }],
    [
      `Bearer max_age=60 , acr_values=mfa, ${insufficient}`,
      { acrValues: 'mfa', maxAgeSeconds: 60 },
    ],
    [`bearer ERROR = insufficient_user_authentication`, {}],
    [`Bearer realm="a, b", ${insufficient}, max_age="-1"`, {}],
    [`Bearer ${insufficient}, max_age="soon"`, {}],
    [`Basic realm="x", Bearer ${insufficient}, acr_values="mfa"`, { acrValues: 'mfa' }],
    [`Bearer ${insufficient}, error_description="max_age=9, acr_values=no"`, {}],
  ])('readStepUp returns an error for %s', (challenge, loginOptions) => {
    expect(readStepUp(challenged(challenge))).toMatchObject({
      code: 'login_required',
      oauthError: 'insufficient_user_authentication',
      loginOptions,
    });
    expect(readStepUp(challenged(challenge))?.loginOptions).toEqual(loginOptions);
  });

  test.each([
    '',
    'Bearer',
    'Bearer error="invalid_token"',
    'Bearer realm="insufficient_user_authentication"',
    'Bearer error_description="insufficient_user_authentication"',
    'Bearer error_description="not error=insufficient_user_authentication", error="invalid_token"',
    'Bearer my-error="insufficient_user_authentication"',
    'Bearer error="insufficient_user_authentication_not"',
  ])('readStepUp returns null for %j', (challenge) => {
    expect(readStepUp(challenged(challenge))).toBeNull();
  });

  test('readStepUp returns null without a challenge', () => {
    expect(readStepUp(new Headers())).toBeNull();
  });

  test("readStepUp returns null or an AuthError without the challenge's text, whatever the challenge", () => {
    assert(
      property(string({ unit: 'grapheme-ascii' }), (text) => {
        for (const challenge of [text, `Bearer ${insufficient}, acr_values="<<${text}>>"`]) {
          const error = readStepUp(challenged(challenge));
          if (error === null) continue;
          expect(isAuthError(error)).toBe(true);
          expect(error.message).not.toContain('<<');
        }
      }),
    );
  });
});
