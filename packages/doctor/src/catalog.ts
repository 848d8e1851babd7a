/** How bad a finding is. Only an `error` fails the command. */
export type Level = 'ok' | 'info' | 'warning' | 'error';

/** The name of a check. */
export type FindingId =
  | 'mode'
  | 'issuer-reachable'
  | 'issuer-identifier'
  | 'endpoints'
  | 'clock'
  | 'client'
  | 'redirect-uri'
  | 'authorization-request'
  | 'pkce'
  | 'token-cors'
  | 'public-client'
  | 'refresh-tokens'
  | 'refresh-token-rotation'
  | 'logout-url'
  | 'api-cors'
  | 'secure-context'
  | 'first-party'
  | 'page'
  | 'csp-connect'
  | 'csp-frame'
  | 'opener-policy'
  | 'storage'
  | 'token-handler'
  | 'token-handler-login'
  | 'service-worker'
  | 'react-version'
  | 'query-version'
  | 'kit-copies';

/** The explanation of one level of a check. */
export interface Explanation {
  readonly means: string;
  readonly cure?: string;
}

/** A check: a page about its subject, and an explanation of each level that it may find. */
export interface Check {
  readonly link: string;
  readonly levels: { readonly [level in Level]?: Explanation };
}

const SESAMY_OAUTH = 'https://developers.sesamy.com/authentication/oauth.html';
const SESAMY_PROXY = 'https://developers.sesamy.com/integrations/cms/proxy-setup.html';
const MDN = 'https://developer.mozilla.org/en-US/docs/Web';
const RFC = 'https://www.rfc-editor.org/rfc';

