import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session, SessionRequestInit } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { removeChunks, stallChunks } from './support/chunks.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

const change: SessionRequestInit = {
  method: 'PATCH',
  headers: { 'content-type': 'application/json' },
  body: '{"nickname":"Countess"}',
  whenSignedOut: 'wait',
};

const save = (page: Session, init?: SessionRequestInit): Promise<unknown> =>
  page.fetchJson(profileUrl(page), { ...change, ...init });

/** Logs in by popup, and returns to the page that opened it. */
async function logInByPopup(
  page: Session,
  answer: Parameters<TestApp['browser']['go']>[1],
): Promise<void> {
  const { browser } = app;
  const done = page.loginWithPopup({ prompt: 'login' });
  done.catch(() => {});
  const opener = location.href;
  await browser.go(await browser.popups.last().url, answer);
  await app.createPage().start();
  browser.visit(opener);
  await done;
}

const isSignedOut = (page: Session): Promise<unknown> =>
  stateOf(page, ({ status }) => status === 'unauthenticated');

/** How many changes the API has accepted. */
const countChanges = (): number =>
  app.server.control.requests.count({ endpoint: 'profile', method: 'PATCH', status: 200 });

const nicknameOf = (user: string): unknown => app.server.control.users.get(user).nickname;

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('a call with whenSignedOut: wait in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  /** Opens a page whose session the server has ended, which the page does not know yet. */
  async function openEnded(): Promise<Session> {
    const page = await app.logIn();
    mode.endSession(app.server);
    app.pass(4000);
    return page;
  }

  test('a call whose session has ended is sent once after the user has logged in again', async () => {
    const page = await openEnded();
    const saved = save(page);
    await isSignedOut(page);
    await logInByPopup(page, { user: 'ada' });
    expect(await saved).toMatchObject({ userId: 'email|ada', nickname: 'Countess' });
    expect(countChanges()).toBe(1);
  });

  test('a call started after the session has ended waits for the same user', async () => {
    const page = await openEnded();
    await rejectionOf(page.fetchJson(profileUrl(page)));
    await isSignedOut(page);
    const saved = rejectionOf(save(page));
    await logInByPopup(page, { user: 'grace' });
    expect(await saved).toMatchObject({ code: 'user_changed' });
    expect(countChanges()).toBe(0);
  });

  test('a call is not sent when another user logs in', async () => {
    const page = await openEnded();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    await logInByPopup(page, { user: 'grace' });
    expect(await saved).toMatchObject({ code: 'user_changed', retryable: false });
    expect(countChanges()).toBe(0);
    expect(nicknameOf('grace')).not.toBe('Countess');
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a call of a visitor is sent for whoever logs in', async () => {
    const page = app.createPage();
    const saved = save(page);
    await isSignedOut(page);
    await logInByPopup(page, { user: 'grace' });
    expect(await saved).toMatchObject({ userId: 'email|grace', nickname: 'Countess' });
  });

  test('a call is sent after a login in another tab', async () => {
    const page = await openEnded();
    const saved = save(page);
    await isSignedOut(page);
    await app.logIn();
    expect(await saved).toMatchObject({ nickname: 'Countess' });
    expect(countChanges()).toBe(1);
  });

  test('a call rejects with the error of a login that the user cancels', async () => {
    const page = await openEnded();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    const login = rejectionOf(logInByPopup(page, { action: 'cancel' }));
    expect(await saved).toMatchObject({ code: 'authorization_failed' });
    expect(await login).toBe(await saved);
    expect(countChanges()).toBe(0);
  });

  test('a call rejects with aborted when the app cancels the login', async () => {
    const page = await openEnded();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    page.cancelLogin();
    expect(await saved).toMatchObject({ code: 'aborted' });
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'aborted' } });
  });

  test('a call after a cancelled login waits for the next one', async () => {
    const page = await openEnded();
    const cancelled = rejectionOf(save(page));
    await isSignedOut(page);
    page.cancelLogin();
    await cancelled;
    const saved = save(page);
    await stateOf(page, ({ error }) => error === null);
    await logInByPopup(page, { user: 'ada' });
    expect(await saved).toMatchObject({ nickname: 'Countess' });
    expect(countChanges()).toBe(1);
  });

  test('a call stops waiting on the signal, and is not sent after the login', async () => {
    const page = await openEnded();
    const stop = new AbortController();
    const saved = rejectionOf(save(page, { signal: stop.signal }));
    await isSignedOut(page);
    stop.abort();
    expect(await saved).toMatchObject({ code: 'aborted' });
    await logInByPopup(page, { user: 'ada' });
    expect(countChanges()).toBe(0);
  });

  test('a call rejects with login_required when the session ends again at once', async () => {
    const page = await openEnded();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    app.server.control.faults.add({ endpoint: 'profile', status: 401, times: 'until-cleared' });
    await logInByPopup(page, { user: 'ada' });
    expect(await saved).toMatchObject({ status: 401 });
    expect(countChanges()).toBe(0);
  });
});

