import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSesamySession } from '../src/index.js';
import { openBrowser, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';
const sameSite = 'https://login.publisher.test';
const crossSite = 'https://token.sesamy.com';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [`${origin}/`, `${origin}/sesamy/auth/publisher-web/callback`],
      },
    ],
    customDomains: [`${sameSite}/`],
  });
  browser = openBrowser(server);
});

/** Logs in at the server without completing the login in the page. */
function authorizationUrl(issuer: string, params: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: `${origin}/`,
    response_type: 'code',
    scope: 'openid',
    state: 's',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...params,
  });
  return `${issuer}/authorize?${query}`;
}

const silentUrl = (issuer: string): string =>
  authorizationUrl(issuer, { prompt: 'none', response_mode: 'web_message' });

/** Resolves to the first message that a hidden frame posts to the page. */
function askSilently(issuer: string): Promise<{ event: MessageEvent; isFromFrame: boolean }> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    const hear = (event: MessageEvent): void => {
      window.removeEventListener('message', hear);
      resolve({ event, isFromFrame: event.source === frame.contentWindow });
      frame.remove();
    };
    window.addEventListener('message', hear);
    frame.src = silentUrl(issuer);
    document.body.append(frame);
  });
}

test('the page unloads at the end of the test, so that no timer of a login or logout outlives it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // What is registered first runs last.
  onTestFinished(() => void vi.useRealTimers());
  onTestFinished(() => expect(vi.getTimerCount()).toBe(0));
  const { nextNavigation } = openBrowser(server);
  const session = createSesamySession({ clientId: 'publisher-web' });
  session.loginWithRedirect().catch(() => {});
  await nextNavigation();
  await session.logout();
  await nextNavigation();
  expect(vi.getTimerCount()).toBeGreaterThan(1);
});

describe('a top-level visit', () => {
  test("the test browser follows the login to the app and keeps the server's session", async () => {
    const first = new URL(await browser.go(authorizationUrl(crossSite), { user: 'ada' }));
    expect(first.searchParams.has('code')).toBe(true);
    // No login page the second time.
    const second = new URL(await browser.go(authorizationUrl(crossSite)));
    expect(second.searchParams.has('code')).toBe(true);
    expect(location.href).toBe(second.href);
  });

  test('a top-level visit of the test browser sends its origin headers', async () => {
    await browser.go(authorizationUrl(crossSite), { user: 'ada' });
    expect(headersOf(browser.sent[0])).toMatchObject({
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    });
    const form = browser.sent.find(({ method }) => method === 'POST');
    expect(headersOf(form)).toMatchObject({ 'sec-fetch-site': 'same-origin', origin: crossSite });
  });
});

describe('a hidden frame', () => {
  test("a hidden frame of the same site sends the server's session cookie", async () => {
    await browser.go(authorizationUrl(sameSite), { user: 'ada' });
    const { event, isFromFrame } = await askSilently(sameSite);
    expect(event.origin).toBe(sameSite);
    expect(isFromFrame).toBe(true);
    expect(event.data).toMatchObject({
      type: 'authorization_response',
      response: { code: expect.any(String), state: 's' },
    });
    expect(browser.frames).toMatchObject({ urls: [silentUrl(sameSite)], peak: 1 });
    expect(browser.frames.count()).toBe(0);
  });

  test('a hidden frame of another site sends no session cookie, since it is partitioned', async () => {
    await browser.go(authorizationUrl(crossSite), { user: 'ada' });
    const { event } = await askSilently(crossSite);
    expect(event.data).toMatchObject({ response: { error: 'login_required' } });
  });

  test('a hidden frame posts nothing to a page of another origin', async () => {
    server.control.clients.update('publisher-web', { callbacks: ['https://other.test/'] });
    const heard = vi.fn<() => void>();
    window.addEventListener('message', heard);
    const frame = document.createElement('iframe');
    frame.src = silentUrl(sameSite).replace(
      encodeURIComponent(origin),
      encodeURIComponent('https://other.test'),
    );
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve);
      document.body.append(frame);
    });
    frame.remove();
    window.removeEventListener('message', heard);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('fetch', () => {
  test.each([
    ['omit', `${sameSite}/c`, false],
    ['same-origin', `${sameSite}/c`, false],
    ['include', `${sameSite}/c`, true],
    ['omit', '/sesamy/api/c', false],
    ['same-origin', '/sesamy/api/c', true],
  ] as const)(
    'fetch with credentials "%s" to %s sends cookies: %s',
    async (credentials, url, isSent) => {
      const cookie = { headers: { 'set-cookie': 'a=1; Path=/' } };
      browser.cookies.take(new Response(null, cookie), new URL(url, origin).href, {
        sameSite: 'strict',
        topLevelUrl: origin,
      });
      await fetch(url, { credentials });
      expect(browser.sent.at(-1)?.headers.has('cookie')).toBe(isSent);
    },
  );

  test('fetch of the test browser sends its origin headers', async () => {
    await fetch('/sesamy/api/a');
    expect(headersOf(browser.sent[0])).toMatchObject({ 'sec-fetch-site': 'same-origin' });
    expect(browser.sent[0]?.headers.has('origin')).toBe(false);
    await fetch('/sesamy/api/a', { method: 'PATCH', body: '{}' });
    expect(headersOf(browser.sent[1])).toMatchObject({ origin });
    await fetch(`${sameSite}/a`);
    expect(headersOf(browser.sent[2])).toMatchObject({ origin, 'sec-fetch-site': 'same-site' });
    await fetch(`${crossSite}/a`);
    expect(headersOf(browser.sent[3])).toMatchObject({ origin, 'sec-fetch-site': 'cross-site' });
  });

  test("fetch reaches the API through the page's own origin, with its body", async () => {
    await fetch('/sesamy/api/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token' }),
    });
    expect(server.control.requests.list()).toMatchObject([
      { path: '/oauth/token', grant: 'refresh_token' },
    ]);
  });

  test('fetch to the own origin fails without a proxy', async () => {
    expect((await fetch('/elsewhere')).status).toBe(404);
  });
});

