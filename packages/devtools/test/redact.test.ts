import { AuthError, type SessionState } from '@sesamy-kit/session';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeEvent, describeState } from '../src/model/describe.js';
import { describeUrl, redact } from '../src/model/redact.js';

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const letters = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...BASE64URL.split('')), minLength, maxLength });

/** Random, as tokens and codes are: with letters and digits. */
const opaque = letters(30, 90).map((text) => `${text}a7`);
const jwt = fc
  .tuple(letters(10, 40), letters(0, 200), letters(0, 90))
  .map(([header, payload, signature]) => `eyJ${header}.${payload}.${signature}`);
const email = fc.emailAddress();
const secret = fc.oneof(opaque, jwt, email);

/** What surrounds a secret, in a text. */
const around: readonly ((secret: string) => string)[] = [
  (text) => text,
  (text) => `Bearer ${text}`,
  (text) => JSON.stringify({ error: { message: `refused ${text}`, list: [[text]] } }),
  (text) => `https://app.test/a/${encodeURIComponent(text)}?code=${encodeURIComponent(text)}`,
  (text) => `{"nested":${JSON.stringify(JSON.stringify({ token: text }))}}`,
  (text) => `auth0|${text}`,
];

/** How a secret may be written. */
function spellings(text: string): readonly string[] {
  return [text, encodeURIComponent(text), encodeURI(text), JSON.stringify(text).slice(1, -1)];
}

function expectAbsent(shown: string, text: string): void {
  for (const spelling of spellings(text)) expect(shown).not.toContain(spelling);
}

describe('what the panel shows', () => {
  test('no token, code or e-mail address survives redact, whatever is around it', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(...around),
        fc.constantFrom(...around),
        (text, outer, inner) => {
          expectAbsent(redact(outer(inner(text))), text);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('no secret of a URL survives, wherever it is in there', () => {
    const places: readonly ((text: string) => string)[] = [
      (text) => `https://api.test/${text}`,
      (text) => `https://api.test/a/${text}/b?c=d`,
      (text) => `https://api.test/?access_token=${text}`,
      (text) => `https://api.test/?${text}`,
      (text) => `https://api.test/?${text}=1`,
      (text) => `https://api.test/#id_token=${text}`,
      (text) => `https://${text}@api.test/`,
      (text) => `https://user:${text}@api.test/`,
      (text) => `/relative/${text}?next=${encodeURIComponent(`/x?code=${text}`)}`,
      (text) => `data:text/plain,${text}`,
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), fc.boolean(), (text, place, isEncoded) => {
        expectAbsent(describeUrl(place(isEncoded ? encodeURIComponent(text) : text)), text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('no claim of the user but a redacted sub, and no text of an error, is in the description of a state', () => {
    fc.assert(
      fc.property(secret, fc.jsonValue({ maxDepth: 4 }), (text, other) => {
        const error = new AuthError('authorization_failed', `refused ${text}`, {
          cause: new Error(text),
          oauthError: text,
          oauthErrorDescription: text,
          claims: [text],
        });
        const user = { sub: text, email: text, nested: { deep: [{ token: text, other }] } };
        const states: readonly SessionState[] = [
          { status: 'authenticated', user, error: null },
          { status: 'authenticated', user, error },
          { status: 'unauthenticated', reason: 'none', error },
        ];
        for (const state of states) expectAbsent(JSON.stringify(describeState(state)), text);
        expectAbsent(JSON.stringify(describeEvent({ type: 'login-failed', error }, 0)), text);
      }),
    );
  });
});
