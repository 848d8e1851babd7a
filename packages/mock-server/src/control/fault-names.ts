/** Faults of an ID token, named after what is wrong with it. */
export const ID_TOKEN_FAULTS = [
  'aud-invalid',
  'aud-missing',
  'aud-second-without-azp',
  'iss-invalid',
  'iss-missing',
  'sub-missing',
  'exp-missing',
  'exp-past',
  'iat-missing',
  'iat-week-ago',
  'nonce-invalid',
  'nonce-missing',
  'nonce-unasked',
  'alg-none',
  'alg-hs256-public-key',
  'alg-es256',
  'signature-other-key',
  'signature-bad-bytes',
  'kid-missing',
] as const;

/** A fault of an ID token. */
export type IdTokenFault = (typeof ID_TOKEN_FAULTS)[number];

/** Faults of a token response. */
export const TOKEN_ANSWER_FAULTS = [
  'not-json',
  'html-502',
  'empty-200',
  'content-type-text',
  'access-token-missing',
  'id-token-missing',
  'refresh-token-missing',
  'token-type-missing',
  'token-type-unknown',
  'scope-missing',
  'expires-in-missing',
  'expires-in-text',
  'expires-in-zero',
  'expires-in-negative',
  'expires-in-huge',
] as const;

/** A fault of a token response. */
export type TokenAnswerFault = (typeof TOKEN_ANSWER_FAULTS)[number];

/** Faults of an authorization response. */
export const AUTHORIZATION_RESPONSE_FAULTS = [
  'state-missing',
  'state-other',
  'iss-missing',
  'iss-other',
  'code-missing',
] as const;

/** A fault of an authorization response. */
export type AuthorizationResponseFault = (typeof AUTHORIZATION_RESPONSE_FAULTS)[number];
