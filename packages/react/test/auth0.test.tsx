import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createContext, StrictMode, type ReactNode } from 'react';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf } from '../../session/test/browser.js';
import * as entry from '../src/auth0/index.js';
import {
  Auth0Provider,
  initialContext,
  MissingScopesError,
  OAuthError,
  PopupCancelledError,
  PopupOpenError,
  PopupTimeoutError,
  UnsupportedError,
  useAuth0,
  withAuth0,
  withAuthenticationRequired,
  type AppState,
  type Auth0ContextInterface,
  type Auth0ProviderWithConfigOptions,
  type User,
  type WithAuth0Props,
} from '../src/auth0/index.js';
import { createSesamySession, LoginButton, useSession } from '../src/index.js';
import { client, clientId, openBrowser, origin, type TestBrowser } from './app.js';

const domain = 'token.sesamy.com';

/** A page of an app written for Auth0's SDK. */
interface Page {
  readonly auth0: () => Auth0ContextInterface;
  readonly unmount: () => void;
}

function open(options: Partial<Auth0ProviderWithConfigOptions> = {}, children?: ReactNode): Page {
  let current = initialContext;
  function Reader(): ReactNode {
    current = useAuth0();
    return <output>{current.isLoading ? 'loading' : String(current.isAuthenticated)}</output>;
  }
  const { unmount } = render(
    <StrictMode>
      <Auth0Provider
        domain={domain}
        clientId={clientId}
        authorizationParams={{ redirect_uri: origin }}
        {...options}
      >
        <Reader />
        {children}
      </Auth0Provider>
    </StrictMode>,
  );
  return { auth0: () => current, unmount };
}

interface World {
  readonly server: MockServer;
  readonly browser: TestBrowser;
}

function openWorld(): World {
  const server = createMockServer({ clients: [client] });
  return { server, browser: openBrowser(server) };
}

/** Redirects to the login, signs in, and opens the page that the callback loads. */
async function logIn(
  { server, browser }: World,
  options: Partial<Auth0ProviderWithConfigOptions> = {},
  login: Parameters<Auth0ContextInterface['loginWithRedirect']>[0] = {},
): Promise<Page> {
  const before = open(options);
  await screen.findByText('false');
  before
    .auth0()
    .loginWithRedirect(login)
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  before.unmount();
  browser.openDocument();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const page = open(options);
  await screen.findByText('true');
  return page;
}

