'use client';

import { createContext } from 'react';
import { initialAuthState } from './auth-state.js';
import type { Auth0ContextInterface } from './types.js';
import { unsupported } from './unsupported.js';

function missingProvider(): never {
  throw new Error('You forgot to wrap your component in <Auth0Provider>.');
}

/** What `useAuth0` returns outside a provider: a state that is loading, and functions that throw. */
export const initialContext: Auth0ContextInterface = {
  ...initialAuthState,
  ...unsupported,
  getAccessTokenSilently: missingProvider,
  getAccessTokenWithPopup: missingProvider,
  getIdTokenClaims: missingProvider,
  loginWithRedirect: missingProvider,
  loginWithPopup: missingProvider,
  logout: missingProvider,
  handleRedirectCallback: missingProvider,
  createFetcher: missingProvider,
  getConfiguration: missingProvider,
};

/** The context of `useAuth0`. Create another one to nest providers. */
export const Auth0Context: React.Context<Auth0ContextInterface> = createContext(initialContext);
