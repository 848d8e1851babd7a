import { converting } from './convert-error.js';
import { toOAuthError, UnsupportedError } from './errors.js';
import type { FunctionsContext } from './functions-context.js';
import { createLoginFunctions } from './login-functions.js';
import { createLogout } from './logout-function.js';
import { createTokenFunctions } from './token-functions.js';
import type { Auth0Functions } from './types.js';

/** Creates the functions of `useAuth0`. */
export function createFunctions(context: FunctionsContext): Auth0Functions {
  const { session, domain, completed } = context;
  const { loginWithRedirect, logInByPopup } = createLoginFunctions(context);

  return {
    ...createTokenFunctions(context),
    async getAccessTokenWithPopup(options = {}, config) {
      await logInByPopup(options, config);
      return converting(session.getAccessToken());
    },
    loginWithRedirect,
    async loginWithPopup(options, config) {
      try {
        await logInByPopup(options, config);
      } catch (error) {
        // The failure of a login is in the state.
        if (error instanceof UnsupportedError) throw error;
      }
    },
    logout: createLogout(context),
    async handleRedirectCallback(url) {
      if (url !== undefined && url !== location.href) {
        throw new UnsupportedError(
          'handleRedirectCallback(url)',
          'Load the URL in the page: the session completes the callback that the page is loaded with.',
        );
      }
      await session.ready;
      const appState = completed();
      if (appState !== undefined) return { appState, response_type: 'code' };
      const { error } = session.getSnapshot();
      throw error ? toOAuthError(error) : noCallback();
    },
    createFetcher: ({ baseUrl } = {}) => ({
      fetchWithAuth: (info, init) =>
        converting(
          session.fetch(
            baseUrl === undefined || info instanceof Request ? info : new URL(info, baseUrl),
            init,
          ),
        ),
    }),
    getConfiguration: () => ({ domain, clientId: session.clientId }),
  };
}

function noCallback(): UnsupportedError {
  return new UnsupportedError(
    'handleRedirectCallback',
    'The page was not loaded with a callback of this session. Call it at the redirect URI only.',
  );
}