describe('the token handler behind the own origin', () => {
  const loginUrl = '/sesamy/auth/publisher-web/login?returnTo=/articles';
  const userinfo = async (): Promise<unknown> => (await fetch('/sesamy/auth/userinfo')).json();

  test('the token handler logs the browser in with HttpOnly cookies', async () => {
    expect(await userinfo()).toEqual({ authenticated: false });
    expect(await browser.go(loginUrl, { user: 'ada' })).toBe(`${origin}/articles`);
    expect(browser.cookies.list().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['at', '__Host-rt', 'sesamy_is_authenticated']),
    );
    expect(document.cookie).toBe('sesamy_is_authenticated=true');
    expect(await userinfo()).toMatchObject({ authenticated: true, sub: 'email|ada' });
  });

  test("the token handler's API requires cookies, and a CSRF header for changes", async () => {
    await browser.go(loginUrl, { user: 'ada' });
    const profileUrl = '/sesamy/api/client/v1/profile';
    expect(await (await fetch(profileUrl)).json()).toMatchObject({ userId: 'email|ada' });
    const change = {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nickname: 'Countess' }),
    };
    expect((await fetch(profileUrl, change)).status).toBe(403);
    const headers = { ...change.headers, 'x-sesamy-csrf': '1' };
    expect((await fetch(profileUrl, { ...change, headers })).status).toBe(200);
  });

  test('the token handler logs the browser out, also at the server', async () => {
    await browser.go(loginUrl, { user: 'ada' });
    await browser.go('/sesamy/auth/logout?returnTo=/');
    expect(await userinfo()).toEqual({ authenticated: false });
    expect(document.cookie).toBe('');
    expect(server.control.sessions.list()).toMatchObject([{ endedAt: expect.any(Number) }]);
  });
});

describe('document.cookie', () => {
  const here = { sameSite: 'strict', topLevelUrl: origin } as const;
  const set = (cookie: string): void =>
    browser.cookies.take(
      new Response(null, { headers: { 'set-cookie': cookie } }),
      `${origin}/sesamy/auth/login`,
      here,
    );

  test('document.cookie returns readable cookies only', () => {
    set('hint=true; Path=/; Secure; SameSite=Lax');
    set('__Host-rt=secret; Path=/; Secure; HttpOnly; SameSite=Strict');
    expect(document.cookie).toBe('hint=true');
    expect(browser.cookies.list()).toHaveLength(2);
  });

  test('document.cookie deletes readable cookies only', () => {
    set('hint=true; Path=/');
    set('at=secret; Path=/; HttpOnly');
    document.cookie = 'hint=; Path=/; Max-Age=0';
    document.cookie = 'at=; Path=/; Max-Age=0';
    expect(browser.cookies.list().map(({ name }) => name)).toEqual(['at']);
  });

  test('document.cookie returns no expired cookies', () => {
    set('hint=true; Path=/; Max-Age=60');
    expect(document.cookie).toBe('hint=true');
    browser.advanceClock(61);
    expect(document.cookie).toBe('');
    vi.useRealTimers();
  });

  test('a cookie with an invalid prefix is not stored', () => {
    set('__Host-rt=secret; Path=/; HttpOnly');
    expect(browser.cookies.list()).toEqual([]);
  });
});

function headersOf(request: Request | undefined): Record<string, string> {
  return Object.fromEntries(request?.headers ?? []);
}
