import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session, type SessionOptions } from '../src/index.js';
import { logIn, openBrowser, type TestBrowser } from './browser.js';
import { denyStorage } from './support/storage.js';

const origin = 'https://app.publisher.test';

let server: MockServer;
let browser: TestBrowser;

beforeEach(async () => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [`${origin}/`] }],
  });
  browser = openBrowser(server);
});

function createPage(options: Partial<SessionOptions> = {}): Session {
  return createSesamySession({ clientId: 'publisher-web', ...options });
}

describe('a reload', () => {
  test('a reload is authenticated without a request', async () => {
    await logIn(server, browser, createPage);
    const before = browser.requests.length;
    const page = createPage();
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { name: 'Ada Lovelace' },
    });
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(browser.requests).toHaveLength(before);
  });

  test('a reload keeps the state of its first render', async () => {
    await logIn(server, browser, createPage);
    const page = createPage();
    const first = page.getSnapshot();
    await page.start();
    expect(page.getSnapshot()).toBe(first);
  });

  test("a reload signs out if only the user's snapshot is left", async () => {
    await logIn(server, browser, createPage);
    indexedDB = new (indexedDB.constructor as typeof IDBFactory)();
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
  });

  test.each(['', 'null', '{', '[]', '42', '{"sub":""}', '{"sub":7}'])(
    'a reload with an invalid snapshot renders no user at first, and restores it from the record: %s',
    async (garbage) => {
      await logIn(server, browser, createPage);
      const [key = ''] = Object.keys(localStorage);
      localStorage.setItem(key, garbage);
      const page = createPage();
      expect(page.getSnapshot()).toEqual({ status: 'initializing' });
      await page.start();
      expect(page.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { name: 'Ada Lovelace' },
      });
    },
  );

  test('a reload ends a session with storage "memory"', async () => {
    const page = await logIn(server, browser, () => createPage({ storage: 'memory' }));
    expect(page.getSnapshot().status).toBe('authenticated');
    browser.openDocument();
    const reloaded = createPage({ storage: 'memory' });
    await reloaded.start();
    expect(reloaded.getSnapshot().status).toBe('unauthenticated');
    expect(localStorage).toHaveLength(0);
  });

  test('two clients of one origin have separate sessions', async () => {
    await logIn(server, browser, createPage);
    const other = createPage({ clientId: 'another' });
    await other.start();
    expect(other.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
  });
});

describe('browser storage that does not work', () => {
  test('a login without IndexedDB lasts as long as the page', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(await page.getAccessToken()).toEqual(expect.any(String));
  });

  test('a session starts signed out if localStorage throws', async () => {
    denyStorage();
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
  });
});

describe('a session with a record only', () => {
  test('a session is restored after localStorage was cleared, and the next reload is authenticated immediately', async () => {
    await logIn(server, browser, createPage);
    localStorage.clear();
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { name: 'Ada Lovelace' },
    });
    expect(createPage().getSnapshot().status).toBe('authenticated');
  });

  test('a session is restored if localStorage is full', async () => {
    const getItem = localStorage.getItem.bind(localStorage);
    const removeItem = localStorage.removeItem.bind(localStorage);
    const setItem = (): void => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    vi.stubGlobal('localStorage', { getItem, removeItem, setItem });
    await logIn(server, browser, createPage);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(server.control.requests.count({ grant: 'authorization_code' })).toBe(1);
  });

  test('a visitor without a session causes no request', async () => {
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'none' });
    expect(browser.requests).toEqual([]);
  });
});

describe('an IndexedDB that fails once', () => {
  test('an IndexedDB that fails once does not end the session', async () => {
    await logIn(server, browser, createPage);
    const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('try again', 'UnknownError');
    });
    const page = createPage();
    await page.start();
    expect(open).toHaveBeenCalledOnce();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(await page.getAccessToken()).toEqual(expect.any(String));
    expect(createPage().getSnapshot().status).toBe('authenticated');
  });
});

describe('a session', () => {
  test('a session does nothing until it is read or started', () => {
    const read = vi.spyOn(globalThis, 'localStorage', 'get');
    createPage();
    expect(read).not.toHaveBeenCalled();
    expect(browser.requests).toEqual([]);
  });

  test('tokens are not in web storage', async () => {
    const page = await logIn(server, browser, createPage);
    const stored = JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);
    expect(stored).not.toContain(await page.getAccessToken());
    expect(stored).not.toMatch(/eyJ|rt_/);
  });

  test('a session is initializing in a server render', async () => {
    await logIn(server, browser, createPage);
    expect(createPage().getServerSnapshot()).toEqual({ status: 'initializing' });
  });
});
