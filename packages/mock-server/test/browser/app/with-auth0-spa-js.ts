import { type Auth0ClientOptions, createAuth0Client } from '@auth0/auth0-spa-js';

const env = import.meta.env;

/** The client as an application would make it; tests drive it through `window`. */
Object.assign(window, {
  apiUrl: env['VITE_SESAMY_API_URL'],
  create: (
    options: Pick<Auth0ClientOptions, 'useRefreshTokens' | 'cacheLocation' | 'useFormData'> = {},
  ) =>
    createAuth0Client({
      domain: new URL(env['VITE_SESAMY_ISSUER']).origin,
      clientId: 'publisher-web',
      authorizationParams: { redirect_uri: location.origin + location.pathname },
      ...options,
    }),
});
