/**
 * @typedef {object} App
 * @property {string} name of its file in `project/apps`
 * @property {string} title for the table
 * @property {string} packageName whose version the table shows
 * @property {'plain' | 'plain-query'} baseline the app without the library
 * @property {string} callbackPath where the authorization server returns to
 * @property {boolean} renewsByTimer whether it loads code to renew the session; the others are one file
 */

const ours = /** @type {const} */ ({
  packageName: '@sesamy-kit/react',
  baseline: 'plain',
  callbackPath: '/',
});
const rival = /** @type {const} */ ({
  baseline: 'plain',
  callbackPath: '/',
  renewsByTimer: false,
});

/** @type {readonly App[]} */
export const apps = [
  {
    ...ours,
    name: 'sesamy-refresh-token',
    title: 'sesamy-kit, refresh-token',
    renewsByTimer: true,
  },
  {
    ...ours,
    name: 'sesamy-preload',
    title: "sesamy-kit, refresh-token, with `sesamyPreload({ pages: 'all' })`",
    renewsByTimer: true,
  },
  {
    ...ours,
    name: 'sesamy-token-handler',
    title: 'sesamy-kit, token-handler',
    callbackPath: '/sesamy/auth/publisher-web/callback',
    renewsByTimer: false,
  },
  {
    ...ours,
    name: 'sesamy-profile',
    title: 'sesamy-kit, refresh-token, with `useProfile`',
    baseline: 'plain-query',
    renewsByTimer: true,
  },
  {
    ...rival,
    name: 'react-oauth2-code-pkce',
    title: 'react-oauth2-code-pkce',
    packageName: 'react-oauth2-code-pkce',
  },
  {
    ...rival,
    name: 'axa-react-oidc',
    title: '@axa-fr/react-oidc',
    packageName: '@axa-fr/react-oidc',
    callbackPath: '/authentication/callback',
  },
  {
    ...rival,
    name: 'react-oidc-context',
    title: 'react-oidc-context',
    packageName: 'react-oidc-context',
  },
  { ...rival, name: 'auth0-react', title: 'auth0-react', packageName: '@auth0/auth0-react' },
];
