import { describe, expect, test } from 'vitest';
import { readConfig } from './config.js';

const sesamy = {
  'sesamy-issuer': 'https://token.sesamy.com/',
  'sesamy-api-url': 'https://api.sesamy.com',
  'sesamy-client-id': 'publisher-web',
};

const nowhere = { 'refresh-token': null, 'sso-cookie': null, 'token-handler': null, auto: null };

function pageWith(metas: Readonly<Record<string, string>>): Document {
  const page = new DOMParser().parseFromString('<head></head>', 'text/html');
  for (const [name, content] of Object.entries(metas)) {
    const meta = page.createElement('meta');
    meta.name = name;
    meta.content = content;
    page.head.append(meta);
  }
  return page;
}

test('the configuration is read from the page', () => {
  expect(readConfig(pageWith(sesamy))).toEqual({
    mode: 'refresh-token',
    issuer: 'https://token.sesamy.com/',
    apiUrl: 'https://api.sesamy.com',
    clientId: 'publisher-web',
    backendUrl: null,
    mockUrl: null,
    siteUrls: nowhere,
  });
});

test.each([
  ['named', 'http://localhost:4500', 'http://localhost:4500'],
  ['left empty', '', null],
  ['not filled in', '%VITE_SESAMY_BACKEND%', null],
])('a backend that is %s is read', (_what, content, backendUrl) => {
  const page = pageWith({ ...sesamy, 'sesamy-backend': content });
  expect(readConfig(page).backendUrl).toBe(backendUrl);
});

test.each([
  ['missing', {}],
  ['empty', { 'sesamy-issuer': '' }],
  ['not filled in', { 'sesamy-issuer': '%VITE_SESAMY_ISSUER%' }],
])('an issuer that is %s is named in the error', (_what, issuer) => {
  const { 'sesamy-issuer': _, ...others } = sesamy;
  expect(() => readConfig(pageWith({ ...others, ...issuer }))).toThrow(
    /no usable <meta name="sesamy-issuer">/,
  );
});

describe('the mode', () => {
  test.each(['refresh-token', 'sso-cookie', 'token-handler', 'auto'])(
    'the mode %s is read',
    (mode) => {
      expect(readConfig(pageWith({ ...sesamy, 'sesamy-mode': mode })).mode).toBe(mode);
    },
  );

  test.each(['', '%VITE_SESAMY_MODE%'])(
    'the mode is "refresh-token" where the page has "%s"',
    (mode) => {
      expect(readConfig(pageWith({ ...sesamy, 'sesamy-mode': mode })).mode).toBe('refresh-token');
    },
  );

  test('an unknown mode is named in the error', () => {
    const page = pageWith({ ...sesamy, 'sesamy-mode': 'cookies' });
    expect(() => readConfig(page)).toThrow(/no usable <meta name="sesamy-mode">/);
  });
});

test('a page with a token handler needs no issuer', () => {
  const page = pageWith({
    'sesamy-mode': 'token-handler',
    'sesamy-client-id': 'publisher-web',
    'sesamy-vendor-id': 'publisher',
  });
  expect(readConfig(page)).toEqual({
    mode: 'token-handler',
    clientId: 'publisher-web',
    vendorId: 'publisher',
    backendUrl: null,
    mockUrl: null,
    siteUrls: nowhere,
  });
});

test('the fallback mode is read', () => {
  const page = pageWith({ ...sesamy, 'sesamy-fallback-mode': 'refresh-token' });
  expect(readConfig(page).fallbackMode).toBe('refresh-token');
});

test('an invalid fallback mode is named in the error', () => {
  const page = pageWith({ ...sesamy, 'sesamy-fallback-mode': 'token-handler' });
  expect(() => readConfig(page)).toThrow(/no usable <meta name="sesamy-fallback-mode">/);
});

test('the addresses of the same site in other modes are read', () => {
  const page = pageWith({ ...sesamy, 'demo-sso-cookie-url': 'http://sso.localhost/' });
  expect(readConfig(page).siteUrls).toEqual({ ...nowhere, 'sso-cookie': 'http://sso.localhost/' });
});
