import { assert, jsonValue, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJwt } from './jwt.js';

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe('readJwt', () => {
  test('readJwt reads header and claims without the signature', () => {
    expect(readJwt(`${encode({ alg: 'RS256' })}.${encode({ sub: 'a' })}.`)).toEqual({
      header: { alg: 'RS256' },
      claims: { sub: 'a' },
    });
  });

  test('readJwt reads claims in any script and of any length', () => {
    for (const name of ['Å', 'Åsa', '日本語', '🙂', 'a'.repeat(10_000)]) {
      expect(readJwt(`${encode({})}.${encode({ name })}.c2ln`)?.claims).toEqual({ name });
    }
  });

  test('readJwt reads base64url', () => {
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
  ])('readJwt returns null for %s', (_what, token) => {
    expect(readJwt(token)).toBeNull();
  });

  test('readJwt never throws', () => {
    assert(property(string({ unit: 'binary' }), (text) => void readJwt(text)));
    assert(
      property(uint8Array(), uint8Array(), (header, claims) => {
        const token = [header, claims, ''].map((bytes) => Buffer.from(bytes).toString('base64url'));
        readJwt(token.join('.'));
      }),
    );
  });

  test('readJwt reads every encoded object back', () => {
    assert(
      property(jsonValue(), (value) => {
        const json = JSON.stringify({ value });
        expect(JSON.stringify(readJwt(`${encode({})}.${encode(json)}.`)?.claims)).toBe(
          JSON.stringify(JSON.parse(json)),
        );
      }),
    );
  });

  test('readJwt keeps a claim named __proto__ without changing the prototype', () => {
    const claims = readJwt(`${encode({})}.${encode('{"__proto__":{"admin":true}}')}.`)?.claims;
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(claims?.['admin']).toBeUndefined();
  });
});
