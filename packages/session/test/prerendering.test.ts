import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { isLoginDue, requireSession } from '../src/index.js';
import { loadMode } from '../src/on-demand/mode.js';
import { resolveBase } from '../src/options/resolve-base.js';
import { loadProtocol } from '../src/on-demand/protocol.js';
import { loadSilent } from '../src/on-demand/silent.js';
import { openApp, profileUrl, type TestApp } from './support/app.js';
import { replace } from './support/faults.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

const modes = [
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
] as const;

// So that a page that does not wait shows it at once.
beforeAll(async () => {
  await Promise.all(
    modes.map(([, { options }]) => loadMode(resolveBase({ clientId: 'any', ...options }))),
  );
  await Promise.all([loadProtocol(), loadSilent()]);
});

beforeEach(() => {
  replace(document, 'prerendering', { value: true });
});

/** The user goes to the page that the browser has prerendered. */
function activate(): void {
  Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
  document.dispatchEvent(new Event('prerenderingchange'));
}

/** Calls everything that a page may call before it is activated. */
function useAll(app: TestApp): ReturnType<TestApp['createPage']> {
  const page = app.createPage();
  page.subscribe(() => {});
  const uses = [
    page.start(),
    requireSession(page),
    page.getAccessToken(),
    page.fetch(profileUrl(page)),
    page.loginWithRedirect(),
  ];
  for (const use of uses) use.catch(() => {});
  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  return page;
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));

test.each(modes)(
  'a prerendered page without a session sends no request until it is activated, in the mode %s',
  async (_mode, setUp) => {
    const app = openApp(setUp);
    const page = useAll(app);
    await settle();
    expect(app.browser.requests).toEqual([]);
    expect(app.browser.frames.urls).toEqual([]);
    expect(location.assign).not.toHaveBeenCalled();
    expect(page.getSnapshot().status).toBe('initializing');
    activate();
    expect(await app.browser.nextNavigation()).toMatch(/authorize|\/login/);
  },
);

test.each(modes)(
  'a prerendered callback is not completed until the page is activated, in the mode %s',
  async (_mode, setUp) => {
    const app = openApp(setUp);
    replace(document, 'prerendering', { value: false });
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
    replace(document, 'prerendering', { value: true });
    const before = app.browser.requests.length;
    const page = app.createPage();
    const started = page.start();
    await settle();
    expect(app.browser.requests).toHaveLength(before);
    activate();
    await started;
    expect(page.getSnapshot().status).toBe('authenticated');
  },
);

test('a prerendered page does not log out, and renders the remembered user without a request', async () => {
  replace(document, 'prerendering', { value: false });
  const app = openApp(refreshToken);
  await app.logIn();
  replace(document, 'prerendering', { value: true });
  const before = app.browser.requests.length;
  const page = app.createPage();
  expect(page.getSnapshot().status).toBe('authenticated');
  expect(isLoginDue(page.getSnapshot())).toBe(false);
  const leaving = page.logout();
  await settle();
  expect(app.browser.requests).toHaveLength(before);
  expect(page.getSnapshot().status).toBe('authenticated');
  activate();
  await leaving;
  expect(vi.mocked(location.assign)).toHaveBeenCalled();
});
