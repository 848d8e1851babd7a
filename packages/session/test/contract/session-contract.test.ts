import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  isAuthError,
  isLoginDue,
  requireSession,
  type Session,
  type SessionEvent,
} from '../../src/index.js';
import { rejectionOf } from '../browser.js';
import { autoRefreshToken, autoSsoCookie, autoTokenHandler } from '../support/modes/auto.js';
import { refreshToken } from '../support/modes/refresh-token.js';
import { ssoCookieFallback } from '../support/modes/sso-cookie-fallback.js';
import { ssoCookie } from '../support/modes/sso-cookie.js';
import { tokenHandler } from '../support/modes/token-handler.js';
import { openRealWorld } from './real-world.js';
import { openTestWorld } from './test-world.js';
import { stateOf, type ContractWorld } from './world.js';

/** What an app sees of a session, which a real one and the one of the test kit have in common. */
describe.each<[name: string, open: () => ContractWorld]>([
  ['a session in the mode refresh-token', () => openRealWorld(refreshToken)],
  ['a session in the mode sso-cookie', () => openRealWorld(ssoCookie)],
  ['a session in the mode sso-cookie with its fallback', () => openRealWorld(ssoCookieFallback)],
  ['a session in the mode token-handler', () => openRealWorld(tokenHandler)],
  ['a session in the mode auto with a token handler', () => openRealWorld(autoTokenHandler)],
  ["a session in the mode auto on the issuer's site", () => openRealWorld(autoSsoCookie)],
  ['a session in the mode auto with neither', () => openRealWorld(autoRefreshToken)],
  ['a test session', () => openTestWorld('refresh-token')],
  ['a test session in the mode auto', () => openTestWorld('auto')],
  ['a test session in the mode token-handler', () => openTestWorld('token-handler')],
])('%s', (_name, open) => {
  let world: ContractWorld;

  beforeEach(() => {
    world = open();
  });

  const profileOf = ({ apiUrl }: Session): string => `${apiUrl}/client/v1/profile`;
  const isEnded = ({ status }: { status: string }): boolean => status === 'unauthenticated';

  /** Starts a redirect login, and refuses it. */
  async function failRedirect(session: Session): Promise<Session> {
    session.loginWithRedirect().catch(() => {});
    await stateOf(session, ({ status }) => status === 'authenticating');
    return world.refuseRedirect(session);
  }

  /** Responds to the profile requests of a signed-in session; returns it. */
  async function openWithResponse(respond: (request: Request) => Response): Promise<Session> {
    const session = await world.openSignedIn();
    const { pathname } = new URL(profileOf(session), location.href);
    // The token handler's proxy is a path of the page.
    world.respond(pathname, respond);
    return session;
  }

  describe('the events', () => {
    function eventsOf(session: Session): SessionEvent[] {
      const events: SessionEvent[] = [];
      session.on('*', (event) => events.push(event));
      return events;
    }

    test('an event reports a logout in another tab as the end of the session with its reason', async () => {
      const session = await world.openSignedIn();
      const ended = stateOf(session, isEnded);
      const events = eventsOf(session);
      await world.logOutElsewhere(session);
      await ended;
      expect(events).toEqual([{ type: 'session-ended', reason: 'logged-out-elsewhere' }]);
    });

    test('events report the start and the success of a popup login', async () => {
      const session = await world.openSignedOut();
      const events = eventsOf(session);
      const done = session.loginWithPopup();
      await world.completePopup(session);
      await done;
      expect(events).toEqual([
        { type: 'login-started', via: 'popup', isAutomatic: false },
        { type: 'login-succeeded', via: 'popup' },
      ]);
    });

    test('events report the start and the error of a cancelled popup login', async () => {
      const session = await world.openSignedOut();
      const events = eventsOf(session);
      const failing = rejectionOf(session.loginWithPopup());
      await world.refusePopup(session);
      const error = await failing;
      expect(events.slice(1)).toEqual([{ type: 'login-failed', error }]);
    });

    test('a removed listener receives no event', async () => {
      const session = await world.openSignedIn();
      const listener = vi.fn<() => void>();
      session.on('session-ended', listener)();
      await session.logout();
      expect(session.getSnapshot().status).toBe('logging-out');
      expect(listener).not.toHaveBeenCalled();
    });
  });

  describe('the state', () => {
    test('the state is unauthenticated without a reason when no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(session.getSnapshot()).toEqual({
        status: 'unauthenticated',
        reason: 'none',
        error: null,
      });
    });

    test('the state is authenticated with the claims of the user', async () => {
      const session = await world.openSignedIn();
      expect(session.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { sub: 'email|ada', email: 'ada@example.com' },
        error: null,
      });
    });

    test('the state is initializing for server rendering, as the same reference', async () => {
      const session = await world.openSignedIn();
      expect(session.getServerSnapshot()).toEqual({ status: 'initializing' });
      expect(session.getServerSnapshot()).toBe(session.getServerSnapshot());
    });

    test('the state is the same reference until it changes', async () => {
      const session = await world.openSignedIn();
      const before = session.getSnapshot();
      await session.start();
      session.dismissError();
      await session.fetch(profileOf(session));
      expect(session.getSnapshot()).toBe(before);
    });

    test('the state is unauthenticated with a reason after the session has ended, and a login is due', async () => {
      const session = await world.openSignedIn();
      await world.endSession(session);
      const state = session.getSnapshot();
      expect(state).toMatchObject({ status: 'unauthenticated', error: null });
      expect(state).not.toMatchObject({ reason: 'none' });
      expect(isLoginDue(state)).toBe(true);
    });

    test('the state is unauthenticated after a logout in another tab, and no login is due', async () => {
      const session = await world.openSignedIn();
      await world.logOutElsewhere(session);
      const state = session.getSnapshot();
      expect(state).toMatchObject({ reason: 'logged-out-elsewhere', error: null });
      expect(isLoginDue(state)).toBe(false);
    });
  });

  describe('subscribe', () => {
    test('subscribe calls each listener after a change, until it unsubscribes', async () => {
      const session = await failRedirect(await world.openSignedOut());
      const one = vi.fn<() => void>();
      const other = vi.fn<() => void>();
      const stop = session.subscribe(one);
      session.subscribe(other);
      session.dismissError();
      stop();
      await session.logout();
      expect(one).toHaveBeenCalledOnce();
      expect(other.mock.calls.length).toBeGreaterThan(1);
    });

    test('subscribe calls no listener when nothing changes', async () => {
      const session = await world.openSignedIn();
      const listener = vi.fn<() => void>();
      session.subscribe(listener);
      session.dismissError();
      await session.start();
      expect(listener).not.toHaveBeenCalled();
    });

    test('subscribe accepts the same listener twice', async () => {
      const session = await failRedirect(await world.openSignedOut());
      const listener = vi.fn<() => void>();
      const stop = session.subscribe(listener);
      session.subscribe(listener);
      stop();
      session.dismissError();
      expect(listener).toHaveBeenCalledOnce();
    });
  });

  describe('a login by redirect', () => {
    test('a login by redirect sets the state, and does not settle when the login page opens', async () => {
      const session = await world.openSignedOut();
      const settled = vi.fn<() => void>();
      await new Promise<string>((openUrl) => {
        session.loginWithRedirect({ openUrl }).then(settled, settled);
      });
      expect(session.getSnapshot()).toEqual({ status: 'authenticating', via: 'redirect' });
      await session.start();
      expect(settled).not.toHaveBeenCalled();
    });

    test('a login by redirect keeps the signed-in user', async () => {
      const session = await world.openSignedIn();
      await new Promise<string>((openUrl) => {
        session.loginWithRedirect({ prompt: 'login', openUrl }).catch(() => {});
      });
      expect(session.getSnapshot()).toMatchObject({ status: 'authenticated' });
    });

    test('a login by redirect opens the authorization server by openUrl', async () => {
      const session = await world.openSignedOut();
      const url = await new Promise<string>((openUrl) => {
        session.loginWithRedirect({ openUrl }).catch(() => {});
      });
      expect(new URL(url).protocol).toBe('https:');
    });

    test('a login by redirect rejects when openUrl throws, with the error in the state', async () => {
      const session = await world.openSignedOut();
      const openUrl = (): never => {
        throw new Error('No browser.');
      };
      const error = await rejectionOf(session.loginWithRedirect({ openUrl }));
      expect(isAuthError(error) && error.cause).toMatchObject({ message: 'No browser.' });
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error });
    });

    test('a login by redirect is joined by a login with the same options', async () => {
      const session = await world.openSignedOut();
      const openUrl = vi.fn<(url: string) => void>();
      session.loginWithRedirect({ returnTo: '/a', openUrl }).catch(() => {});
      session.loginWithRedirect({ returnTo: '/a', openUrl }).catch(() => {});
      await vi.waitFor(() => expect(openUrl).toHaveBeenCalled());
      await session.start();
      expect(openUrl).toHaveBeenCalledOnce();
    });

    test('a login by redirect rejects a wrong option, and leaves the state unchanged', async () => {
      const session = await world.openSignedOut();
      const before = session.getSnapshot();
      const wrong = { maxAgeSeconds: -1 };
      expect(await rejectionOf(session.loginWithRedirect(wrong))).toMatchObject({
        code: 'invalid_configuration',
      });
      expect(session.getSnapshot()).toBe(before);
    });

    test('a login by redirect sets its error when the user cancels', async () => {
      const session = await failRedirect(await world.openSignedOut());
      expect(session.getSnapshot()).toMatchObject({
        status: 'unauthenticated',
        error: { code: 'authorization_failed', oauthError: 'access_denied' },
      });
    });
  });

  describe('a login that the app starts by itself', () => {
    test('an automatic login is rejected with the error of the last failed login', async () => {
      const session = await failRedirect(await world.openSignedOut());
      const { error } = session.getSnapshot();
      expect(await rejectionOf(session.loginWithRedirect({ isAutomatic: true }))).toBe(error);
    });

    test('an automatic login is due again after dismissError', async () => {
      const session = await failRedirect(await world.openSignedOut());
      session.dismissError();
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
      expect(isLoginDue(session.getSnapshot())).toBe(true);
    });

    test('an automatic login is rejected after a logout in another tab', async () => {
      const session = await world.openSignedIn();
      await world.logOutElsewhere(session);
      const refusal = rejectionOf(session.loginWithRedirect({ isAutomatic: true }));
      expect(await refusal).toMatchObject({ code: 'login_required' });
    });

    test('an automatic login is started by requireSession, which resolves to a signed-in user', async () => {
      const signedIn = await world.openSignedIn();
      expect(await requireSession(signedIn, '/members')).toMatchObject({ sub: 'email|ada' });
      await world.endSession(signedIn);
      requireSession(signedIn, '/members').catch(() => {});
      expect(await stateOf(signedIn, ({ status }) => status !== 'unauthenticated')).toEqual({
        status: 'authenticating',
        via: 'redirect',
      });
      await world.refuseRedirect(signedIn);
    });
  });

  describe('a login by popup', () => {
    test('a login by popup sets the state and signs the user in', async () => {
      const session = await world.openSignedOut();
      const done = session.loginWithPopup();
      expect(await stateOf(session, (state) => !isEnded(state))).toEqual({
        status: 'authenticating',
        via: 'popup',
      });
      await world.completePopup(session);
      expect(await done).toBeUndefined();
      expect(session.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { sub: 'email|ada' },
        error: null,
      });
    });

    test('a login by popup is joined by another', async () => {
      const session = await world.openSignedOut();
      const both = Promise.all([session.loginWithPopup(), session.loginWithPopup()]);
      await stateOf(session, (state) => !isEnded(state));
      await world.completePopup(session);
      expect(await both).toEqual([undefined, undefined]);
    });

    test('a login by popup rejects when the user cancels, with the error in the state', async () => {
      const session = await world.openSignedOut();
      const refusal = rejectionOf(session.loginWithPopup());
      await stateOf(session, (state) => !isEnded(state));
      await world.refusePopup(session);
      const error = await refusal;
      expect(error).toMatchObject({ code: 'authorization_failed', oauthError: 'access_denied' });
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error });
    });

    test('a failed login by popup keeps the signed-in user, with the error in the state', async () => {
      const session = await world.openSignedIn();
      const refusal = rejectionOf(session.loginWithPopup({ prompt: 'login' }));
      await world.refusePopup(session);
      const error = await refusal;
      expect(error).toMatchObject({ code: 'authorization_failed' });
      expect(session.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { sub: 'email|ada' },
        error,
      });
    });
  });

  describe('a logout', () => {
    test('a logout sets the state and resolves', async () => {
      const session = await world.openSignedIn();
      expect(await session.logout()).toBeUndefined();
      expect(session.getSnapshot()).toEqual({ status: 'logging-out' });
    });

    test('a logout leaves no credentials for requests', async () => {
      const session = await world.openSignedIn();
      await session.logout();
      expect(await rejectionOf(session.fetch(profileOf(session)))).toMatchObject({
        code: 'login_required',
      });
    });
  });

  describe('a local logout', () => {
    test('a local logout stays on the page, and no login is due', async () => {
      const session = await world.openSignedIn();
      expect(await session.logout({ local: true })).toBeUndefined();
      const state = session.getSnapshot();
      expect(state).toMatchObject({ status: 'unauthenticated', reason: 'logged-out', error: null });
      expect(isLoginDue(state)).toBe(false);
    });
  });

  describe('renew and info', () => {
    test('renew resolves and keeps the signed-in user', async () => {
      const session = await world.openSignedIn();
      expect(await session.renew()).toBeUndefined();
      expect(session.getSnapshot()).toMatchObject({ user: { sub: 'email|ada' }, error: null });
    });

    test('renew rejects while no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(await rejectionOf(session.renew())).toMatchObject({ code: 'login_required' });
    });

    test('info resolves to what is known about the session, without a token', async () => {
      const session = await world.openSignedIn();
      const info = await session.info();
      expect(Object.keys(info ?? {}).toSorted()).toEqual([
        ...['acr', 'amr', 'authTime', 'expiresAt', 'mode', 'scope'],
      ]);
      if (!world.givesTokens) expect(info).toMatchObject({ expiresAt: null });
    });

    test('info resolves to null while no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(await session.info()).toBeNull();
    });
  });

  describe('getAccessToken', () => {
    test('getAccessToken resolves to a token, but rejects with a token handler', async () => {
      const session = await world.openSignedIn();
      const outcome = session.getAccessToken().catch((error: unknown) => error);
      expect(await outcome).toEqual(
        world.givesTokens
          ? expect.stringMatching(/^\S+$/)
          : expect.objectContaining({ code: 'invalid_configuration' }),
      );
    });

    test('getAccessToken rejects while no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(await rejectionOf(session.getAccessToken())).toMatchObject({
        code: world.givesTokens ? 'login_required' : 'invalid_configuration',
      });
    });

    test('getAccessToken rejects a wrong option', async () => {
      const session = await world.openSignedIn();
      const wrong = { minValiditySeconds: -1 };
      expect(await rejectionOf(session.getAccessToken(wrong))).toMatchObject({
        code: 'invalid_configuration',
      });
    });
  });

  describe('fetch', () => {
    test('fetch sends the request with the credentials of the user', async () => {
      const session = await openWithResponse(({ headers }) =>
        Response.json({ token: headers.get('authorization'), csrf: headers.get('x-sesamy-csrf') }),
      );
      expect(await (await session.fetch(profileOf(session))).json()).toEqual(
        world.givesTokens
          ? { token: `Bearer ${await session.getAccessToken()}`, csrf: null }
          : { token: null, csrf: '1' },
      );
    });

    test('fetch sends method, headers and body', async () => {
      const sent: Request[] = [];
      const session = await openWithResponse((request) => {
        sent.push(request);
        return new Response(null, { status: 204 });
      });
      const headers = { 'x-test': 'yes' };
      const init = { method: 'PUT', headers, body: '{"a":1}' };
      expect((await session.fetch(profileOf(session), init)).status).toBe(204);
      expect(sent).toMatchObject([{ method: 'PUT' }]);
      expect(sent[0]?.headers.get('x-test')).toBe('yes');
      expect(await sent[0]?.text()).toBe('{"a":1}');
    });

    test('fetch rejects while no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(await rejectionOf(session.fetch(profileOf(session)))).toMatchObject({
        code: 'login_required',
      });
    });

    test('fetch rejects an origin that is not allowed', async () => {
      const session = await world.openSignedIn();
      expect(await rejectionOf(session.fetch('https://evil.test/'))).toMatchObject({
        code: 'invalid_configuration',
      });
    });

    test.each([401, 403, 500])('fetch resolves to an error response: %i', async (status) => {
      const session = await openWithResponse(() => new Response('', { status }));
      expect((await session.fetch(profileOf(session))).status).toBe(status);
    });

    test('fetch rejects with network when the API is unreachable', async () => {
      const session = await openWithResponse(() => {
        throw new TypeError('Failed to fetch');
      });
      expect(await rejectionOf(session.fetch(profileOf(session)))).toMatchObject({
        code: 'network',
        retryable: true,
      });
      expect(session.getSnapshot().status).toBe('authenticated');
    });

    test('fetch rejects an API that redirects', async () => {
      const session = await openWithResponse(() => Response.redirect('https://other.test/'));
      expect(await rejectionOf(session.fetch(profileOf(session)))).toMatchObject({
        code: 'invalid_configuration',
      });
    });

    test('fetch rejects with the options of a login that the API requires', async () => {
      const challenge = 'Bearer error="insufficient_user_authentication", acr_values="mfa"';
      const session = await openWithResponse(
        () => new Response('', { status: 401, headers: { 'www-authenticate': challenge } }),
      );
      expect(await rejectionOf(session.fetch(profileOf(session)))).toMatchObject({
        code: 'login_required',
        oauthError: 'insufficient_user_authentication',
        loginOptions: { acrValues: 'mfa' },
      });
      expect(session.getSnapshot().status).toBe('authenticated');
    });

    test('fetch with optional credentials sends a request without them for a visitor', async () => {
      const session = await world.openSignedOut();
      const { pathname } = new URL(profileOf(session), location.href);
      world.respond(pathname, ({ headers }) => Response.json(headers.get('authorization')));
      const response = await session.fetch(profileOf(session), { auth: 'optional' });
      expect(await response.json()).toBeNull();
    });

    test('fetch rejects a request that is for another user', async () => {
      const session = await world.openSignedIn();
      const request = session.fetch(profileOf(session), { forUser: 'email|grace' });
      expect(await rejectionOf(request)).toMatchObject({ code: 'user_changed' });
    });

    test('fetch waits for a login on request', async () => {
      const session = await world.openSignedOut();
      const waiting = session.fetch(profileOf(session), { whenSignedOut: 'wait' });
      const login = session.loginWithPopup();
      await stateOf(session, (state) => !isEnded(state));
      await world.completePopup(session);
      await login;
      expect((await waiting).status).toBe(200);
    });

    test('fetch that waits for a login rejects when the app cancels the login by popup', async () => {
      const session = await world.openSignedOut();
      const waiting = rejectionOf(session.fetch(profileOf(session), { whenSignedOut: 'wait' }));
      const login = rejectionOf(session.loginWithPopup());
      await stateOf(session, (state) => !isEnded(state));
      session.cancelLogin();
      const error = await login;
      expect(error).toMatchObject({ code: 'popup_closed' });
      expect(await waiting).toBe(error);
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error });
    });

    test('fetch rejects when the caller aborts', async () => {
      const session = await world.openSignedIn();
      const signal = AbortSignal.abort();
      expect(await rejectionOf(session.fetch(profileOf(session), { signal }))).toMatchObject({
        code: 'aborted',
      });
    });
  });

  describe('fetchJson', () => {
    test('fetchJson reads the profile of the user', async () => {
      const session = await world.openSignedIn();
      expect(await session.fetchJson(profileOf(session))).toMatchObject({
        userId: 'email|ada',
        firstName: 'Ada',
        createdAt: expect.stringMatching(/^\d{4}-/),
        updatedAt: expect.stringMatching(/^\d{4}-/),
      });
    });

    test('fetchJson changes the profile of the user', async () => {
      const session = await world.openSignedIn();
      const changed = await session.fetchJson(profileOf(session), {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nickname: 'Countess' }),
      });
      expect(changed).toMatchObject({ userId: 'email|ada', nickname: 'Countess' });
      expect(await session.fetchJson(profileOf(session))).toEqual(changed);
    });

    test.each<[what: string, body: string, envelope: boolean, data: unknown]>([
      ['a body', '{"a":1}', false, { a: 1 }],
      ['no body as null', '', false, null],
      ['the data of an envelope', '{"data":[1],"meta":{}}', false, [1]],
      ['an envelope on request', '{"data":[1],"meta":{}}', true, { data: [1], meta: {} }],
    ])('fetchJson resolves to %s', async (_what, body, envelope, data) => {
      const session = await openWithResponse(() => new Response(body));
      expect(await session.fetchJson(profileOf(session), { envelope })).toEqual(data);
    });

    test('fetchJson rejects with an ApiError for an error response', async () => {
      const session = await openWithResponse(() =>
        Response.json({ error: 'not_allowed' }, { status: 403 }),
      );
      expect(await rejectionOf(session.fetchJson(profileOf(session)))).toMatchObject({
        name: 'ApiError',
        status: 403,
        code: 'not_allowed',
      });
    });
  });

  describe('fetchUserInfo', () => {
    test('fetchUserInfo resolves to the claims of the user', async () => {
      const session = await world.openSignedIn();
      expect(await session.fetchUserInfo()).toMatchObject({ sub: 'email|ada' });
    });

    test('fetchUserInfo rejects the claims of another user', async () => {
      const session = await world.openSignedIn();
      const path = world.givesTokens ? '/userinfo' : '/sesamy/auth/userinfo';
      world.respond(path, () => Response.json({ sub: 'email|grace' }));
      expect(await rejectionOf(session.fetchUserInfo())).toMatchObject({
        code: 'callback_rejected',
      });
    });

    test('fetchUserInfo rejects while no user is signed in', async () => {
      const session = await world.openSignedOut();
      expect(await rejectionOf(session.fetchUserInfo())).toMatchObject({ code: 'login_required' });
    });
  });

  test('the functions can be destructured', async () => {
    const session = await world.openSignedIn();
    const { fetch, getSnapshot, start } = session;
    await start();
    expect(getSnapshot().status).toBe('authenticated');
    expect((await fetch(profileOf(session))).status).toBe(200);
  });

  test('ready resolves once the state is known, and is always the same reference', async () => {
    const session = await world.openSignedIn();
    const { ready } = session;
    expect(await ready).toBeUndefined();
    expect(session.ready).toBe(ready);
    expect(session.getSnapshot().status).toBe('authenticated');
  });

  test('cancelLogin changes nothing while a user is signed in', async () => {
    const session = await world.openSignedIn();
    const before = session.getSnapshot();
    session.cancelLogin();
    expect(session.getSnapshot()).toBe(before);
  });

  test('preloadLogin changes nothing, and never rejects', async () => {
    const session = await world.openSignedOut();
    const before = session.getSnapshot();
    expect(await session.preloadLogin('popup')).toBeUndefined();
    expect(session.getSnapshot()).toBe(before);
  });

  describe('the userSchema', () => {
    const matching = z
      .object({ sub: z.string(), email: z.string() })
      .transform(({ sub, email }) => ({ sub, address: email }));
    const strict = z.object({ sub: z.string(), email: z.string(), plan: z.string() });
    const rejected = { code: 'claims_rejected', claims: ['plan'] };

    test('the user of the state is what the schema returns', async () => {
      const session = await world.openSignedIn({ userSchema: matching });
      expect(session.getSnapshot().user).toEqual({ sub: 'email|ada', address: 'ada@example.com' });
    });

    test('a user whose claims do not match is not signed in, and the error names the claim', async () => {
      const session = await world.openSignedIn({ userSchema: strict });
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: rejected });
      expect(session.getSnapshot().error?.message).not.toContain('ada@');
    });

    test('a popup login of a user whose claims do not match rejects with the error of the state', async () => {
      const session = await world.openSignedOut({ userSchema: strict });
      const failing = rejectionOf(session.loginWithPopup());
      await world.completePopup(session);
      expect(await failing).toMatchObject(rejected);
      expect(session.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: rejected });
    });

    test('a popup login makes the user what the schema returns', async () => {
      const session = await world.openSignedOut({ userSchema: matching });
      const done = session.loginWithPopup();
      await world.completePopup(session);
      await done;
      expect(session.getSnapshot().user).toEqual({ sub: 'email|ada', address: 'ada@example.com' });
    });

    test('a schema that is asynchronous is invalid_configuration', async () => {
      const userSchema = z.object({ sub: z.string() }).refine(async () => true);
      const session = await world.openSignedIn({ userSchema });
      expect(session.getSnapshot().error).toMatchObject({ code: 'invalid_configuration' });
    });
  });
});
