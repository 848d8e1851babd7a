import { describe, expect, test, vi } from 'vitest';
import { requireSession, type Session, type SessionOptions } from '../src/index.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';
import type { LoginAnswer } from './support/navigation.js';

type Storage = NonNullable<SessionOptions['storage']>;

/** Opens the app's page with two sessions of the same options, one from a second copy of the kit. */
async function openCopies(app: TestApp, storage: Storage): Promise<[Session, Session]> {
  const first = app.createPage({ storage });
  vi.resetModules();
  const { createSesamySession } = await import('../src/index.js');
  return [first, createSesamySession(app.createOptions({ storage }))];
}

async function comeBackFromLogin(
  app: TestApp,
  storage: Storage,
  answer: LoginAnswer = { user: 'ada' },
): Promise<[Session, Session]> {
  app
    .createPage({ storage })
    .loginWithRedirect()
    .catch(() => {});
  await app.browser.go(await app.browser.nextNavigation(), answer);
  return openCopies(app, storage);
}

const isSignedIn = ({ status }: { status: string }): boolean => status === 'authenticated';

describe.each([
  ['refresh-token', 'local', refreshToken],
  ['refresh-token', 'memory', refreshToken],
  ['sso-cookie', 'local', ssoCookie],
  ['sso-cookie', 'memory', ssoCookie],
  ['token-handler', 'local', tokenHandler],
  ['token-handler', 'memory', tokenHandler],
] as const)('two copies of the kit on one page (%s, storage %s)', (_mode, storage, setUp) => {
  test('one login signs in both copies of the kit', async () => {
    const app = openApp(setUp);
    const copies = await comeBackFromLogin(app, storage);
    const signedIn = copies.map((copy) => stateOf(copy, isSignedIn));
    await Promise.all(copies.map((copy) => copy.start()));
    await Promise.all(signedIn);
    for (const copy of copies) expect(await app.callApi(copy)).toBe(200);
    expect(location.assign).toHaveBeenCalledOnce();
    expect(location.replace).not.toHaveBeenCalled();
  });

  test('two copies with guards start no second login while the first is completed', async () => {
    const app = openApp(setUp);
    const copies = await comeBackFromLogin(app, storage);
    await Promise.all(copies.map((copy) => requireSession(copy)));
    expect(location.replace).not.toHaveBeenCalled();
  });

  test('two copies with guards start no other login after the user has cancelled', async () => {
    const app = openApp(setUp);
    const copies = await comeBackFromLogin(app, storage, { action: 'cancel' });
    for (const guard of await Promise.allSettled(copies.map((copy) => requireSession(copy)))) {
      expect(guard).toMatchObject({ reason: { oauthError: 'access_denied' } });
    }
    expect(location.replace).not.toHaveBeenCalled();
  });

  test('a logout in one copy of the kit signs out both', async () => {
    const app = openApp(setUp);
    const [first, second] = await comeBackFromLogin(app, storage);
    await Promise.all([first.start(), second.start()]);
    const signedOut = stateOf(second, ({ status }) => status === 'unauthenticated');
    first.logout().catch(() => {});
    await Promise.all([signedOut, app.browser.nextNavigation()]);
  });

  test('two copies of the kit share one renewal of an expired access token', async () => {
    const app = openApp(setUp);
    const copies = await comeBackFromLogin(app, storage);
    await Promise.all(copies.map((copy) => copy.start()));
    const before = setUp.countRenewals(app.server);
    app.pass(24 * 3600);
    const statuses = await Promise.all(copies.map((copy) => app.callApi(copy)));
    expect(statuses).toEqual([200, 200]);
    expect(setUp.countRenewals(app.server) - before).toBe(setUp === ssoCookie ? 2 : 1);
  });
});