describe('Auth0Provider', () => {
  test('Auth0Provider is loading at first, then without a user', async () => {
    openWorld();
    const seen: (boolean | undefined)[] = [];
    function Recorder(): null {
      seen.push(useAuth0().isLoading);
      return null;
    }
    open({}, <Recorder />);
    await screen.findByText('false');
    expect(seen[0]).toBe(true);
    expect(seen.at(-1)).toBe(false);
  });

  test('Auth0Provider calls onRedirectCallback once with the appState and the user', async () => {
    const onRedirectCallback = vi.fn<(appState?: AppState, user?: User) => void>();
    await logIn(
      openWorld(),
      { onRedirectCallback },
      { appState: { returnTo: '/deep?x=1', cart: [1, 2] } },
    );
    expect(onRedirectCallback).toHaveBeenCalledExactlyOnceWith(
      { returnTo: '/deep?x=1', cart: [1, 2], response_type: 'code' },
      expect.objectContaining({ email: 'ada@example.com' }),
    );
    expect(location.href).toBe(`${origin}/`);
  });

  test("Auth0Provider does not pass an abandoned login's appState to the callback of a login that the kit starts", async () => {
    const world = openWorld();
    const onRedirectCallback = vi.fn<(appState?: AppState, user?: User) => void>();
    const abandoned = open({ onRedirectCallback });
    await screen.findByText('false');
    abandoned
      .auth0()
      .loginWithRedirect({ appState: { cart: [1, 2] } })
      .catch(() => {});
    await world.browser.nextNavigation();
    abandoned.unmount();
    // The user comes back by the address bar, and logs in by a button of the kit.
    world.browser.openDocument();
    const page = open({ onRedirectCallback }, <LoginButton>Members</LoginButton>);
    await userEvent.click(await screen.findByRole('button', { name: 'Members' }));
    const authorizationUrl = await world.browser.nextNavigation();
    page.unmount();
    world.browser.openDocument();
    world.browser.visit(await world.server.control.signIn({ authorizationUrl, user: 'ada' }));
    open({ onRedirectCallback });
    await screen.findByText('true');
    expect(onRedirectCallback).toHaveBeenCalledExactlyOnceWith(
      { response_type: 'code' },
      expect.objectContaining({ email: 'ada@example.com' }),
    );
  });

  test('Auth0Provider does not pass the appState of a login to a later one, after the user has logged in by popup instead', async () => {
    const { server, browser } = openWorld();
    const onRedirectCallback = vi.fn<(appState?: AppState, user?: User) => void>();
    const page = open({ onRedirectCallback }, <LoginButton>Members</LoginButton>);
    await screen.findByText('false');
    await page.auth0().loginWithRedirect({ appState: { cart: [1, 2] }, openUrl: () => {} });
    const login = page.auth0().loginWithPopup();
    await answerPopup(browser);
    await login;
    await screen.findByText('true');
    await page.auth0().logout({ openUrl: false });
    await screen.findByText('false');
    await userEvent.click(screen.getByRole('button', { name: 'Members' }));
    const authorizationUrl = await browser.nextNavigation();
    page.unmount();
    browser.openDocument();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    open({ onRedirectCallback });
    await screen.findByText('true');
    expect(onRedirectCallback).toHaveBeenCalledExactlyOnceWith(
      { response_type: 'code' },
      expect.objectContaining({ email: 'ada@example.com' }),
    );
  });

  test('Auth0Provider keeps the appState of a login that the session starts again, since it took too long', async () => {
    const { server, browser } = openWorld();
    const onRedirectCallback = vi.fn<(appState?: AppState, user?: User) => void>();
    const before = open({ onRedirectCallback });
    await screen.findByText('false');
    before
      .auth0()
      .loginWithRedirect({ appState: { cart: [1, 2] } })
      .catch(() => {});
    const late = await browser.nextNavigation();
    before.unmount();
    browser.openDocument();
    browser.visit(await server.control.signIn({ authorizationUrl: late, user: 'ada' }));
    browser.loseStorage();
    const stale = open({ onRedirectCallback });
    const authorizationUrl = await browser.nextNavigation();
    stale.unmount();
    browser.openDocument();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    open({ onRedirectCallback });
    await screen.findByText('true');
    expect(onRedirectCallback).toHaveBeenCalledExactlyOnceWith(
      { cart: [1, 2], response_type: 'code' },
      expect.objectContaining({ email: 'ada@example.com' }),
    );
  });

  test('Auth0Provider returns to appState.returnTo without an onRedirectCallback', async () => {
    await logIn(openWorld(), {}, { appState: { returnTo: '/deep?x=1' } });
    expect(location.href).toBe(`${origin}/deep?x=1`);
  });

  test('Auth0Provider returns to the front page for an appState.returnTo of another origin', async () => {
    await logIn(openWorld(), {}, { appState: { returnTo: 'https://evil.test/' } });
    expect(location.href).toBe(`${origin}/`);
  });

  test('Auth0Provider calls no onRedirectCallback with skipRedirectCallback', async () => {
    const onRedirectCallback = vi.fn<() => void>();
    await logIn(openWorld(), { onRedirectCallback, skipRedirectCallback: true });
    expect(onRedirectCallback).not.toHaveBeenCalled();
  });

  test('Auth0Provider has the error of a refused login, with the code of the server', async () => {
    const { browser } = openWorld();
    const before = open();
    await screen.findByText('false');
    before
      .auth0()
      .loginWithRedirect()
      .catch(() => {});
    const state = new URL(await browser.nextNavigation()).searchParams.get('state') ?? '';
    before.unmount();
    browser.openDocument();
    const refusal = { error: 'access_denied', error_description: 'The user said no', state };
    browser.visit(`${origin}/?${new URLSearchParams(refusal)}`);
    const page = open();
    await waitFor(() => expect(page.auth0().error).toBeDefined());
    expect(page.auth0().error).toBeInstanceOf(OAuthError);
    expect(page.auth0().error).toMatchObject({
      error: 'access_denied',
      error_description: 'The user said no',
    });
    expect(page.auth0().error?.message).not.toContain('The user said no');
  });

  test('Auth0Provider takes an existing session as its client', async () => {
    openWorld();
    const session = createSesamySession({ clientId });
    let configuration = {};
    function Reader(): null {
      configuration = useAuth0().getConfiguration();
      return null;
    }
    render(
      <Auth0Provider client={session}>
        <Reader />
      </Auth0Provider>,
    );
    await act(async () => {});
    expect(configuration).toEqual({ domain, clientId });
  });

  test('Auth0Provider provides the session to the hooks of this package', async () => {
    await logIn(openWorld());
    function Name(): ReactNode {
      return <b>{useSession((session) => session.user?.email)}</b>;
    }
    open({}, <Name />);
    expect(await screen.findByText('ada@example.com')).toBeDefined();
  });

  test('Auth0Provider takes over a session that Auth0’s SDK has stored', async () => {
    const world = openWorld();
    const takeOver = [
      {
        find: () => [
          { refreshToken: 'old', subject: 'email|ada', audience: null, scope: undefined },
        ],
        clear: vi.fn<() => void>(),
      },
    ];
    open({ takeOver });
    await screen.findByText('false');
    const [request] = world.browser.sent;
    expect(await request?.clone().text()).toContain('refresh_token=old');
    expect(takeOver[0]?.clear).toHaveBeenCalled();
  });

  test('Auth0Provider provides a context of its own to what asks for it', async () => {
    openWorld();
    const Other = createContext(initialContext);
    function Reader(): ReactNode {
      return <i>{useAuth0(Other).isLoading ? 'other is loading' : 'other is ready'}</i>;
    }
    open({ context: Other }, <Reader />);
    expect(await screen.findByText('other is ready')).toBeDefined();
    expect(screen.getByText('loading')).toBeDefined();
  });

  test('Auth0Provider forgets the session at a reload with the cacheLocation memory', async () => {
    const world = openWorld();
    const { unmount } = await logIn(world, { cacheLocation: 'memory' });
    unmount();
    world.browser.openDocument();
    open({ cacheLocation: 'memory' });
    await screen.findByText('false');
  });

  test("Auth0Provider ignores the options that tune Auth0's SDK", async () => {
    openWorld();
    open({
      useRefreshTokens: false,
      useRefreshTokensFallback: true,
      leeway: 5,
      authorizeTimeoutInSeconds: 5,
      httpTimeoutInSeconds: 5,
      legacySameSiteCookie: false,
      useCookiesForTransactions: true,
      sessionCheckExpiryDays: 2,
      cookieDomain: 'publisher.test',
      useFormData: false,
      workerUrl: '/worker.js',
    });
    await screen.findByText('false');
  });

  test.each<[string, Partial<Auth0ProviderWithConfigOptions>, string]>([
    ['cache', { cache: {} }, 'cache'],
    ['useDpop', { useDpop: true }, 'useDpop'],
    ['an issuer that is not the domain', { issuer: 'other.test' }, 'issuer'],
    [
      'authorizationParams.max_age',
      { authorizationParams: { max_age: 1 } },
      'authorizationParams.max_age',
    ],
  ])('Auth0Provider throws an UnsupportedError for %s', (_what, options, feature) => {
    openWorld();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const error = thrownBy(() => open(options));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({ code: 'unsupported', error: 'unsupported', feature });
  });

  test('useAuth0 outside a provider has functions that throw', () => {
    expect(() => initialContext.loginWithRedirect()).toThrow(/forgot to wrap/);
  });
});

