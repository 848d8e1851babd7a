import { UnsupportedError } from './errors.js';
import type { UnsupportedFunctions } from './types.js';

const EXCHANGE = 'Exchange the token in a backend, and let the user log in.';
const DPOP = 'Sesamy issues bearer tokens: send requests with "session.fetch".';

const instead: Record<keyof UnsupportedFunctions, string> = {
  loginWithCustomTokenExchange: EXCHANGE,
  customTokenExchange: EXCHANGE,
  exchangeToken: EXCHANGE,
  connectAccountWithRedirect: 'Link accounts on the account page of Sesamy.',
  revokeRefreshToken: 'Call "logout({ openUrl: false })", which revokes the tokens.',
  getDpopNonce: DPOP,
  setDpopNonce: DPOP,
  generateDpopProof: DPOP,
};

function reject(name: keyof UnsupportedFunctions): () => Promise<never> {
  return async () => {
    throw new UnsupportedError(name, instead[name]);
  };
}

/** The functions without an equivalent. */
export const unsupportedFunctions: UnsupportedFunctions = {
  loginWithCustomTokenExchange: reject('loginWithCustomTokenExchange'),
  customTokenExchange: reject('customTokenExchange'),
  exchangeToken: reject('exchangeToken'),
  connectAccountWithRedirect: reject('connectAccountWithRedirect'),
  revokeRefreshToken: reject('revokeRefreshToken'),
  getDpopNonce: reject('getDpopNonce'),
  setDpopNonce: reject('setDpopNonce'),
  generateDpopProof: reject('generateDpopProof'),
};

const REDIRECT_URI =
  'A session has one: set it on the Auth0Provider, and pass the page to return to as "appState.returnTo".';

/** Throws for parameters of one call that belong to the whole session. */
export function checkCallParams(
  given: { readonly audience?: string; readonly redirect_uri?: string } | undefined,
  own: { readonly audience?: string | undefined; readonly redirect_uri?: string | undefined },
): void {
  const { audience, redirect_uri: redirectUri } = given ?? {};
  if (audience !== undefined && audience !== own.audience) {
    throw new UnsupportedError(
      'authorizationParams.audience',
      'Tokens for another API are another session: set the audience on the Auth0Provider, or nest another one with a "context" of its own.',
    );
  }
  if (redirectUri !== undefined && redirectUri !== (own.redirect_uri ?? location.origin)) {
    throw new UnsupportedError('authorizationParams.redirect_uri', REDIRECT_URI);
  }
}
