export type { AccessToken } from './access-token.js';
export { authenticate, bearerToken, refusalOf, refusalResponse } from './bearer.js';
export type { Refusal, RequestWithHeaders } from './bearer.js';
export { AccessTokenError, isAccessTokenError } from './errors.js';
export type {
  AccessTokenErrorCode,
  AccessTokenErrorInit,
  AccessTokenRequirements,
  InvalidTokenReason,
} from './errors.js';
export { createAccessTokenVerifier } from './verifier.js';
export type { AccessTokenVerifierOptions } from './options.js';
export type { AccessTokenVerifier } from './verifier.js';