describe('loginWithRedirect', () => {
  test("loginWithRedirect sends the login's parameters by their wire names", async () => {
    const { browser } = openWorld();
    const { auth0 } = open({
      authorizationParams: { redirect_uri: origin, scope: 'a:read', theme: 'dark' },
    });
    await screen.findByText('false');
    auth0()
      .loginWithRedirect({
        authorizationParams: {
          scope: 'b:read',
          prompt: 'login',
          max_age: '60',
          login_hint: 'ada@example.com',
          organization: 'org_1',
          beta: true,
        },
        fragment: 'signup',
      })
      .catch(() => {});
    const url = new URL(await browser.nextNavigation());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      scope: 'openid profile email a:read offline_access b:read',
      prompt: 'login',
      max_age: '60',
      login_hint: 'ada@example.com',
      organization: 'org_1',
      beta: 'true',
      theme: 'dark',
    });
    expect(url.hash).toBe('#signup');
  });

  test.each([{}, { fragment: 'signup' }])(
    'loginWithRedirect with %j rejects if the page does not unload',
    async (options) => {
      const { browser } = openWorld();
      const { auth0 } = open();
      await screen.findByText('false');
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => void vi.useRealTimers());
      const failing = rejectionOf(auth0().loginWithRedirect(options));
      await browser.nextNavigation();
      await vi.advanceTimersByTimeAsync(15_000);
      vi.useRealTimers();
      expect(await failing).toMatchObject({ cause: { code: 'aborted' } });
    },
  );

  test('loginWithRedirect resolves when openUrl has opened the login page', async () => {
    openWorld();
    const { auth0 } = open();
    await screen.findByText('false');
    const openUrl = vi.fn<(url: string) => void>();
    await auth0().loginWithRedirect({ openUrl });
    expect(openUrl).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`https://${domain}/authorize?`),
    );
  });

  test.each([
    [{ audience: 'https://other.test' }, 'authorizationParams.audience'],
    [{ redirect_uri: 'https://app.publisher.test/other' }, 'authorizationParams.redirect_uri'],
  ])('loginWithRedirect rejects %j, which is the session’s', async (params, feature) => {
    openWorld();
    const { auth0 } = open();
    const error = await rejectionOf(auth0().loginWithRedirect({ authorizationParams: params }));
    expect(error).toMatchObject({ code: 'unsupported', feature });
  });
});

