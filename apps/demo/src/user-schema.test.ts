import { parse, safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { userSchema } from './user-schema.js';

const claims = { sub: 'email|ada', name: 'Ada Lovelace' };

describe('the schema of readers', () => {
  test('the schema of readers returns what the paper uses, and leaves out other claims', () => {
    expect(
      parse(userSchema, { ...claims, nickname: 'ada', email: 'ada@example.com', plan: 'plus' }),
    ).toEqual({ ...claims, nickname: 'ada', hasConfirmedEmail: false });
  });

  test('the schema of readers reads whether the address is confirmed', () => {
    const { hasConfirmedEmail } = parse(userSchema, { ...claims, email_verified: true });
    expect(hasConfirmedEmail).toBe(true);
  });

  test.each([
    ['no name', { sub: 'email|ada' }, 'name'],
    ['an empty name', { ...claims, name: '' }, 'name'],
    ['no subject', { name: 'Ada' }, 'sub'],
    ['a picture that is no text', { ...claims, picture: 1 }, 'picture'],
  ])('the schema of readers rejects claims with %s', (_what, invalid, claim) => {
    const { issues = [] } = safeParse(userSchema, invalid);
    expect(issues.map(({ path }) => path?.map(({ key }) => key))).toEqual([[claim]]);
  });
});
