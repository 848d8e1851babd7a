import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageMock, type PageMock } from '../src/page.js';
import { CHALLENGE } from './support/world.js';

const ISSUER = 'https://docs.example.com/live/sesamy/';

/** Called with each turn that a request gets. */
const turn = vi.fn<() => void>();

beforeEach(() => {
  turn.mockClear();
  let last: Promise<unknown> = Promise.resolve();
  /** Grants one lock after the other. */
  const locks = {
    request(_name: string, work: () => Promise<unknown>): Promise<unknown> {
      const own = last.then(() => {
        turn();
        return work();
      });
      last = own.catch(() => {});
      return own;
    },
  };
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('document', { baseURI: 'https://docs.example.com/live/' });
});

const createMock = (): PageMock =>
  createPageMock({
    issuer: ISSUER,
    clients: [{ clientId: 'publisher-web', callbacks: ['https://docs.example.com/live/'] }],
  });

function authorizeUrl(): string {
  const query = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: 'https://docs.example.com/live/',
    response_type: 'code',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  });
  return `${ISSUER}authorize?${query.toString()}`;
}

test('the mock of a page leaves requests outside of its issuer to the network', async () => {
  const network = vi.fn<typeof fetch>(() => Promise.resolve(new Response('the host')));
  vi.stubGlobal('fetch', network);
  const mock = createMock();
  expect(await (await mock.fetch('other.js')).text()).toBe('the host');
  const { status } = await mock.fetch('sesamy/.well-known/jwks.json');
  expect(status).toBe(200);
  expect(network).toHaveBeenCalledExactlyOnceWith('other.js', undefined);
});

test('the mocks of two pages continue the same login', async () => {
  const one = createMock();
  const other = createMock();
  await other.fetch(`${ISSUER}.well-known/jwks.json`);
  const step = (await one.fetch(authorizeUrl())).headers.get('location') ?? '';
  expect((await other.fetch(step)).status).toBe(200);
  const body = new URLSearchParams({ user: 'ada' });
  const resume = (await other.fetch(step, { method: 'POST', body })).headers.get('location') ?? '';
  const callback = (await one.fetch(resume)).headers.get('location');
  expect(callback).toMatch(/^https:\/\/docs\.example\.com\/live\/\?code=/);
});

test('a planned fault is not planned twice when pages share the state', async () => {
  const mock = createMock();
  const plan = { endpoint: 'jwks', status: 503, times: 2 };
  const controlled = createPageMock({ issuer: ISSUER, hasControlPlane: true });
  const body = JSON.stringify([plan]);
  await controlled.fetch(`${ISSUER}mock/control/faults/add`, { method: 'POST', body });
  const readStatus = async (): Promise<number> =>
    (await mock.fetch(`${ISSUER}.well-known/jwks.json`)).status;
  expect([await readStatus(), await readStatus(), await readStatus()]).toEqual([503, 503, 200]);
});

describe('a planned fault', () => {
  /** Plans what happens to the next request for the keys. */
  async function planFault(fault: object): Promise<PageMock> {
    const controlled = createPageMock({ issuer: ISSUER, hasControlPlane: true });
    const body = JSON.stringify([{ endpoint: 'jwks', ...fault }]);
    await controlled.fetch(`${ISSUER}mock/control/faults/add`, { method: 'POST', body });
    return createMock();
  }

  test('a connection that the mock of a page cuts rejects with a TypeError, as in fetch', async () => {
    const mock = await planFault({ reset: true });
    await expect(mock.fetch(`${ISSUER}.well-known/jwks.json`)).rejects.toThrow(TypeError);
  });

  test('a request that hangs holds up others only until it is aborted', async () => {
    const mock = await planFault({ hang: true });
    turn.mockClear();
    const abortion = new AbortController();
    const hanging = mock.fetch(`${ISSUER}.well-known/jwks.json`, { signal: abortion.signal });
    const next = mock.fetch(`${ISSUER}.well-known/jwks.json`);
    await vi.waitFor(() => expect(turn).toHaveBeenCalledOnce());
    abortion.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    expect((await next).status).toBe(200);
  });
});