describe('loginWithPopup', () => {
  test('loginWithPopup logs in, and is loading meanwhile', async () => {
    const { browser } = openWorld();
    const { auth0 } = open();
    await screen.findByText('false');
    const login = auth0().loginWithPopup();
    await screen.findByText('loading');
    await answerPopup(browser);
    await login;
    await screen.findByText('true');
    expect(auth0().user?.email).toBe('ada@example.com');
  });

  test('loginWithPopup does not reject when the user closes the popup, but has the error', async () => {
    const { browser } = openWorld();
    const { auth0 } = open();
    await screen.findByText('false');
    const login = auth0().loginWithPopup();
    await browser.popups.last().url;
    browser.popups.last().close();
    await login;
    await waitFor(() => expect(auth0().error).toBeInstanceOf(PopupCancelledError));
    expect(auth0().error).toMatchObject({ error: 'cancelled' });
  });

  test('loginWithPopup has a PopupOpenError as error if the browser blocks the popup', async () => {
    const { browser } = openWorld();
    const { auth0 } = open();
    await screen.findByText('false');
    browser.popups.areAllowed = false;
    await auth0().loginWithPopup();
    await waitFor(() => expect(auth0().error).toBeInstanceOf(PopupOpenError));
  });

  test.each([
    [{ popup: {} }, 'config.popup'],
    [{ closePopup: false }, 'config.closePopup'],
  ])('loginWithPopup rejects %j', async (config, feature) => {
    openWorld();
    const { auth0 } = open();
    const error = await rejectionOf(auth0().loginWithPopup({}, config));
    expect(error).toMatchObject({ code: 'unsupported', feature });
  });

  test('getAccessTokenWithPopup logs in with the scope, and resolves to the token', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    const before = await auth0().getAccessTokenSilently();
    const getting = auth0().getAccessTokenWithPopup({
      authorizationParams: { scope: 'vip:read' },
    });
    await answerPopup(world.browser);
    expect(await getting).not.toBe(before);
    const url = new URL(await world.browser.popups.last().url);
    expect(url.searchParams.get('scope')).toContain('vip:read');
  });

  test('getAccessTokenWithPopup rejects with a PopupTimeoutError after timeoutInSeconds', async () => {
    const { browser } = openWorld();
    const { auth0 } = open();
    await screen.findByText('false');
    const error = await rejectionOf(
      auth0().getAccessTokenWithPopup({}, { timeoutInSeconds: 0.01 }),
    );
    expect(error).toBeInstanceOf(PopupTimeoutError);
    expect(browser.popups.last().isClosed).toBe(true);
  });
});

