import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionOptions } from '../options.js';
import { resolveOptions } from '../options/resolve-options.js';
import { createHandlerEnd } from './handler-end.js';
import { createIssuerEnd } from './issuer-end.js';
import type { SessionEnd } from './session-end.js';
import { recordNames } from '../storage/record-names.js';
import { createSessionRecords, type SessionRecords } from '../storage/session-records.js';
import { clearPendingLogout, isLogoutPending } from '../storage/logout-marker.js';

const options: SessionOptions = {
  clientId: 'publisher-web',
  issuer: 'https://token.sesamy.test/tenant/',
};

let sent: { url: string; init: RequestInit }[];
let respond: (url: string) => Promise<Response>;

beforeEach(() => {
  sent = [];
  respond = async () => new Response(null);
  localStorage.clear();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return Promise.race([
      respond(url),
      new Promise<never>((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    ]);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

interface Ending {
  readonly end: SessionEnd;
  readonly records: SessionRecords;
  readonly key: string;
  readonly names: ReturnType<typeof recordNames>;
}

/** A session of a new page; it has the refresh token, if one is given. */
async function openSession(
  refreshToken?: string,
  more: Partial<SessionOptions> = {},
): Promise<Ending> {
  const config = resolveOptions({ ...options, ...more });
  const records = createSessionRecords(config);
  const names = recordNames(config.key);
  if (refreshToken !== undefined) await records.tokens.put(names.tokens, { refreshToken });
  const createEnd = config.mode === 'token-handler' ? createHandlerEnd : createIssuerEnd;
  return { end: createEnd(config, records), records, key: config.key, names };
}

const urlsOf = (): string[] => sent.map(({ url }) => url);

describe('a revocation', () => {
  test('a revocation sends token, client id and token type hint, without credentials, and survives the page', async () => {
    const { end } = await openSession('rt+/=');
    await end.forget();
    await end.notifyServer(true);
    const [{ url, init } = { url: '', init: {} }] = sent;
    const request = new Request(url, init);
    expect(url).toBe('https://token.sesamy.test/tenant/oauth/revoke');
    expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' });
    expect([...request.headers.keys()]).toEqual(['content-type']);
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      client_id: 'publisher-web',
      token: 'rt+/=',
      token_type_hint: 'refresh_token',
    });
  });

  test.each([503, 429])(
    'a revocation with the response %i is sent again by the next page',
    async (status) => {
      respond = async () => new Response(null, { status });
      const first = await openSession('rt');
      await first.end.forget();
      await first.end.notifyServer(true);
      expect(isLogoutPending(first.key)).toBe(true);
      respond = async () => new Response(null);
      const next = await openSession();
      await next.end.notifyServer();
      expect(urlsOf().filter((url) => url.endsWith('/revoke'))).toHaveLength(2);
      expect(await next.records.tokens.get(next.names.revocations)).toEqual([]);
      expect(isLogoutPending(next.key)).toBe(false);
    },
  );

  test.each([200, 204, 400, 401])(
    'a revocation with the response %i is not sent again',
    async (status) => {
      respond = async () => new Response(null, { status });
      const first = await openSession('rt');
      await first.end.forget();
      await first.end.notifyServer(true);
      const next = await openSession();
      await next.end.notifyServer();
      expect(urlsOf()).toHaveLength(1);
      expect(isLogoutPending(next.key)).toBe(false);
    },
  );

  test('a revocation that is in flight is not sent a second time', async () => {
    const { end } = await openSession();
    await end.addRevocation('rt');
    await Promise.all([end.notifyServer(), end.notifyServer()]);
    await end.notifyServer();
    expect(urlsOf()).toHaveLength(1);
  });

  test('a failed revocation of one token does not prevent that of another', async () => {
    const { end, records, names } = await openSession();
    await end.addRevocation('one');
    await end.addRevocation('two');
    let calls = 0;
    respond = async () => new Response(null, { status: calls++ === 0 ? 503 : 200 });
    await end.notifyServer();
    expect(await records.tokens.get(names.revocations)).toEqual(['one']);
  });

  test('a revocation is sent even if it cannot be stored', async () => {
    const { end, records } = await openSession('rt');
    const update = records.tokens.update.bind(records.tokens);
    vi.spyOn(records.tokens, 'update').mockImplementation(async (name, change) => {
      if (name.endsWith('/revocations')) throw new DOMException('full', 'QuotaExceededError');
      await update(name, change);
    });
    await end.forget();
    await end.notifyServer(true);
    expect(urlsOf()).toEqual(['https://token.sesamy.test/tenant/oauth/revoke']);
  });
});

test('a logout whose record cannot be read stays pending for the next page', async () => {
  const first = await openSession('rt');
  vi.spyOn(first.records.tokens, 'update').mockRejectedValue(new Error('no response'));
  await first.end.forget();
  await first.end.notifyServer(true);
  expect(isLogoutPending(first.key)).toBe(true);
  const next = await openSession();
  await next.end.forgetRest();
  await next.end.notifyServer();
  expect(urlsOf()).toContain('https://token.sesamy.test/tenant/oauth/revoke');
  expect(await next.records.tokens.get(next.names.tokens)).toBeUndefined();
  expect(isLogoutPending(next.key)).toBe(false);
});

test('a pending logout also ends the server’s own session, without a navigation', async () => {
  respond = () => Promise.reject(new TypeError('Failed to fetch'));
  const first = await openSession('rt');
  await first.end.forget();
  await first.end.notifyServer(true);
  respond = async () => new Response(null);
  sent = [];
  await (await openSession()).end.notifyServer();
  expect(sent.at(-1)).toMatchObject({
    url: 'https://token.sesamy.test/tenant/v2/logout?client_id=publisher-web',
    init: { mode: 'no-cors', credentials: 'include' },
  });
});

test('a pending logout does not end the server’s session of a login made meanwhile', async () => {
  respond = () => Promise.reject(new TypeError('Failed to fetch'));
  const first = await openSession('rt');
  await first.end.forget();
  await first.end.notifyServer(true);
  respond = async () => {
    clearPendingLogout(first.key);
    return new Response(null);
  };
  sent = [];
  await (await openSession()).end.notifyServer();
  expect(urlsOf()).toEqual(['https://token.sesamy.test/tenant/oauth/revoke']);
});

test('a logout with a refresh token in memory leaves no marker, since the next page could not revoke it', async () => {
  respond = () => Promise.reject(new TypeError('Failed to fetch'));
  const { end, key } = await openSession('rt', { storage: 'memory' });
  await end.forget();
  await end.notifyServer(true);
  expect(isLogoutPending(key)).toBe(false);
  expect(localStorage).toHaveLength(0);
});

test('a logout waits at most three seconds for the server', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { end, records } = await openSession();
  vi.spyOn(records.tokens, 'get').mockReturnValue(new Promise(() => {}));
  let isOver = false;
  const telling = end.notifyServer().then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(2_999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await telling;
});