describe('session.fetch with whenSignedOut', () => {
  let page: Session;

  beforeEach(async () => {
    app = openApp(refreshToken);
    page = await app.logIn();
  });

  function endSession(): void {
    refreshToken.endSession(app.server);
    app.pass(4000);
  }

  test('a Request that waits keeps its body', async () => {
    endSession();
    const saved = page.fetch(new Request(profileUrl(page), change), { whenSignedOut: 'wait' });
    await isSignedOut(page);
    await logInByPopup(page, { user: 'ada' });
    expect(await (await saved).json()).toMatchObject({ nickname: 'Countess' });
  });

  test('several calls wait for one login', async () => {
    endSession();
    const saved = [save(page), save(page), save(page)];
    await isSignedOut(page);
    await logInByPopup(page, { user: 'ada' });
    expect(await Promise.all(saved)).toHaveLength(3);
    expect(countChanges()).toBe(3);
  });

  test('a call of a signed-in user does not wait', async () => {
    expect(await save(page)).toMatchObject({ nickname: 'Countess' });
  });

  test('a call whose code is gone after a deploy is sent for a signed-in user', async () => {
    removeChunks('waiting');
    expect(await save(page)).toMatchObject({ nickname: 'Countess' });
  });

  test('a call whose code is gone after a deploy rejects with login_required when the session has ended', async () => {
    removeChunks('waiting');
    endSession();
    expect(await rejectionOf(save(page))).toMatchObject({ code: 'login_required' });
    expect(countChanges()).toBe(0);
  });

  test('a call whose user changes while its code loads is not sent', async () => {
    const restore = stallChunks('waiting');
    const saved = rejectionOf(save(page));
    await logInByPopup(page, { user: 'grace' });
    restore();
    expect(await saved).toMatchObject({ code: 'user_changed' });
    expect(countChanges()).toBe(0);
  });

  test('the default rejects with login_required', async () => {
    endSession();
    const saved = save(page, { whenSignedOut: undefined });
    expect(await rejectionOf(saved)).toMatchObject({ code: 'login_required' });
  });

  test('a waiting call rejects when the user closes the popup', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    endSession();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    const login = rejectionOf(page.loginWithPopup());
    await app.browser.popups.last().url;
    app.browser.popups.last().close();
    expect(await saved).toMatchObject({ code: 'popup_closed' });
    await login;
  });

  test('cancelLogin closes the popup of a login in progress', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    endSession();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    const login = rejectionOf(page.loginWithPopup());
    await app.browser.popups.last().url;
    page.cancelLogin();
    expect(app.browser.popups.last().isClosed).toBe(true);
    expect(await login).toMatchObject({ code: 'popup_closed' });
    expect(await saved).toBe(await login);
  });

  test('cancelLogin leaves a signed-in user alone', () => {
    const state = page.getSnapshot();
    page.cancelLogin();
    expect(page.getSnapshot()).toBe(state);
  });

  test('a waiting call rejects when the user logs out', async () => {
    endSession();
    const saved = rejectionOf(save(page));
    await isSignedOut(page);
    // Whole, so that it does not sign out the page of the next test.
    const leaving = page.logout();
    expect(await saved).toMatchObject({ code: 'login_required' });
    await leaving;
  });

  test('a call for which the API requires a stronger login does not wait', async () => {
    const challenge = 'Bearer error="insufficient_user_authentication", acr_values="mfa"';
    const headers = { 'www-authenticate': challenge };
    app.server.control.faults.add({ endpoint: 'profile', status: 401, headers });
    expect(await rejectionOf(save(page))).toMatchObject({ loginOptions: { acrValues: 'mfa' } });
  });

  test('a stream as the body is refused before anything is sent', async () => {
    const body = new Blob(['{}']).stream();
    const before = app.browser.requests.length;
    expect(await rejectionOf(save(page, { body }))).toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringMatching(/stream.*Blob/),
    });
    expect(app.browser.requests).toHaveLength(before);
  });

  test('an unknown value is refused', async () => {
    const init: object = { whenSignedOut: 'wiat' };
    expect(await rejectionOf(page.fetch(profileUrl(page), init))).toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining('"reject" or "wait"'),
    });
  });

  test('a call for one user is not sent while another is signed in', async () => {
    const call = save(page, { whenSignedOut: 'reject', forUser: 'email|grace' });
    expect(await rejectionOf(call)).toMatchObject({ code: 'user_changed' });
    expect(countChanges()).toBe(0);
  });
});
