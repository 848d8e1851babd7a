import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Session } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, type TestApp } from './support/app.js';
import { everythingStored, TOKEN } from './support/evidence.js';
import type { TestFrame } from './support/frames.js';
import { APP_ORIGIN } from './support/modes/mode.js';
import { LOGIN_ORIGIN, ssoCookie } from './support/modes/sso-cookie.js';

let app: TestApp;

beforeEach(() => {
  app = openApp(ssoCookie);
});

/** Opens a page of a signed-in user with an expired access token; returns it and its further frames. */
async function openSpent(): Promise<{ page: Session; frames: () => readonly string[] }> {
  const page = await app.logIn();
  app.pass(4000);
  const before = app.browser.frames.urls.length;
  return { page, frames: () => app.browser.frames.urls.slice(before) };
}

afterEach(() => {
  vi.useRealTimers();
});

/** Logs another user in at another app of the publisher, without a notice to this one. */
async function logInAtShop(user: string): Promise<void> {
  const query = new URLSearchParams({
    client_id: 'shop',
    redirect_uri: `${APP_ORIGIN}/shop`,
    response_type: 'code',
    prompt: 'login',
    state: 'shop',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  await app.browser.go(`${LOGIN_ORIGIN}/authorize?${query}`, { user });
  app.browser.visit('/');
}

function hide(): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('a silent renewal', () => {
  test('a silent renewal uses a hidden frame with prompt=none and web_message', async () => {
    const { page, frames } = await openSpent();
    await app.callApi(page);
    const [url = ''] = frames();
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: app.clientId,
      redirect_uri: 'https://app.publisher.test/',
      response_type: 'code',
      response_mode: 'web_message',
      prompt: 'none',
      scope: 'openid profile email',
      state: expect.any(String),
      nonce: expect.any(String),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(frames()).toHaveLength(1);
  });

  test('a silent renewal removes its frame', async () => {
    const { page } = await openSpent();
    await app.callApi(page);
    expect(app.browser.frames.count()).toBe(0);
  });

  test('a hundred callers share one hidden frame', async () => {
    const { page, frames } = await openSpent();
    await Promise.all(Array.from({ length: 100 }, () => page.getAccessToken()));
    expect(frames()).toHaveLength(1);
  });

  test('tabs open one hidden frame at a time', async () => {
    const tabs = [await app.logIn(), app.createPage(), app.createPage()];
    // Slow enough for two frames to meet.
    app.server.control.faults.add({ endpoint: 'authorize', delayMs: 50, times: 'until-cleared' });
    await Promise.all(tabs.map((tab) => tab.start()));
    app.pass(4000);
    expect(await Promise.all(tabs.map((tab) => app.callApi(tab)))).toEqual([200, 200, 200]);
    expect(app.browser.frames.peak).toBe(1);
  });

  test('a hidden frame without a response times out and keeps the session', async () => {
    const { page } = await openSpent();
    app.browser.frames.behave('hang');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    const gaveUp = rejectionOf(page.getAccessToken());
    await vi.waitFor(() => expect(app.browser.frames.count()).toBe(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await gaveUp).toMatchObject({ code: 'timeout' });
    expect(app.browser.frames.count()).toBe(0);
    expect(page.getSnapshot().status).toBe('authenticated');
    vi.useRealTimers();
    app.browser.frames.behave('load');
    expect(await app.callApi(page)).toBe(200);
  });

  test('a Content-Security-Policy that blocks the frame is named in the error', async () => {
    const { page } = await openSpent();
    app.browser.frames.behave('block');
    const error = await rejectionOf(page.getAccessToken());
    expect(error).toMatchObject({
      name: 'AuthError',
      message: expect.stringContaining('frame-src'),
    });
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(app.browser.frames.count()).toBe(0);
  });

  test('a report-only Content-Security-Policy does not fail a silent renewal', async () => {
    const { page } = await openSpent();
    app.browser.frames.behave((frame) => {
      const report = { blockedURI: frame.url, effectiveDirective: 'frame-src' };
      const event = new Event('securitypolicyviolation', { bubbles: true });
      document.dispatchEvent(Object.assign(event, report, { disposition: 'report' }));
      void frame.show();
    });
    expect(await app.callApi(page)).toBe(200);
  });

  test('a cross-origin isolated page rejects with invalid_configuration', async () => {
    const { page, frames } = await openSpent();
    vi.stubGlobal('crossOriginIsolated', true);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ name: 'AuthError' });
    expect(frames()).toEqual([]);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('a silent renewal waits until the page is visible', async () => {
    const { page, frames } = await openSpent();
    const unsubscribe = page.subscribe(() => {});
    vi.useFakeTimers();
    hide();
    await vi.advanceTimersByTimeAsync(7_200_000);
    unsubscribe();
    expect(frames()).toEqual([]);
  });

  test('a page that opens hidden does not revalidate until it is visible', async () => {
    await app.logIn();
    const before = app.browser.frames.urls.length;
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const page = app.createPage();
    const unsubscribe = page.subscribe(() => {});
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(app.browser.frames.urls).toHaveLength(before);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(app.browser.frames.urls).toHaveLength(before + 1));
    unsubscribe();
  });

  test("renewals of a visible page keep the server's session alive", async () => {
    const page = await app.logIn();
    for (let day = 1; day <= 6; day += 1) {
      app.pass(24 * 3600);
      expect(await app.callApi(page)).toBe(200);
    }
  });
});

describe('a visitor who has not logged in', () => {
  test('a visitor without a session is not probed at every page', async () => {
    for (let load = 1; load <= 5; load += 1) await app.createPage().start();
    expect(app.browser.frames.urls.length).toBeLessThanOrEqual(1);
    expect(app.browser.requests.length).toBeLessThanOrEqual(1);
  });

  test('the server is not probed again after a logout', async () => {
    const page = await app.logIn();
    await page.logout();
    await app.browser.go(await app.browser.nextNavigation());
    const before = app.browser.frames.urls.length;
    for (let load = 1; load <= 3; load += 1) await app.createPage().start();
    expect(app.browser.frames.urls).toHaveLength(before);
  });
});

describe('tokens', () => {
  test('tokens of sso-cookie are in memory only', async () => {
    const page = await app.logIn();
    app.pass(4000);
    await page.getAccessToken();
    const stored = await everythingStored();
    expect(stored).not.toMatch(TOKEN);
    expect(stored).not.toContain(await page.getAccessToken());
  });

  test('sso-cookie requests no refresh token', async () => {
    await app.logIn();
    expect(app.server.control.refreshTokens.list()).toEqual([]);
  });
});

describe('a silent authorization response', () => {
  const answerWith =
    (error: string) =>
    (frame: TestFrame): void => {
      const state = new URL(frame.url).searchParams.get('state');
      frame.post({ type: 'authorization_response', response: { error, state } });
    };

  test.each([
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
  ])('a silent response of %s ends the session', async (error) => {
    const { page } = await openSpent();
    app.browser.frames.behave(answerWith(error));
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'login_required',
      oauthError: error,
    });
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' });
  });

  test.each([
    ['temporarily_unavailable', 'network'],
    ['server_error', 'network'],
    ['invalid_request', 'authorization_failed'],
    ['access_denied', 'authorization_failed'],
  ])('a silent response of %s keeps the session', async (error, code) => {
    const { page } = await openSpent();
    app.browser.frames.behave(answerWith(error));
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code });
    expect(page.getSnapshot().status).toBe('authenticated');
    app.browser.frames.behave('load');
    expect(await app.callApi(page)).toBe(200);
  });

  test('an error page in the hidden frame keeps the session and is retried', async () => {
    const { page } = await openSpent();
    app.server.control.faults.add({ endpoint: 'authorize', status: 503 });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ retryable: true });
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(await app.callApi(page)).toBe(200);
  });

  test('a silent renewal that returns another user changes the state to that user', async () => {
    const { page } = await openSpent();
    app.server.control.clients.add({ clientId: 'shop', callbacks: [`${APP_ORIGIN}/shop`] });
    await logInAtShop('grace');
    await rejectionOf(page.getAccessToken());
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
    expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|grace' });
  });

  test('a page that has just opened sends no request for an unexpected user', async () => {
    await openSpent();
    app.server.control.clients.add({ clientId: 'shop', callbacks: [`${APP_ORIGIN}/shop`] });
    await logInAtShop('grace');
    const page = app.createPage();
    const change = rejectionOf(page.fetch(profileUrl(page), { method: 'PATCH', body: '{}' }));
    expect(await change).toMatchObject({ code: 'user_changed' });
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a change that waited for the lock is not sent for another user', async () => {
    const { page } = await openSpent();
    onTestFinished(page.subscribe(() => {}));
    app.server.control.clients.add({ clientId: 'shop', callbacks: [`${APP_ORIGIN}/shop`] });
    const key = `sesamy-kit:${app.clientId}@${LOGIN_ORIGIN}/@sso-cookie`;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    void navigator.locks.request(key, () => held);
    const change = rejectionOf(page.fetch(profileUrl(page), { method: 'PATCH', body: '{}' }));
    await logInAtShop('grace');
    // As another tab of the app does that has found her.
    localStorage.setItem(key, JSON.stringify({ sub: 'email|grace' }));
    const channel = new BroadcastChannel(key);
    channel.postMessage('changed');
    channel.close();
    await vi.waitFor(() => expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' }));
    release();
    expect(await change).toMatchObject({ code: 'user_changed' });
  });

  test('a request started for the previous user is not sent for the next one', async () => {
    const { page } = await openSpent();
    app.server.control.clients.add({ clientId: 'shop', callbacks: [`${APP_ORIGIN}/shop`] });
    await logInAtShop('grace');
    const change = page.fetchJson(profileUrl(page), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"nickname":"Countess"}',
    });
    expect(await rejectionOf(change)).toMatchObject({ code: 'user_changed' });
    expect(await page.fetchJson(profileUrl(page))).not.toMatchObject({ nickname: 'Countess' });
  });
});

