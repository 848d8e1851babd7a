import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllowed, parsePolicies } from './csp.js';

const ORIGIN = 'https://www.publisher.test';

function allows(policy: string, url: string, origin: string = ORIGIN): boolean {
  return isAllowed(parsePolicies(policy, []), 'connect-src', new URL(url), origin);
}

describe('a policy', () => {
  test.each([
    ['', 'https://api.test/'],
    ["script-src 'self'", 'https://api.test/'],
    ['connect-src *', 'https://api.test/'],
    ['connect-src https:', 'https://api.test/'],
    ['connect-src http:', 'https://api.test/'],
    ["connect-src 'self'", `${ORIGIN}/userinfo`],
    ['connect-src https://api.test', 'https://api.test/v1'],
    ['connect-src api.test', 'https://api.test/'],
    ['connect-src *.test', 'https://api.publisher.test/'],
    ['connect-src https://*.publisher.test', 'https://api.publisher.test/'],
    ['connect-src https://api.test:8443', 'https://api.test:8443/'],
    ['connect-src https://api.test:*', 'https://api.test:8443/'],
    ['connect-src https://api.test/v1/', 'https://api.test/v1/users'],
    ['connect-src https://api.test/token', 'https://api.test/token'],
    ['default-src https://api.test', 'https://api.test/'],
    ["default-src 'none'; connect-src HTTPS://API.test", 'https://api.test/'],
    ['connect-src http://localhost:4400', 'http://localhost:4400/', 'http://localhost:5173'],
  ])('the policy "%s" allows %s', (policy, url, origin?: string) => {
    expect(allows(policy, url, origin)).toBe(true);
  });

  test.each([
    ["connect-src 'none'", 'https://api.test/'],
    ['connect-src', 'https://api.test/'],
    ["default-src 'self'", 'https://api.test/'],
    ['connect-src https://api.test', 'https://other.test/'],
    ['connect-src https://api.test', 'https://api.test:8443/'],
    ['connect-src https://api.test', 'http://api.test/'],
    ['connect-src *.publisher.test', 'https://publisher.test/'],
    ['connect-src *.publisher.test', 'https://evil-publisher.test/'],
    ['connect-src https://api.test/v1/', 'https://api.test/v2/'],
    ['connect-src https://api.test/token', 'https://api.test/tokens'],
    ["connect-src https://api.test, connect-src 'self'", 'https://api.test/'],
    ["connect-src 'self'; connect-src https://api.test", 'https://api.test/'],
  ])('the policy "%s" forbids %s', (policy, url) => {
    expect(allows(policy, url)).toBe(false);
  });

  test('a policy that names an origin allows all its paths, and no subdomain for another', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (text) => {
        const { origin } = new URL(text);
        expect(allows(`connect-src ${origin}`, text)).toBe(true);
        expect(allows(`connect-src https://not.${new URL(text).host}`, text)).toBe(false);
      }),
    );
  });

  test('parsing any policy never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof allows(`connect-src ${text}`, 'https://api.test/')).toBe('boolean');
      }),
    );
  });
});
