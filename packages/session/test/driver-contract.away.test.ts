import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session } from '../src/index.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import type { ModeSetUp } from './support/modes/mode.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

/**
 * The storages with which the pages of a browser share a session. A refresh token in memory belongs to one page, which
 * is independent of other pages' logins and logouts.
 */
function storagesOfOne(mode: ModeSetUp): ('local' | 'memory')[] {
  return mode === refreshToken ? ['local'] : ['local', 'memory'];
}

/** Tests a page that was in the back/forward cache while others logged in and out. */
describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('a page in the mode %s that was in the back/forward cache', (_name, mode) => {
  let app: TestApp;
  let stop: () => void;

  beforeEach(() => {
    app = openApp(mode);
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  /** Puts Ada's page into the back/forward cache, where it receives no notices. */
  async function putAway(options: Parameters<TestApp['createPage']>[0] = {}): Promise<Session> {
    const page = await app.logIn({ options });
    stop = page.subscribe(() => {});
    window.dispatchEvent(new Event('pagehide'));
    return page;
  }

  function takeOut(): void {
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  }

  test('a page from the back/forward cache does not show its user after another one has logged in', async () => {
    const page = await putAway();
    await app.logIn({ user: 'grace', prompt: 'login' });
    takeOut();
    const seen = [JSON.stringify(page.getSnapshot())];
    const stopSeeing = page.subscribe(() => seen.push(JSON.stringify(page.getSnapshot())));
    await stateOf(
      page,
      (state) => state.status === 'authenticated' && state.user.sub === 'email|grace',
    );
    stopSeeing();
    expect(seen.join()).not.toMatch(/email\|ada/);
    expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|grace' });
  });

  test.each(storagesOfOne(mode))(
    'a page from the back/forward cache shows the user who has logged in meanwhile, with storage %s',
    async (storage) => {
      const page = await putAway({ storage });
      await app.logIn({ user: 'grace', prompt: 'login', options: { storage } });
      takeOut();
      await stateOf(
        page,
        (state) => state.status === 'authenticated' && state.user.sub === 'email|grace',
      );
      expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|grace' });
    },
  );

  test.each(storagesOfOne(mode))(
    'a page from the back/forward cache is signed out if its user has logged out meanwhile, with storage %s',
    async (storage) => {
      const page = await putAway({ storage });
      const other = app.createPage({ storage });
      await other.start();
      await other.logout();
      takeOut();
      await stateOf(page, ({ status }) => status === 'unauthenticated');
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
    },
  );
});
