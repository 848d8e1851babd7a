import { expect, test } from 'vitest';
import { readConfig } from './config.js';

const pageWith = (metas: string): Document =>
  new DOMParser().parseFromString(`<head>${metas}</head>`, 'text/html');
const apiUrlAndClientId =
  '<meta name="sesamy-api-url" content="https://api.sesamy.com">' +
  '<meta name="sesamy-client-id" content="publisher-web">';

test('the configuration is read from the page', () => {
  const issuer = '<meta name="sesamy-issuer" content="https://token.sesamy.com/">';
  expect(readConfig(pageWith(issuer + apiUrlAndClientId))).toEqual({
    issuer: 'https://token.sesamy.com/',
    apiUrl: 'https://api.sesamy.com',
    clientId: 'publisher-web',
    backendUrl: null,
  });
});

test.each([
  ['named', 'http://localhost:4500', 'http://localhost:4500'],
  ['left empty', '', null],
  ['not filled in', '%VITE_SESAMY_BACKEND%', null],
])('a backend that is %s is read as such', (_what, content, backendUrl) => {
  const page = pageWith(
    '<meta name="sesamy-issuer" content="https://token.sesamy.com/">' +
      apiUrlAndClientId +
      `<meta name="sesamy-backend" content="${content}">`,
  );
  expect(readConfig(page).backendUrl).toBe(backendUrl);
});

test.each([
  ['missing', ''],
  ['empty', '<meta name="sesamy-issuer" content="">'],
  ['not filled in', '<meta name="sesamy-issuer" content="%VITE_SESAMY_ISSUER%">'],
])('an issuer that is %s is named in the error', (_what, issuer) => {
  expect(() => readConfig(pageWith(issuer + apiUrlAndClientId))).toThrow(
    /no usable <meta name="sesamy-issuer">/,
  );
});
