/** What asks for and answers a login at the authorization server; oidc-client-ts is in here. */
export { createAuthorizationUrl, redeemAuthorizationResponse } from './login.js';
