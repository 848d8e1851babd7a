import { describe, expect, test, vi } from 'vitest';
import { AuthError, isAuthError, requireSession, type SessionEvent } from '../../src/index.js';
import { createTestSession } from '../../src/testing/index.js';
import { rejectionOf } from '../browser.js';

const user = { sub: 'ada' };
const signedOut = { status: 'unauthenticated', reason: 'none', error: null } as const;

describe('a test session without options', () => {
  test('a test session without options has no user', () => {
    expect(createTestSession().getSnapshot()).toEqual(signedOut);
  });

  test('a test session without options has the configuration of a real one', () => {
    expect(createTestSession()).toMatchObject({
      clientId: 'test-client',
      issuer: 'https://token.sesamy.com/',
      apiUrl: 'https://api.sesamy.com',
    });
  });
});

describe('a test session', () => {
  test('a test session uses no network, storage, timer or other tab', async () => {
    const denied = vi.fn<() => never>(() => {
      throw new Error('Denied.');
    });
    const names = ['fetch', 'setTimeout', 'setInterval', 'BroadcastChannel'];
    for (const name of names) vi.stubGlobal(name, denied);
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'] as const) {
      vi.spyOn(globalThis, name, 'get').mockImplementation(denied);
    }
    vi.spyOn(document, 'cookie', 'get').mockImplementation(denied);
    const session = createTestSession({ user, profile: {} });
    await session.start();
    await session.fetchJson(`${session.apiUrl}/client/v1/profile`);
    await session.fetchUserInfo();
    await session.preloadLogin();
    session.loginWithRedirect().catch(() => {});
    session.loginWithPopup().catch(() => {});
    await session.logout();
    expect(denied).not.toHaveBeenCalled();
  });

  test('a test session accepts the options of a real one', () => {
    const apiUrl = 'https://api.publisher.test';
    const clientId = 'publisher-web';
    expect(createTestSession({ clientId, apiUrl })).toMatchObject({ clientId, apiUrl });
  });

  test('a test session rejects a wrong option', () => {
    const create = (): unknown => createTestSession({ issuer: 'http://token.publisher.test/' });
    expect(create).toThrow('"issuer"');
  });

  test('a test session records the calls of the app', async () => {
    const session = createTestSession({ user });
    await session.logout({ returnTo: '/goodbye' });
    expect(session.logout).toHaveBeenCalledExactlyOnceWith({ returnTo: '/goodbye' });
    expect(session.loginWithRedirect).not.toHaveBeenCalled();
  });

  test('the actions of a test session can be replaced', async () => {
    const session = createTestSession();
    const error = new AuthError('popup_blocked', 'The browser blocked the popup.');
    session.loginWithPopup.mockRejectedValueOnce(error);
    expect(await rejectionOf(session.loginWithPopup())).toBe(error);
  });

  test('vi.spyOn takes an action of a test session as its own', async () => {
    const session = createTestSession({ user });
    const spy = vi.spyOn(session, 'fetch').mockResolvedValueOnce(new Response('spied'));
    expect(await (await session.fetch('/')).text()).toBe('spied');
    expect(spy).toHaveBeenCalledExactlyOnceWith('/');
  });

  test('a test session has the given access token', async () => {
    const session = createTestSession({ user, accessToken: 'given' });
    expect(await session.getAccessToken()).toBe('given');
  });
});

describe('an initializing test session', () => {
  test('an initializing test session stays so until the test sets another state', async () => {
    const session = createTestSession({ state: { status: 'initializing' } });
    const started = vi.fn<() => void>();
    const start = session.start().then(started);
    const loading = requireSession(session);
    await Promise.resolve();
    expect(started).not.toHaveBeenCalled();
    session.set({ status: 'authenticated', user, error: null });
    await start;
    expect(await loading).toBe(user);
  });

  test('an initializing test session holds requests and logins', async () => {
    const session = createTestSession({ state: { status: 'initializing' }, profile: {} });
    const request = session.fetch(`${session.apiUrl}/client/v1/profile`);
    const opened = vi.fn<(url: string) => void>();
    session.loginWithRedirect({ openUrl: opened }).catch(() => {});
    await Promise.resolve();
    expect(opened).not.toHaveBeenCalled();
    session.set({ status: 'authenticated', user, error: null });
    expect((await request).status).toBe(200);
    await vi.waitFor(() => expect(opened).toHaveBeenCalledOnce());
  });
});

