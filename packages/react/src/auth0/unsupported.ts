import { UnsupportedError } from './errors.js';
import type { UnsupportedClients, UnsupportedFunctions } from './types.js';

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

type Reject = () => Promise<never>;

function reject(name: keyof UnsupportedFunctions): Reject {
  return rejectAs(name, instead[name]);
}

function rejectAs(feature: string, remedy: string): Reject {
  return async () => {
    throw new UnsupportedError(feature, remedy);
  };
}

const refuseMfa = rejectAs('mfa', 'Request a stronger login: "acr_values" of "loginWithRedirect".');
const refusePasskey = rejectAs('passkey', 'Let the user log in on the login page.');
const refuseAccount = rejectAs('myAccount', 'Link to the account page of Sesamy.');
const refuseAnonymous = rejectAs('anonymous', "Send a visitor's requests without a token.");

/** The functions and clients without an equivalent. */
export const unsupported: UnsupportedFunctions & UnsupportedClients = {
  loginWithCustomTokenExchange: reject('loginWithCustomTokenExchange'),
  customTokenExchange: reject('customTokenExchange'),
  exchangeToken: reject('exchangeToken'),
  connectAccountWithRedirect: reject('connectAccountWithRedirect'),
  revokeRefreshToken: reject('revokeRefreshToken'),
  getDpopNonce: reject('getDpopNonce'),
  setDpopNonce: reject('setDpopNonce'),
  generateDpopProof: reject('generateDpopProof'),
  mfa: {
    getAuthenticators: refuseMfa,
    enroll: refuseMfa,
    challenge: refuseMfa,
    verify: refuseMfa,
    getEnrollmentFactors: refuseMfa,
  },
  passkey: { signup: refusePasskey, login: refusePasskey },
  myAccount: {
    getFactors: refuseAccount,
    getAuthenticationMethods: refuseAccount,
    getAuthenticationMethod: refuseAccount,
    updateAuthenticationMethod: refuseAccount,
    deleteAuthenticationMethod: refuseAccount,
    enrollmentChallenge: refuseAccount,
    enrollmentVerify: refuseAccount,
  },
  anonymous: {
    createSession: refuseAnonymous,
    getTokenSilently: refuseAnonymous,
    logout: refuseAnonymous,
    hasSession: refuseAnonymous,
    getClaims: refuseAnonymous,
  },
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
