import { createSesamySession, isAuthError, type SessionOptions } from '../src/index.js';
import { inspectSession, type SessionInspection } from '../src/devtools.js';
import { describe, expect, test, vi } from 'vitest';
import type { Session } from '../src/index.js';
import { createTestSession } from '../src/testing/index.js';
import { openApp, profileUrl, stateOf } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

function inspect(session: Session): SessionInspection {
  const inspection = inspectSession(session);
  if (inspection === null) throw new Error('The session has no internals.');
  return inspection;
}

describe.each([refreshToken, ssoCookie])('a session in the mode $options.mode', (mode) => {
  test('an access token that the devtools let expire is renewed by the next call, once', async () => {
    const app = openApp(mode);
    const session = await app.logIn();
    const inspection = inspect(session);
    expect(inspection.readAccessToken()).not.toBeNull();
    await inspection.expireAccessToken();
    expect(inspection.readAccessToken()).toBeNull();
    const before = mode.countRenewals(app.server);
    expect(await app.callApi(session)).toBe(200);
    expect(await app.callApi(session)).toBe(200);
    expect(mode.countRenewals(app.server) - before).toBe(1);
    expect(inspection.readAccessToken()).not.toBeNull();
  });
});

describe.each([refreshToken, ssoCookie, tokenHandler])(
  'a session in the mode $options.mode',
  (mode) => {
    test('a session that the devtools end is logged out elsewhere, and ended at the server', async () => {
      const app = openApp(mode);
      const session = await app.logIn();
      const ended = stateOf(session, ({ status }) => status === 'unauthenticated');
      // The page has caught up by then.
      expect(await app.callApi(session)).toBe(200);
      await inspect(session).endElsewhere();
      expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
      const reloaded = app.createPage();
      await reloaded.start();
      expect(reloaded.getSnapshot().status).toBe('unauthenticated');
    });

    test('an inspection holds no token', async () => {
      const app = openApp(mode);
      const session = await app.logIn();
      const inspection = inspect(session);
      const seen = JSON.stringify([
        inspection.configuration,
        inspection.readAccessToken(),
        await inspection.listEntries(),
      ]);
      const secrets = app.server.control.refreshTokens
        .list()
        .flatMap(({ tokens }) => tokens.map(({ id }) => id));
      expect(seen).not.toMatch(/eyJ/);
      expect(secrets.filter((id) => seen.includes(id))).toEqual([]);
      expect(seen).not.toContain('ada@');
    });
  },
);

test('the configuration names the values of authorizationParams, which may be personal, by name only', () => {
  const session = openApp(refreshToken).createPage({
    authorizationParams: { login_hint: 'ada@example.com', ui_locales: 'sv' },
  });
  const { configuration } = inspect(session);
  expect(configuration.find(({ name }) => name === 'authorizationParams')).toEqual({
    name: 'authorizationParams',
    value: 'login_hint ui_locales',
    isDefault: false,
  });
});

test('the configuration says which options the app has set', () => {
  const issuer = 'http://localhost:4400/';
  const setByApp = (options: Partial<SessionOptions>): readonly string[] =>
    inspect(createSesamySession({ clientId: 'publisher-web', ...options }))
      .configuration.filter(({ isDefault }) => !isDefault)
      .map(({ name }) => name);
  expect(setByApp({})).toEqual(['clientId']);
  expect(setByApp({ issuer })).toEqual(['clientId', 'issuer']);
  expect(setByApp({ issuer, apiUrl: 'https://api.test' })).toEqual([
    'clientId',
    'issuer',
    'apiUrl',
  ]);
  expect(setByApp({ allowedOrigins: ['https://api.test'], takeOver: [] })).toEqual([
    'clientId',
    'allowedOrigins',
    'takeOver',
  ]);
});

test('calls of session.fetch are watched until the watcher stops', async () => {
  const app = openApp(refreshToken);
  const session = await app.logIn();
  const seen: string[] = [];
  const stop = inspect(session).watchRequests({
    around: (_input, _init, run) => {
      seen.push('call');
      return run();
    },
    send: (request) => {
      seen.push(request.method);
      return fetch(request);
    },
  });
  expect(await app.callApi(session)).toBe(200);
  stop();
  expect(await app.callApi(session)).toBe(200);
  expect(seen).toEqual(['call', 'GET']);
});

test("a watched request is sent by the app's own fetch", async () => {
  const app = openApp(refreshToken);
  const own = vi.fn<typeof fetch>((...request) => fetch(...request));
  const session = await app.logIn({ options: { fetch: own } });
  inspect(session).watchRequests({ send: (request, forward) => forward(request) });
  own.mockClear();
  expect(await app.callApi(session)).toBe(200);
  expect(own).toHaveBeenCalledOnce();
});

test('a watcher may respond in place of the API, e.g. with a step-up', async () => {
  const app = openApp(refreshToken);
  const session = await app.logIn();
  const challenge = 'Bearer error="insufficient_user_authentication", max_age="0"';
  inspect(session).watchRequests({
    send: async () =>
      new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }),
  });
  const error: unknown = await session
    .fetch(profileUrl(session))
    .catch((caught: unknown) => caught);
  expect(isAuthError(error) && error.loginOptions).toEqual({ maxAgeSeconds: 0 });
});

test('a test double has nothing to inspect', () => {
  expect(inspectSession(createTestSession())).toBeNull();
});