describe('tokens', () => {
  test('getAccessTokenSilently resolves to the token, and to its details', async () => {
    const { auth0 } = await logIn(openWorld());
    const token = await auth0().getAccessTokenSilently();
    const details = await auth0().getAccessTokenSilently({ detailedResponse: true });
    expect({ ...details }).toEqual({
      access_token: token,
      expires_in: expect.any(Number),
      scope: expect.stringContaining('openid'),
    });
    expect(thrownBy(() => details?.id_token)).toMatchObject({ code: 'unsupported' });
  });

  test('getAccessTokenSilently renews the token with the cacheMode off', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    const count = tokenRequests(world);
    await auth0().getAccessTokenSilently();
    expect(tokenRequests(world)).toBe(count);
    await auth0().getAccessTokenSilently({ cacheMode: 'off' });
    expect(tokenRequests(world)).toBe(count + 1);
  });

  test('getAccessTokenSilently requests nothing with the cacheMode cache-only', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    const count = world.browser.requests.length;
    const token = await auth0().getAccessTokenSilently({ cacheMode: 'cache-only' });
    expect(token).toBe(await auth0().getAccessTokenSilently());
    world.browser.advanceClock(7200);
    expect(await auth0().getAccessTokenSilently({ cacheMode: 'cache-only' })).toBeUndefined();
    expect(world.browser.requests.length).toBe(count);
  });

  test('getAccessTokenSilently rejects with login_required without a user', async () => {
    openWorld();
    const { auth0 } = open();
    const error = await rejectionOf(auth0().getAccessTokenSilently());
    expect(error).toBeInstanceOf(OAuthError);
    expect(error).toMatchObject({ error: 'login_required' });
  });

  test('getAccessTokenSilently rejects with missing_scopes for a scope that was not granted', async () => {
    const { auth0 } = await logIn(openWorld());
    const granted = { authorizationParams: { scope: 'openid email' } };
    expect(await auth0().getAccessTokenSilently(granted)).toBeTypeOf('string');
    const error = await rejectionOf(
      auth0().getAccessTokenSilently({ authorizationParams: { scope: 'openid vip:read' } }),
    );
    expect(error).toBeInstanceOf(MissingScopesError);
    expect(error).toMatchObject({
      error: 'missing_scopes',
      message: expect.stringContaining('"vip:read"'),
    });
  });

  test('getIdTokenClaims resolves to the claims, and throws for the raw token', async () => {
    const { auth0 } = await logIn(openWorld());
    const claims = await auth0().getIdTokenClaims();
    expect(claims).toMatchObject({
      iss: `https://${domain}/`,
      aud: clientId,
      email: 'ada@example.com',
      sub: auth0().user?.sub,
    });
    expect(thrownBy(() => Reflect.get(claims ?? {}, '__raw'))).toMatchObject({
      code: 'unsupported',
      feature: '__raw',
    });
  });

  test('createFetcher sends requests with the access token to the base URL', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    const { fetchWithAuth } = auth0().createFetcher({ baseUrl: 'https://api.sesamy.com/client/' });
    expect((await fetchWithAuth('v1/profile')).status).toBe(200);
    expect(world.browser.requests.at(-1)).toBe('GET https://api.sesamy.com/client/v1/profile');
  });
});

describe('logout', () => {
  test('logout leaves for the server, and keeps the user until then', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    void auth0().logout({ logoutParams: { returnTo: `${origin}/bye` } });
    const url = new URL(await world.browser.nextNavigation());
    expect(url.pathname).toBe('/v2/logout');
    expect(url.searchParams.get('returnTo')).toBe(`${origin}/bye`);
    expect(auth0().isAuthenticated).toBe(true);
  });

  test('logout ends the session in this browser with openUrl false', async () => {
    const world = openWorld();
    const { auth0 } = await logIn(world);
    await auth0().logout({ openUrl: false });
    await screen.findByText('false');
    expect(auth0().user).toBeUndefined();
  });

  test("logout passes the server's logout page to openUrl", async () => {
    const { auth0 } = await logIn(openWorld());
    const openUrl = vi.fn<(url: string) => void>();
    await auth0().logout({ openUrl, logoutParams: { returnTo: `${origin}/bye` } });
    const query = new URLSearchParams({ client_id: clientId, returnTo: `${origin}/bye` });
    expect(openUrl).toHaveBeenCalledExactlyOnceWith(`https://${domain}/v2/logout?${query}`);
  });

  test.each([
    [{ logoutParams: { federated: true } }, 'logoutParams.federated'],
    [{ clientId: null }, 'clientId'],
  ])('logout rejects %j', async (options, feature) => {
    openWorld();
    const { auth0 } = open();
    const error = await rejectionOf(auth0().logout(options));
    expect(error).toMatchObject({ code: 'unsupported', feature });
  });
});

describe('handleRedirectCallback', () => {
  test('handleRedirectCallback resolves to the appState of the login', async () => {
    const { auth0 } = await logIn(
      openWorld(),
      { skipRedirectCallback: true },
      { appState: { step: 2 } },
    );
    expect(await auth0().handleRedirectCallback()).toEqual({
      appState: { step: 2, response_type: 'code' },
      response_type: 'code',
    });
  });

  test('handleRedirectCallback rejects a URL that the page was not loaded with', async () => {
    openWorld();
    const { auth0 } = open();
    const error = await rejectionOf(auth0().handleRedirectCallback('app://callback?code=1'));
    expect(error).toMatchObject({ code: 'unsupported' });
  });
});

