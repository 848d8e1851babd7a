import { customDomainOf, urlsOf } from './hosts.mjs';

/**
 * @typedef {object} Places Where everything listens.
 * @property {string} url the demo, by the name `localhost`
 * @property {string} mockUrl the mock of Sesamy; it has its APIs at the same place
 * @property {string} backendUrl the backend that accepts the mock's issuer
 * @property {string} customDomainBackendUrl the backend that accepts the mock's custom domain
 */

/** The client id of the pages, registered at the mock. */
export const clientId = 'publisher-web';

/**
 * The variables of a page, in place of apps/demo/.env.
 *
 * @param {import('./hosts.mjs').Mode} mode the session mode of the page
 * @param {Places} places
 * @returns {Record<string, string>}
 */
export function variablesOf(mode, { url, mockUrl, backendUrl, customDomainBackendUrl }) {
  const urls = urlsOf(url);
  const hasCustomDomain = mode === 'sso-cookie' || mode === 'auto';
  const common = {
    VITE_SESAMY_MODE: mode,
    VITE_SESAMY_CLIENT_ID: clientId,
    VITE_SESAMY_BACKEND: hasCustomDomain ? customDomainBackendUrl : backendUrl,
    VITE_DEMO_MOCK_URL: mockUrl,
    // The first has two addresses, and most people use this one.
    VITE_DEMO_REFRESH_TOKEN_URL: url,
    VITE_DEMO_SSO_COOKIE_URL: urls['sso-cookie'],
    VITE_DEMO_TOKEN_HANDLER_URL: urls['token-handler'],
    VITE_DEMO_AUTO_URL: urls.auto,
  };
  if (mode === 'token-handler') {
    return { ...common, VITE_SESAMY_ISSUER: '', VITE_SESAMY_API_URL: '' };
  }
  return {
    ...common,
    VITE_SESAMY_ISSUER: hasCustomDomain ? customDomainOf(mockUrl) : mockUrl,
    VITE_SESAMY_API_URL: mockUrl.replace(/\/$/, ''),
  };
}