describe('the app in its own hidden frame', () => {
  test('the app inside its own hidden frame opens no further frame', async () => {
    const { page } = await openSpent();
    const names: string[] = [];
    app.browser.frames.behave((frame) => {
      names.push(frame.element.name);
      void frame.show();
    });
    await page.getAccessToken();
    window.name = names[0] ?? '';
    onTestFinished(() => void (window.name = ''));
    const framed = app.createPage();
    await framed.start();
    await rejectionOf(framed.getAccessToken());
    expect(names).toHaveLength(1);
  });
});

describe('an issuer on another site than the page', () => {
  const issuer = 'https://token.sesamy.com/';

  test.each([
    ['https://token.sesamy.com/', 1],
    ['https://login.evil.test/', 1],
    ['https://publisher.test.evil.test/', 1],
    ['http://login.publisher.localhost/', 1],
    ['https://login.publisher.test/', 0],
    ['https://publisher.test/', 0],
    ['https://app.publisher.test/', 0],
    ['https://id.login.app.publisher.test:8443/', 0],
  ])(
    'a warning is logged for an issuer on another site, and for no other: %s',
    async (issuer, times) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
      await app.createPage({ issuer }).start();
      expect(warn).toHaveBeenCalledTimes(times);
      expect(warn.mock.calls.every(([text]) => String(text).includes(issuer))).toBe(true);
    },
  );

  test('fallbackMode keeps the session with a refresh token if the issuer is on another site', async () => {
    const options = { issuer, fallbackMode: 'refresh-token' } as const;
    const page = await app.logIn({ options });
    app.pass(4000);
    expect(await app.callApi(page)).toBe(200);
    expect(app.server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    expect(app.browser.frames.urls).toEqual([]);
  });
});