describe('the higher-order components', () => {
  test('withAuth0 passes the prop auth0', async () => {
    openWorld();
    const Label = withAuth0(({ auth0, prefix }: WithAuth0Props & { prefix: string }) => (
      <b>{`${prefix} ${auth0.isLoading ? '...' : 'ready'}`}</b>
    ));
    open({}, <Label prefix="It is" />);
    expect(await screen.findByText('It is ready')).toBeDefined();
  });

  test('withAuthenticationRequired redirects a visitor once, after onBeforeAuthentication', async () => {
    const { browser } = openWorld();
    const onBeforeAuthentication = vi.fn<() => Promise<void>>(async () => {});
    const Secret = withAuthenticationRequired(() => <b>secret</b>, {
      onRedirecting: () => <b>redirecting</b>,
      onBeforeAuthentication,
      returnTo: '/secret',
    });
    open({}, <Secret />);
    const url = new URL(await browser.nextNavigation());
    expect(url.origin).toBe(`https://${domain}`);
    expect(onBeforeAuthentication).toHaveBeenCalled();
    expect(screen.getByText('redirecting')).toBeDefined();
    expect(screen.queryByText('secret')).toBeNull();
  });

  test('withAuthenticationRequired does not redirect again after a failed login', async () => {
    const { browser } = openWorld();
    const Secret = withAuthenticationRequired(() => <b>secret</b>, {
      onRedirecting: () => <b>redirecting</b>,
    });
    const before = open({}, <Secret />);
    const state = new URL(await browser.nextNavigation()).searchParams.get('state') ?? '';
    before.unmount();
    browser.openDocument();
    browser.visit(`${origin}/?${new URLSearchParams({ error: 'access_denied', state })}`);
    const { auth0 } = open({}, <Secret />);
    await waitFor(() => expect(auth0().error).toMatchObject({ error: 'access_denied' }));
    const authorizations = vi.mocked(location.replace).mock.calls.length;
    await act(async () => {});
    expect(vi.mocked(location.replace).mock.calls.length).toBe(authorizations);
  });

  test('withAuthenticationRequired renders its component for a signed-in user', async () => {
    await logIn(openWorld());
    const Secret = withAuthenticationRequired(({ text }: { text: string }) => <b>{text}</b>);
    open({}, <Secret text="secret" />);
    expect(await screen.findByText('secret')).toBeDefined();
  });
});

test('the entry point exports nothing that it has no equivalent for', () => {
  expect(Object.keys(entry).toSorted()).toEqual([
    'Auth0Context',
    'Auth0Provider',
    'AuthenticationError',
    'GenericError',
    'MissingScopesError',
    'OAuthError',
    'PopupCancelledError',
    'PopupOpenError',
    'PopupTimeoutError',
    'TimeoutError',
    'UnsupportedError',
    'initialContext',
    'useAuth0',
    'withAuth0',
    'withAuthenticationRequired',
  ]);
});

test.each([
  'loginWithCustomTokenExchange',
  'customTokenExchange',
  'exchangeToken',
  'connectAccountWithRedirect',
  'revokeRefreshToken',
  'getDpopNonce',
  'setDpopNonce',
  'generateDpopProof',
] as const)('%s rejects with an UnsupportedError that says what to do', async (name) => {
  const error = await rejectionOf(initialContext[name]());
  expect(error).toBeInstanceOf(UnsupportedError);
  expect(error).toMatchObject({ code: 'unsupported', feature: name });
});

test.each(['mfa', 'passkey', 'myAccount', 'anonymous'] as const)(
  'each function of %s rejects with an UnsupportedError',
  async (name) => {
    const functions = Object.values(initialContext[name]);
    expect(functions.length).toBeGreaterThan(1);
    for (const call of functions) {
      expect(await rejectionOf(call())).toMatchObject({ code: 'unsupported', feature: name });
    }
  },
);

/** Returns what the function throws; fails if it does not. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown, but an error was expected.');
}

function tokenRequests({ browser }: World): number {
  return browser.requests.filter((request) => request.endsWith('/oauth/token')).length;
}

/** Logs in in the popup, whose page hands the callback to the page that opened it. */
async function answerPopup(browser: TestBrowser): Promise<void> {
  const { href } = location;
  await browser.go(await browser.popups.last().url, { user: 'ada' });
  await createSesamySession({ clientId, redirectUri: origin }).start();
  browser.visit(href);
}
