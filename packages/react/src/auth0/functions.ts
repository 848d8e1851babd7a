import { isAuthError, type Session } from '@sesamy-kit/session';
import type { AppStateStore } from './app-state.js';
import { MissingScopesError, PopupTimeoutError, toOAuthError, UnsupportedError } from './errors.js';
import { toLoginOptions } from './options.js';
import type {
  AppState,
  Auth0Functions,
  GetTokenSilentlyOptions,
  GetTokenSilentlyVerboseResponse,
  IdToken,
  LogoutOptions,
  PopupConfigOptions,
  PopupLoginOptions,
  RedirectLoginOptions,
} from './types.js';
import { checkCallParams } from './unsupported.js';

/** A login that a guard starts; see `isAutomatic` of the session. */
export const AUTOMATIC: unique symbol = Symbol('automatic');

/** What the functions of a provider use. */
export interface FunctionsContext {
  readonly session: Session;
  /** The domain as the app wrote it. */
  readonly domain: string;
  readonly audience: string | undefined;
  readonly redirectUri: string | undefined;
  readonly appStates: AppStateStore;
  /** Returns the `appState` of the login that this page has completed, if any. */
  readonly completed: () => AppState | undefined;
}

const RAW_ID_TOKEN =
  'The session does not keep it. Read the claims, or send the access token, which is what an API verifies.';

