import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
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

/** A login that gives the page itself nothing, but the browser a session at the server. */
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

/** The first message that a hidden frame posts to the page. */
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

describe('a top-level visit', () => {
  test('follows the login to the app and keeps the session at the server', async () => {
    const first = new URL(await browser.go(authorizationUrl(crossSite), { user: 'ada' }));
    expect(first.searchParams.has('code')).toBe(true);
    // No login page the second time.
    const second = new URL(await browser.go(authorizationUrl(crossSite)));
    expect(second.searchParams.has('code')).toBe(true);
    expect(location.href).toBe(second.href);
  });

  test('says where it comes from', async () => {
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
  test('of the same site is signed in as the browser is', async () => {
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

  test('of another site is not, since its cookies are partitioned', async () => {
    await browser.go(authorizationUrl(crossSite), { user: 'ada' });
    const { event } = await askSilently(crossSite);
    expect(event.data).toMatchObject({ response: { error: 'login_required' } });
  });

  test('posts nothing to the page of another origin', async () => {
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
  ] as const)('with credentials "%s" to %s sends cookies: %s', async (credentials, url, isSent) => {
    const cookie = { headers: { 'set-cookie': 'a=1; Path=/' } };
    browser.cookies.take(new Response(null, cookie), new URL(url, origin).href, {
      sameSite: 'strict',
      topLevelUrl: origin,
    });
    await fetch(url, { credentials });
    expect(browser.sent.at(-1)?.headers.has('cookie')).toBe(isSent);
  });

  test('says where it comes from', async () => {
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

  test('reaches the API by way of the own origin, body and all', async () => {
    await fetch('/sesamy/api/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token' }),
    });
    expect(server.control.requests.list()).toMatchObject([
      { path: '/oauth/token', grant: 'refresh_token' },
    ]);
  });

  test('finds nothing at the own origin where there is no proxy', async () => {
    expect((await fetch('/elsewhere')).status).toBe(404);
  });
});

describe('the token handler behind the own origin', () => {
  const loginUrl = '/sesamy/auth/publisher-web/login?returnTo=/articles';
  const userinfo = async (): Promise<unknown> => (await fetch('/sesamy/auth/userinfo')).json();

  test('logs the browser in, by cookies that scripts do not see', async () => {
    expect(await userinfo()).toEqual({ authenticated: false });
    expect(await browser.go(loginUrl, { user: 'ada' })).toBe(`${origin}/articles`);
    expect(browser.cookies.list().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['at', '__Host-rt', 'sesamy_is_authenticated']),
    );
    expect(document.cookie).toBe('sesamy_is_authenticated=true');
    expect(await userinfo()).toMatchObject({ authenticated: true, sub: 'email|ada' });
  });

  test('answers the API by cookie, and changes by proof only', async () => {
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

  test('logs the browser out, at the server too', async () => {
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

  test('shows what scripts may see', () => {
    set('hint=true; Path=/; Secure; SameSite=Lax');
    set('__Host-rt=secret; Path=/; Secure; HttpOnly; SameSite=Strict');
    expect(document.cookie).toBe('hint=true');
    expect(browser.cookies.list()).toHaveLength(2);
  });

  test('deletes what scripts may delete', () => {
    set('hint=true; Path=/');
    set('at=secret; Path=/; HttpOnly');
    document.cookie = 'hint=; Path=/; Max-Age=0';
    document.cookie = 'at=; Path=/; Max-Age=0';
    expect(browser.cookies.list().map(({ name }) => name)).toEqual(['at']);
  });

  test('shows nothing that has expired', () => {
    set('hint=true; Path=/; Max-Age=60');
    expect(document.cookie).toBe('hint=true');
    browser.advanceClock(61);
    expect(document.cookie).toBe('');
    vi.useRealTimers();
  });

  test('of the wrong prefix is not kept', () => {
    set('__Host-rt=secret; Path=/; HttpOnly');
    expect(browser.cookies.list()).toEqual([]);
  });
});

function headersOf(request: Request | undefined): Record<string, string> {
  return Object.fromEntries(request?.headers ?? []);
}
