export { auth0SpaJs } from './auth0-spa-js.js';
export { oidcClientTs, type OidcClientTsOptions } from './oidc-client-ts.js';
export type { OldSession, TakeOver, TakeOverApp } from './take-over.js';
