import { afterEach, describe, expect, test, vi } from 'vitest';
import { isSameSite } from './same-site.js';

/* The page is at https://app.publisher.test/. The end-to-end tests use real sites. */

/** A browser whose only public suffix is `test`. */
function browseSites(): string[] {
  const written: string[] = [];
  let jar = '';
  vi.spyOn(document, 'cookie', 'set').mockImplementation((cookie) => {
    written.push(cookie);
    const domain = /Domain=([^;]*)/.exec(cookie)?.[1] ?? '';
    if (!domain.endsWith('.test')) return;
    jar = cookie.includes('Max-Age=0') ? '' : (cookie.split(';')[0] ?? '');
  });
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => jar);
  return written;
}

afterEach(() => vi.restoreAllMocks());

describe('a URL is on the page’s site', () => {
  test.each([
    ['https://app.publisher.test/', true],
    ['https://app.publisher.test:8443/', true],
    ['https://login.publisher.test/', true],
    ['https://publisher.test/', true],
    ['https://a.b.publisher.test/', true],
    // Another scheme is another site.
    ['http://app.publisher.test/', false],
    ['http://login.publisher.test/', false],
    // They share a public suffix only, or nothing, or the end of a label.
    ['https://token.sesamy.test/', false],
    ['https://token.sesamy.com/', false],
    ['https://evilpublisher.test/', false],
    ['https://127.0.0.1/', false],
  ])('isSameSite for %s: %s', (url, expected) => {
    browseSites();
    expect(isSameSite(url)).toBe(expected);
  });

  test('isSameSite leaves no cookie behind', () => {
    const written = browseSites();
    isSameSite('https://login.publisher.test/');
    expect(written).toHaveLength(2);
    expect(document.cookie).toBe('');
  });

  test('isSameSite is false if cookies are blocked', () => {
    vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {
      throw new DOMException('sandboxed', 'SecurityError');
    });
    expect(isSameSite('https://login.publisher.test/')).toBe(false);
    vi.spyOn(document, 'cookie', 'set').mockReturnValue();
    expect(isSameSite('https://login.publisher.test/')).toBe(false);
  });

  test('isSameSite sets no cookie for the same host or without a common domain', () => {
    const written = browseSites();
    isSameSite('https://app.publisher.test/');
    isSameSite('https://token.sesamy.com/');
    expect(written).toEqual([]);
  });
});
