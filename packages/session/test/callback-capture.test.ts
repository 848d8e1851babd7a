import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSesamySession, type Session, type SessionOptions } from '../src/index.js';
import { openBrowser, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';
const tokenUrl = 'POST https://token.sesamy.com/oauth/token';

afterEach(() => vi.unstubAllGlobals());

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [`${origin}/`] }],
  });
  browser = openBrowser(server);
});

function createPage(options: Partial<SessionOptions> = {}): Session {
  return createSesamySession({ clientId: 'publisher-web', ...options });
}

/** Logs in from `/members` and opens the callback. */
async function openCallback(): Promise<void> {
  browser.visit('/members');
  createPage()
    .loginWithRedirect()
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
}

describe('the callback of a login', () => {
  test('a callback is completed when the URL changes after the session was created', async () => {
    await openCallback();
    const page = createPage();
    browser.visit('/home');
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(browser.requests).toEqual([tokenUrl]);
    expect(location.href).toBe(`${origin}/members`);
  });

  test('a callback is completed when the URL changes after the first read of the state', async () => {
    const page = createPage();
    await openCallback();
    expect(page.getSnapshot().status).toBe('initializing');
    browser.visit('/home');
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(location.href).toBe(`${origin}/members`);
  });

  test('a stale callback does not undo a navigation of the router', async () => {
    browser.visit('/?code=a&state=00;sesamy-kit:publisher-web@https://token.sesamy.com/;retry');
    const page = createPage();
    browser.visit('/home');
    await page.start();
    expect(location.href).toBe(`${origin}/home`);
  });
});

describe('the option navigate', () => {
  test('the navigate option is called with the return page instead of a popstate event', async () => {
    await openCallback();
    const heard = vi.fn<() => void>();
    window.addEventListener('popstate', heard);
    onTestFinished(() => window.removeEventListener('popstate', heard));
    const navigate = vi.fn<(path: string) => void>();
    await createPage({ navigate }).start();
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/members');
    expect(heard).not.toHaveBeenCalled();
  });

  test('a navigate option may wait for a loader that waits for the session', async () => {
    await openCallback();
    const page = createPage({ navigate: () => page.start() });
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test.each<[string, NonNullable<SessionOptions['navigate']>]>([
    [
      'throws',
      () => {
        throw new Error('no router yet');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no router yet'))],
  ])(
    'a navigate option that %s is reported, removes the code from the URL and signs the user in',
    async (_how, navigate) => {
      await openCallback();
      const reported = vi.fn<typeof reportError>();
      vi.stubGlobal('reportError', reported);
      const page = createPage({ navigate });
      await page.start();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(location.href).toBe(`${origin}/`);
      await vi.waitFor(() =>
        expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('no router yet')),
      );
    },
  );

  test('a navigate option that is not a function throws a typed error', () => {
    const options = { clientId: 'publisher-web', navigate: '/members' };
    // @ts-expect-error as from JavaScript
    expect(() => createSesamySession(options)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    );
  });
});
