import { Auth0Provider, useAuth0 } from '@auth0/auth0-react';
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const here = location.origin + location.pathname;

function Account() {
  const { isLoading, user, error, loginWithRedirect, logout, getAccessTokenSilently } = useAuth0();
  if (error) return createElement('p', { role: 'alert' }, error.message);
  if (isLoading) return createElement('p', null, 'Loading');
  if (!user) return createElement('button', { onClick: () => void loginWithRedirect() }, 'Log in');
  const refresh = async () => {
    await getAccessTokenSilently({ cacheMode: 'off' });
    document.title = 'refreshed';
  };
  return createElement(
    'div',
    null,
    createElement('p', null, `Hello ${user.name}`),
    createElement('button', { onClick: () => void refresh() }, 'Refresh'),
    createElement(
      'button',
      { onClick: () => void logout({ logoutParams: { returnTo: here } }) },
      'Log out',
    ),
  );
}

const provider = {
  domain: new URL(import.meta.env['VITE_SESAMY_ISSUER']).origin,
  clientId: 'publisher-web',
  authorizationParams: { redirect_uri: here },
  useRefreshTokens: true,
  cacheLocation: 'localstorage' as const,
};

createRoot(document.querySelector('#root')!).render(
  createElement(StrictMode, null, createElement(Auth0Provider, provider, createElement(Account))),
);
