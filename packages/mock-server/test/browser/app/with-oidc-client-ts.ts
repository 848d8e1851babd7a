import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

const here = location.origin + location.pathname;

/** The client as an application would make it; tests drive it through `window`. */
Object.assign(window, {
  manager: new UserManager({
    authority: import.meta.env['VITE_SESAMY_ISSUER'],
    client_id: 'publisher-web',
    redirect_uri: here,
    post_logout_redirect_uri: here,
    scope: 'openid profile email offline_access',
    userStore: new WebStorageStateStore({ store: localStorage }),
  }),
});