describe('the state that a test sets', () => {
  test('session.set with an error rejects the login in progress', async () => {
    const session = createTestSession();
    const error = new AuthError('authorization_failed', 'Refused.');
    const refusal = rejectionOf(session.loginWithRedirect());
    session.set({ status: 'unauthenticated', reason: 'none', error });
    expect(await refusal).toBe(error);
  });

  test('session.set with a user completes the login by popup', async () => {
    const session = createTestSession();
    const login = session.loginWithPopup();
    session.set({ status: 'authenticated', user, error: null });
    expect(await login).toBeUndefined();
  });

  test('session.set without a user or an error aborts the login in progress', async () => {
    const session = createTestSession();
    const refusal = rejectionOf(session.loginWithPopup());
    session.set(signedOut);
    expect(await refusal).toMatchObject({ code: 'aborted' });
  });

  test('session.set with a user leaves the login by redirect unsettled, and lets another begin', async () => {
    const session = createTestSession();
    const settled = vi.fn<() => void>();
    session.loginWithRedirect().then(settled, settled);
    session.set({ status: 'authenticated', user, error: null });
    await vi.waitFor(async () => {
      session.set(signedOut);
      session.loginWithRedirect().catch(() => {});
      expect(session.getSnapshot()).toEqual({ status: 'authenticating', via: 'redirect' });
    });
    expect(settled).not.toHaveBeenCalled();
  });
});

describe('a request of a test session', () => {
  test('a request without a response rejects with what to pass, and without its query', async () => {
    const session = createTestSession({ user });
    const error = await rejectionOf(session.fetch(`${session.apiUrl}/v1/bills?email=ada`));
    expect(isAuthError(error) && error).toMatchObject({
      code: 'invalid_configuration',
      message:
        'The test session has no response to GET https://api.sesamy.com/v1/bills. Pass it "respond", a function from a Request to a Response.',
    });
  });

  test('a request goes to the profile when respond returns nothing', async () => {
    const respond = (): undefined => undefined;
    const session = createTestSession({ user, respond, profile: { firstName: 'Ada' } });
    const url = `${session.apiUrl}/client/v1/profile`;
    expect(await session.fetchJson(url)).toMatchObject({ userId: 'ada', firstName: 'Ada' });
  });

  test('a request rejects as unreachable when respond returns Response.error()', async () => {
    const session = createTestSession({ user, respond: () => Response.error() });
    expect(await rejectionOf(session.fetch(session.apiUrl))).toMatchObject({ code: 'network' });
  });

  test('a request can be aborted while respond is pending', async () => {
    const respond = (): Promise<Response> => new Promise(() => {});
    const session = createTestSession({ user, respond });
    const controller = new AbortController();
    const { signal } = controller;
    const refusal = rejectionOf(session.fetch(session.apiUrl, { signal }));
    controller.abort();
    expect(await refusal).toMatchObject({ code: 'aborted' });
  });

  test('a request may have a URL relative to the page', async () => {
    const respond = ({ url }: Request): Response => Response.json(url);
    const session = createTestSession({ mode: 'token-handler', user, respond });
    expect(await session.fetchJson('/sesamy/api/articles')).toBe(
      `${location.origin}/sesamy/api/articles`,
    );
  });
});

test('the change to another user emits the event taken-over, as in another tab', () => {
  const session = createTestSession({ user });
  const events: SessionEvent[] = [];
  session.on('*', (event) => events.push(event));
  session.set({ status: 'authenticated', user: { ...user, name: 'Countess' }, error: null });
  expect(events).toEqual([]);
  session.set({ status: 'authenticated', user: { sub: 'email|grace' }, error: null });
  expect(events).toEqual([{ type: 'taken-over', what: 'session' }]);
});

test('a test session works without a page, as in Node', async () => {
  for (const name of ['window', 'document', 'location']) vi.stubGlobal(name, undefined);
  const session = createTestSession({ user, profile: { firstName: 'Ada' } });
  expect(await requireSession(session, '/members')).toEqual(user);
  expect(await session.fetchJson(`${session.apiUrl}/client/v1/profile`)).toMatchObject({
    firstName: 'Ada',
  });
  expect(await session.fetchUserInfo()).toEqual(user);
  await session.logout();
  expect(session.logout).toHaveBeenCalledOnce();
});