/** Creates the functions of `useAuth0`. */
export function createFunctions({
  session,
  domain,
  audience,
  redirectUri,
  appStates,
  completed,
}: FunctionsContext): Auth0Functions {
  const own = { audience, redirect_uri: redirectUri };

  async function loginWithRedirect(
    options: RedirectLoginOptions & { readonly [AUTOMATIC]?: boolean } = {},
  ): Promise<void> {
    const { authorizationParams, appState, fragment, openUrl } = options;
    checkCallParams(authorizationParams, own);
    appStates.put(appState);
    const login = {
      ...toLoginOptions(authorizationParams),
      returnTo: typeof appState?.returnTo === 'string' ? appState.returnTo : (redirectUri ?? '/'),
      isAutomatic: options[AUTOMATIC] === true && !isLoggedOut(),
    };
    if (openUrl === undefined && fragment === undefined) {
      return converting(session.loginWithRedirect(login));
    }
    const open = openUrl ?? ((url: string) => location.assign(url));
    await new Promise<void>((resolve, reject) => {
      const opening = session.loginWithRedirect({
        ...login,
        async openUrl(url) {
          await open(fragment === undefined ? url : `${url}#${fragment}`);
          // Without `openUrl` the page is about to unload.
          if (openUrl !== undefined) resolve();
        },
      });
      converting(opening).catch(reject);
    });
  }

  /** After a logout a guard of Auth0's SDK starts a login. */
  function isLoggedOut(): boolean {
    const state = session.getSnapshot();
    return state.status === 'unauthenticated' && state.reason === 'logged-out';
  }

  async function logInByPopup(
    options: PopupLoginOptions = {},
    config: PopupConfigOptions = {},
  ): Promise<void> {
    checkCallParams(options.authorizationParams, own);
    if (config.popup !== undefined && config.popup !== null) {
      throw new UnsupportedError(
        'config.popup',
        'Leave it out: the session opens its window in the click itself.',
      );
    }
    if (config.closePopup === false) {
      throw new UnsupportedError('config.closePopup', 'Leave it out: the popup always closes.');
    }
    let isLate = false;
    const { timeoutInSeconds } = config;
    const timer =
      timeoutInSeconds === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            session.cancelLogin();
          }, timeoutInSeconds * 1000);
    try {
      await session.loginWithPopup(toLoginOptions(options.authorizationParams));
    } catch (error) {
      throw isLate ? new PopupTimeoutError('timeout', undefined, { cause: error }) : convert(error);
    } finally {
      clearTimeout(timer);
    }
  }

  async function getToken({
    authorizationParams,
    cacheMode = 'on',
    timeoutInSeconds,
  }: GetTokenSilentlyOptions): Promise<string | undefined> {
    checkCallParams(authorizationParams, own);
    if (authorizationParams?.scope !== undefined) await requireScope(authorizationParams.scope);
    if (cacheMode === 'off') await session.renew();
    if (cacheMode === 'cache-only' && !(await hasToken())) return undefined;
    const signal =
      timeoutInSeconds === undefined ? undefined : AbortSignal.timeout(timeoutInSeconds * 1000);
    return session.getAccessToken({ signal });
  }

  /** Whether the access token is valid for as long as a call needs. */
  async function hasToken(): Promise<boolean> {
    const expiresAt = (await session.info())?.expiresAt ?? 0;
    return Date.now() + MIN_VALIDITY_MS < expiresAt;
  }

  async function requireScope(wanted: string): Promise<void> {
    const info = await session.info();
    // Without a user the token request rejects, and a token handler keeps the scope to itself.
    if (info === null || info.scope === null) return;
    const granted = info.scope.split(' ');
    const missing = wanted.split(/\s+/).filter((one) => one !== '' && !granted.includes(one));
    if (missing.length === 0) return;
    throw new MissingScopesError('missing_scopes', undefined, {
      message: `The session has no scope "${missing.join(' ')}". Log in with it, e.g. by "getAccessTokenWithPopup({ authorizationParams: { scope } })" in a click.`,
    });
  }

  function getAccessTokenSilently(
    options: GetTokenSilentlyOptions & { detailedResponse: true },
  ): Promise<GetTokenSilentlyVerboseResponse | undefined>;
  function getAccessTokenSilently(options?: GetTokenSilentlyOptions): Promise<string | undefined>;
  async function getAccessTokenSilently(
    options: GetTokenSilentlyOptions = {},
  ): Promise<string | GetTokenSilentlyVerboseResponse | undefined> {
    const token = await converting(getToken(options));
    if (token === undefined || options.detailedResponse !== true) return token;
    const info = await converting(session.info());
    const expiresAt = info?.expiresAt ?? Date.now();
    return withoutRaw('id_token', {
      access_token: token,
      expires_in: Math.max(0, Math.round((expiresAt - Date.now()) / 1000)),
      ...(typeof info?.scope === 'string' && { scope: info.scope }),
    });
  }

  async function getIdTokenClaims(): Promise<IdToken | undefined> {
    await session.ready;
    const { user } = session.getSnapshot();
    if (user === undefined) return undefined;
    const { acr, amr, authTime } = (await converting(session.info())) ?? {};
    return withoutRaw('__raw', {
      ...user,
      iss: session.issuer,
      aud: session.clientId,
      ...(typeof acr === 'string' && { acr }),
      ...(amr && { amr: [...amr] }),
      ...(typeof authTime === 'number' && { auth_time: String(Math.round(authTime / 1000)) }),
    });
  }

  async function logout({
    clientId,
    logoutParams = {},
    openUrl,
  }: LogoutOptions = {}): Promise<void> {
    if (clientId !== undefined && clientId !== session.clientId) {
      throw new UnsupportedError('clientId', "Leave it out: it is the Auth0Provider's.");
    }
    if (logoutParams.federated === true) {
      throw new UnsupportedError(
        'logoutParams.federated',
        'Leave it out: the session at the identity provider stays.',
      );
    }
    const { returnTo } = logoutParams;
    if (openUrl === undefined) return converting(session.logout({ returnTo }));
    await converting(session.logout({ local: true }));
    if (openUrl === false) return;
    const target = returnTo ?? redirectUri ?? location.origin;
    const query = new URLSearchParams({ client_id: session.clientId, returnTo: target });
    await openUrl(`${session.issuer}v2/logout?${query}`);
  }

  return {
    getAccessTokenSilently,
    async getAccessTokenWithPopup(options = {}, config) {
      await logInByPopup(options, config);
      return converting(session.getAccessToken());
    },
    getIdTokenClaims,
    loginWithRedirect,
    async loginWithPopup(options, config) {
      try {
        await logInByPopup(options, config);
      } catch (error) {
        // The failure of a login is in the state.
        if (error instanceof UnsupportedError) throw error;
      }
    },
    logout,
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

/** A token is not returned in its last seconds, as by `session.getAccessToken`. */
const MIN_VALIDITY_MS = 10_000;

function noCallback(): UnsupportedError {
  return new UnsupportedError(
    'handleRedirectCallback',
    'The page was not loaded with a callback of this session. Call it at the redirect URI only.',
  );
}

/** Adds the property for the raw ID Token, which throws when it is read. A copy of the object does not have it. */
function withoutRaw<Name extends string, Values extends object>(
  name: Name,
  values: Values,
): Values & Record<Name, string> {
  const define = (target: Values): target is Values & Record<Name, string> =>
    Reflect.defineProperty(target, name, {
      get(): never {
        throw new UnsupportedError(name, RAW_ID_TOKEN);
      },
    });
  if (define(values)) return values;
  throw new TypeError(`Cannot define "${name}".`);
}

/** Resolves like the promise; rejects with an error in Auth0's shape. */
async function converting<Result>(promise: Promise<Result>): Promise<Result> {
  try {
    return await promise;
  } catch (error) {
    throw convert(error);
  }
}

function convert(error: unknown): unknown {
  return isAuthError(error) ? toOAuthError(error) : error;
}