/** Every check, in the order of a report. The README's table is made of it. */
export const CATALOG: Readonly<Record<FindingId, Check>> = {
  mode: {
    link: `${MDN}/Privacy/Guides/Third-party_cookies`,
    levels: {
      ok: {
        means:
          'This is the mode that `auto` chooses here. The other checks are those of this mode.',
      },
    },
  },
  'issuer-reachable': {
    link: SESAMY_OAUTH,
    levels: {
      ok: { means: 'The authorization server responds.' },
      error: {
        means: 'No login can start. The other checks of the server are left out.',
        cure: 'Check the spelling of the issuer, its DNS record and certificate, and the network of this machine.',
      },
    },
  },
  'issuer-identifier': {
    link: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation',
    levels: {
      ok: { means: 'The `iss` of its ID Tokens is the one that the kit expects.' },
      warning: {
        means:
          'The identifier could not be compared. If ID Tokens carry another `iss`, every login is rejected.',
        cure: 'Compare the `iss` of an ID Token with the issuer, character by character. Check that the issuer is an authorization server.',
      },
      error: {
        means:
          'ID Tokens carry another `iss` than the kit expects, so every login is rejected with `callback_rejected`.',
        cure: 'Configure the issuer as the server writes it, with a slash at its end. The kit adds that slash: a server whose identifier has none is not supported.',
      },
    },
  },
  endpoints: {
    link: SESAMY_OAUTH,
    levels: {
      ok: { means: 'The endpoints are where the kit sends its requests.' },
      warning: {
        means:
          'Logins work, but revoking tokens at logout, fetching claims or verifying signatures does not.',
        cure: "Use an issuer that serves Sesamy's paths: `oauth/revoke`, `userinfo`, `.well-known/jwks.json`.",
      },
      error: {
        means:
          'The kit sends its requests to paths that this server does not serve, so no login works.',
        cure: "Use an issuer that serves Sesamy's paths: `authorize` and `oauth/token`. Check that the issuer is the authorization server and not another site.",
      },
    },
  },
  clock: {
    link: `${RFC}/rfc7519.html#section-4.1.4`,
    levels: {
      ok: { means: 'This device and the server agree on the time.' },
      warning: {
        means: 'Tokens seem to be issued in the future or to expire early by this much.',
        cure: 'Synchronize the clock of this device, or of the server.',
      },
      error: {
        means:
          'The kit accepts 5 minutes of difference. On a device with this clock, every login is rejected with `callback_rejected`.',
        cure: 'Synchronize the clock of this device, or of the server.',
      },
    },
  },
  client: {
    link: SESAMY_OAUTH,
    levels: {
      ok: { means: 'The client is registered and active.' },
      error: {
        means:
          'The server knows no active client of this id, so it shows an error in place of the login.',
        cure: "Copy the client id from Sesamy's dashboard, and check that it belongs to this issuer: the development and production servers have separate clients.",
      },
    },
  },
  'redirect-uri': {
    link: SESAMY_OAUTH,
    levels: {
      ok: { means: 'The server sends users back to the app.' },
      info: {
        means: 'A page cannot see whether its redirect URI is registered.',
        cure: 'Run the command in a terminal.',
      },
      warning: {
        means: 'Whether the redirect URI is registered could not be seen from this response.',
        cure: 'Log in once, and compare the redirect URI with the Allowed Callback URLs.',
      },
      error: {
        means:
          'The server refuses to send users to the redirect URI, and shows an error in place of the login.',
        cure: 'Add the redirect URI to the Allowed Callback URLs of the application, character by character; scheme, port and slash at the end count.',
      },
    },
  },
  'authorization-request': {
    link: `${RFC}/rfc6749.html#section-4.1.2.1`,
    levels: {
      ok: { means: 'The server accepts the parameters of the login.' },
      error: {
        means: 'Every login comes back to the app with this error.',
        cure: 'For `invalid_scope` or `access_denied`, check the options `scope` and `audience`; for `unauthorized_client`, allow the application the authorization code grant.',
      },
    },
  },
  pkce: {
    link: `${RFC}/rfc9700.html#section-2.1.1`,
    levels: {
      ok: { means: 'The server refuses requests without PKCE.' },
      info: {
        means:
          'The server also accepts requests without PKCE. The kit always uses it; another app with this client id might not.',
      },
      warning: {
        means: 'The server may ignore PKCE, without which a stolen code can be redeemed.',
        cure: 'Ask the operator of the server for PKCE with `S256`.',
      },
      error: {
        means: 'The kit always uses PKCE with `S256`, so no login works.',
        cure: 'Ask the operator of the server for PKCE with `S256`.',
      },
    },
  },
  'token-cors': {
    link: `${MDN}/HTTP/Guides/CORS`,
    levels: {
      ok: { means: 'Scripts of the app can read the responses of the token endpoint.' },
      error: {
        means:
          'The browser hides the token response from the app, so logins fail with the error `network`.',
        cure: "Let the token endpoint allow the app's origin, e.g. by adding it to the web origins of the application.",
      },
    },
  },
  'public-client': {
    link: `${RFC}/rfc6749.html#section-2.1`,
    levels: {
      ok: { means: 'The token endpoint requires no secret, which a browser could not keep.' },
      error: {
        means:
          'The client has a secret, and the token endpoint requires it. A browser cannot keep one.',
        cure: "Use the client id of an application without a secret (type Web or Native in Sesamy's dashboard). Never put a secret into the app.",
      },
    },
  },
  'refresh-tokens': {
    link: 'https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess',
    levels: {
      ok: {
        means: 'The server issues refresh tokens, with which sessions outlive the access token.',
      },
      info: { means: 'Whether the server issues refresh tokens could not be seen.' },
      warning: {
        means:
          'The server lists neither all that refresh tokens need. Without them, sessions end with the first access token.',
        cure: 'Allow the application the scope `offline_access` and the grant `refresh_token`, or use the mode `sso-cookie`.',
      },
      error: {
        means:
          'The client may not use refresh tokens, so sessions end with the first access token.',
        cure: 'Allow the application the grant `refresh_token`, or use the mode `sso-cookie`.',
      },
    },
  },
  'refresh-token-rotation': {
    link: `${RFC}/rfc9700.html#section-4.14.2`,
    levels: {
      ok: { means: 'Each refresh token is used once, so that the server notices a stolen one.' },
      info: {
        means: 'It cannot be seen without a refresh token.',
        cure: 'Put the refresh token of a test user into the environment variable SESAMY_DOCTOR_REFRESH_TOKEN. It is used up.',
      },
      warning: {
        means: 'A stolen refresh token works until it expires, beside that of the user.',
        cure: 'Turn on the rotation of refresh tokens for the application. The kit supports it in any number of tabs.',
      },
      error: {
        means: 'The server has refused the given refresh token.',
        cure: 'Pass a refresh token of this client that is not used, expired or revoked.',
      },
    },
  },
  'logout-url': {
    link: 'https://auth0.com/docs/authenticate/login/logout/redirect-users-after-logout',
    levels: {
      ok: { means: 'The server sends users back to the app after a logout.' },
      warning: {
        means:
          'The server responded with a page of its own, where users would stay after a logout.',
        cure: 'Log out once, and compare the address with the Allowed Logout URLs of the application.',
      },
      error: {
        means: 'After a logout, users end at an error of the server.',
        cure: 'Add the address to the Allowed Logout URLs of the application.',
      },
    },
  },
  'api-cors': {
    link: `${MDN}/HTTP/Guides/CORS`,
    levels: {
      ok: { means: 'The app can call the API with its access token.' },
      warning: {
        means: 'Calls of the API by `session.fetch` fail in the browser.',
        cure: "Check the option `apiUrl`. The API must allow the app's origin and the header `Authorization`.",
      },
    },
  },
  'secure-context': {
    link: `${MDN}/Security/Secure_Contexts`,
    levels: {
      ok: { means: 'The browser offers the page what a login needs.' },
      error: {
        means: 'Browsers offer cryptography to https pages only, so no login can start.',
        cure: 'Serve the app over https; http works on localhost only.',
      },
    },
  },
  'first-party': {
    link: `${MDN}/Privacy/Guides/Third-party_cookies`,
    levels: {
      ok: {
        means:
          "The issuer's cookies are first-party on the page: browsers send them from frames and requests of the page. The mode `sso-cookie` works.",
      },
      info: {
        means:
          "The issuer's cookies are third-party on the page: Safari and Firefox do not send them from frames and requests of the page, other browsers may not. The mode needs none. A login by redirect uses them in every browser.",
      },
      error: {
        means:
          "The issuer's cookies are third-party on the page, and browsers do not send them from its hidden frame. Users do not stay signed in.",
        cure: 'Give the authorization server a domain of this site, e.g. login.publisher.com, or use the mode `refresh-token`, or set `fallbackMode: "refresh-token"`.',
      },
    },
  },
  page: {
    link: `${MDN}/HTTP/Guides/CSP`,
    levels: {
      ok: { means: 'The headers of the page could be checked.' },
      warning: {
        means: 'The page could not be read, so its Content-Security-Policy was not checked.',
        cure: 'Check the origin, or run the doctor where the app is reachable.',
      },
    },
  },
  'csp-connect': {
    link: `${MDN}/HTTP/Reference/Headers/Content-Security-Policy/connect-src`,
    levels: {
      ok: { means: 'The page may send the requests of the kit.' },
      error: {
        means: 'The browser blocks requests of the kit, which fail with the error `network`.',
        cure: 'Add the origins to `connect-src`.',
      },
    },
  },
  'csp-frame': {
    link: `${MDN}/HTTP/Reference/Headers/Content-Security-Policy/frame-src`,
    levels: {
      ok: { means: 'The page may renew tokens in a hidden frame of the issuer.' },
      error: {
        means: 'The browser blocks the hidden frame that renews tokens in the mode `sso-cookie`.',
        cure: 'Add the issuer to `frame-src`.',
      },
    },
  },
  'opener-policy': {
    link: `${MDN}/HTTP/Reference/Headers/Cross-Origin-Opener-Policy`,
    levels: {
      ok: { means: 'Logins by popup can report back to the page.' },
      warning: {
        means:
          'The browser cuts the connection between the page and a login window. `loginWithPopup` may not notice that the window was closed.',
        cure: 'Use `Cross-Origin-Opener-Policy: same-origin-allow-popups`, or log in by redirect.',
      },
    },
  },
  storage: {
    link: `${MDN}/API/Storage_API/Storage_quotas_and_eviction_criteria`,
    levels: {
      ok: { means: 'The browser keeps the session of this page over reloads.' },
      warning: {
        means:
          'The session lives in the memory of this page: a reload ends it, and a login by redirect may not finish.',
        cure: 'Allow the page to store data: leave private browsing, unblock site data, or remove the sandbox of the frame.',
      },
    },
  },
  'token-handler': {
    link: SESAMY_PROXY,
    levels: {
      ok: { means: "The token handler responds behind the app's origin." },
      warning: {
        means:
          'A cache between the browser and the handler may keep the response, and show one user to another.',
        cure: "Let the proxy pass on the handler's `Cache-Control: no-store`, and cache nothing below the path.",
      },
      error: {
        means:
          'Requests below the path do not reach the token handler, so no user is ever signed in.',
        cure: 'Forward the path to Sesamy before any fallback page of the server, and exclude it from the service worker (navigateFallbackDenylist in Workbox).',
      },
    },
  },
  'token-handler-login': {
    link: SESAMY_PROXY,
    levels: {
      ok: { means: "The token handler starts logins that come back to the app's origin." },
      error: {
        means: 'Logins do not start, or come back to another host, where the cookies are lost.',
        cure: "Let the proxy set `X-Forwarded-Host` and `X-Forwarded-Proto` to the app's, pass redirects on unchanged, and have Sesamy enable the token handler for the vendor.",
      },
    },
  },
  'service-worker': {
    link: 'https://developer.chrome.com/docs/workbox/modules/workbox-routing#navigation_routes',
    levels: {
      ok: { means: 'The service worker lets navigations to the token handler pass.' },
      error: {
        means:
          "The service worker sends the app's own page for navigations to the token handler, so no login starts.",
        cure: 'Exclude the path from the navigations of the service worker (navigateFallbackDenylist in Workbox).',
      },
    },
  },
  'react-version': {
    link: 'https://react.dev/versions',
    levels: {
      ok: { means: 'The kit supports this version.' },
      error: {
        means: 'The kit is not tested with this version, and may not work with it.',
        cure: 'Install a version in the range.',
      },
    },
  },
  'query-version': {
    link: 'https://tanstack.com/query/latest/docs/framework/react/installation',
    levels: {
      ok: { means: 'The kit supports this version.' },
      error: {
        means: 'The kit is not tested with this version, and may not work with it.',
        cure: 'Install a version in the range.',
      },
    },
  },
  'kit-copies': {
    link: 'https://docs.npmjs.com/cli/commands/npm-dedupe',
    levels: {
      ok: { means: 'All parts of the app share one copy of the kit.' },
      warning: {
        means:
          'Parts of the app may get a copy each: it is loaded twice, and a hook may find no provider.',
        cure: 'Run `npm dedupe` or `pnpm dedupe`, and let all packages name the same version.',
      },
    },
  },
};
