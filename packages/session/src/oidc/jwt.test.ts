import { assert, jsonValue, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJwt } from './jwt.js';

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('readJwt', () => {
  test('reads header and claims, and asks nothing of the signature', () => {
    expect(readJwt(`${encode({ alg: 'RS256' })}.${encode({ sub: 'a' })}.`)).toEqual({
      header: { alg: 'RS256' },
      claims: { sub: 'a' },
    });
  });

  test('reads claims in any script and of any length', () => {
    for (const name of ['Å', 'Åsa', '日本語', '🙂', 'a'.repeat(10_000)]) {
      expect(readJwt(`${encode({})}.${encode({ name })}.c2ln`)?.claims).toEqual({ name });
    }
  });

  test('reads the characters that base64url has in place of base64', () => {
    const claims = { a: '>>>???', b: 'ûïÿ' };
    const part = encode(claims);
    expect(part).toMatch(/-/);
    expect(readJwt(`${encode({})}.${part}.`)?.claims).toEqual(claims);
  });

  test.each([
    ['nothing', ''],
    ['an opaque token', 'v1.opaque'],
    ['one part', encode({})],
    ['two parts', `${encode({})}.${encode({})}`],
    ['four parts', `${encode({})}.${encode({})}..`],
    ['five parts, as an encrypted token has', `${encode({})}.a.b.c.d`],
    ['empty parts', '..'],
    ['no base64', `${encode({})}.!!!.`],
    ['no JSON', `${encode({})}.${encode('{')}.`],
    ['a list as claims', `${encode({})}.${encode([])}.`],
    ['null as claims', `${encode({})}.${encode(null)}.`],
    ['a string as claims', `${encode({})}.${encode('"a"')}.`],
    ['a list as header', `${encode([])}.${encode({})}.`],
    ['a number as header', `${encode(1)}.${encode({})}.`],
  ])('%s is no token', (_what, token) => {
    expect(readJwt(token)).toBeNull();
  });

  test('whatever comes in, it answers and never throws', () => {
    assert(property(string({ unit: 'binary' }), (text) => void readJwt(text)));
    assert(
      property(uint8Array(), uint8Array(), (header, claims) => {
        const token = [header, claims, ''].map((bytes) => Buffer.from(bytes).toString('base64url'));
        readJwt(token.join('.'));
      }),
    );
  });

  test('every object survives', () => {
    assert(
      property(jsonValue(), (value) => {
        const json = JSON.stringify({ value });
        expect(JSON.stringify(readJwt(`${encode({})}.${encode(json)}.`)?.claims)).toBe(
          JSON.stringify(JSON.parse(json)),
        );
      }),
    );
  });

  test('a claim named __proto__ is a claim and changes no prototype', () => {
    const claims = readJwt(`${encode({})}.${encode('{"__proto__":{"admin":true}}')}.`)?.claims;
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(claims?.['admin']).toBeUndefined();
  });
});
