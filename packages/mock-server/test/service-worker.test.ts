import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set, createStore } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHALLENGE, readJson, type Tokens, VERIFIER } from './support/world.js';
import { startWorker, type Worker } from './support/worker.js';

const SCOPE = 'https://docs.example.com/demo/';
const ISSUER = `${SCOPE}sesamy/`;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function authorizeUrl(params: Record<string, string> = {}): URL {
  const url = new URL('authorize', ISSUER);
  url.search = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: SCOPE,
    response_type: 'code',
    scope: 'openid profile offline_access',
    state: 's',
    nonce: 'n',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...params,
  }).toString();
  return url;
}

/** Follows the redirects of the mock from a login as Ada; returns the callback. */
async function logIn(worker: Worker): Promise<URL> {
  const page = await worker.navigate(authorizeUrl(), SCOPE);
  const form = page?.headers.get('location') ?? '';
  const body = new URLSearchParams({ user: 'ada' });
  const sent = await worker.navigate(form, '', { method: 'POST', body });
  const resume = await worker.navigate(sent?.headers.get('location') ?? '', '');
  return new URL(resume?.headers.get('location') ?? '');
}

async function callToken(worker: Worker, params: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: 'publisher-web', ...params });
  const response = await worker.send(`${ISSUER}oauth/token`, { method: 'POST', body });
  if (response === null) throw new Error('The worker has not responded.');
  return response;
}

async function exchange(worker: Worker, callback: URL): Promise<Tokens> {
  const response = await callToken(worker, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: SCOPE,
    code_verifier: VERIFIER,
  });
  return readJson<Tokens>(response);
}

function planFault(worker: Worker, fault: object): Promise<Response> | null {
  const body = JSON.stringify([fault]);
  return worker.send(`${ISSUER}mock/control/faults/add`, { method: 'POST', body });
}

test('the worker leaves requests outside of its path to the network', () => {
  const worker = startWorker(SCOPE);
  expect(worker.send(`${SCOPE}assets/app.js`)).toBeNull();
  expect(worker.send('https://docs.example.com/sesamy/authorize')).toBeNull();
  expect(worker.send(`${ISSUER}.well-known/jwks.json`)).not.toBeNull();
});

test('a path outside of the scope of the worker is refused', () => {
  for (const path of ['/sesamy/', '../sesamy/', 'sesamy'])
    expect(() => startWorker(SCOPE, { path })).toThrow(/must be below the worker's scope/);
});

test('a client without callbacks has the scope of the worker as its callback', async () => {
  const callback = await logIn(startWorker(SCOPE, { clients: [{ clientId: 'publisher-web' }] }));
  expect(callback.href.startsWith(`${SCOPE}?code=`)).toBe(true);
});

test('the worker sends pages the cookie of the token handler that they may read, and no other', async () => {
  const callbacks = [`${ISSUER}auth/publisher-web/callback`];
  const worker = startWorker(SCOPE, { clients: [{ clientId: 'publisher-web', callbacks }] });
  const readable = (): Promise<unknown> => worker.post('sesamy-mock:cookies');
  const follow = async (url: string, init?: RequestInit): Promise<string> =>
    (await worker.navigate(url, SCOPE, init))?.headers.get('location') ?? '';
  const authorize = await follow(`${ISSUER}auth/publisher-web/login?returnTo=/demo/`);
  const form = await follow(authorize);
  expect(await readable()).toEqual([]);
  const resume = await follow(form, { method: 'POST', body: new URLSearchParams({ user: 'ada' }) });
  await follow(await follow(resume));
  expect(await readable()).toEqual([
    expect.stringMatching(/^sesamy_is_authenticated=true; Path=\/; SameSite=Lax; Expires=/),
  ]);
  const headers = { 'x-sesamy-csrf': '1' };
  await worker.send(`${ISSUER}auth/logout`, { method: 'POST', headers });
  expect(await readable()).toEqual([]);
});

test('a session survives the end of the worker', async () => {
  await logIn(startWorker(SCOPE));
  const silent = await startWorker(SCOPE).navigate(authorizeUrl({ prompt: 'none' }), SCOPE);
  expect(silent?.headers.get('location')).toContain('?code=');
});

test('a refresh token survives the end of the worker', async () => {
  const worker = startWorker(SCOPE);
  const { refresh_token } = await exchange(worker, await logIn(worker));
  const renewed = await callToken(startWorker(SCOPE), {
    grant_type: 'refresh_token',
    refresh_token,
  });
  expect(await readJson(renewed)).toMatchObject({ token_type: 'Bearer' });
});

test('a planned fault survives the end of the worker, with the hits that are left', async () => {
  const before = startWorker(SCOPE);
  await planFault(before, { endpoint: 'jwks', status: 503, times: 2 });
  expect((await before.send(`${ISSUER}.well-known/jwks.json`))?.status).toBe(503);
  const after = startWorker(SCOPE);
  expect((await after.send(`${ISSUER}.well-known/jwks.json`))?.status).toBe(503);
  expect((await after.send(`${ISSUER}.well-known/jwks.json`))?.status).toBe(200);
});

test('mocks of different scopes do not share their state', async () => {
  await logIn(startWorker(SCOPE));
  const other = startWorker('https://docs.example.com/other/');
  const url = authorizeUrl({ prompt: 'none', redirect_uri: 'https://docs.example.com/other/' });
  const silent = await other.navigate(
    new URL(url.href.replace(ISSUER, 'https://docs.example.com/other/sesamy/')),
    '',
  );
  expect(silent?.headers.get('location')).toContain('error=login_required');
});

test('a client that was added to the options is there after a restart with a saved state', async () => {
  await logIn(startWorker(SCOPE));
  const clients = [{ clientId: 'publisher-web' }, { clientId: 'second' }];
  const response = await startWorker(SCOPE, { clients }).navigate(
    authorizeUrl({ client_id: 'second', prompt: 'none' }),
    SCOPE,
  );
  expect(response?.headers.get('location')).toContain('?code=');
});

test('a logout ends the session and removes its cookie', async () => {
  const worker = startWorker(SCOPE);
  await logIn(worker);
  await worker.navigate(`${ISSUER}v2/logout?client_id=publisher-web`, SCOPE);
  const silent = await worker.navigate(authorizeUrl({ prompt: 'none' }), SCOPE);
  expect(silent?.headers.get('location')).toContain('error=login_required');
});

test('a request without credentials carries no cookie', async () => {
  const worker = startWorker(SCOPE);
  await logIn(worker);
  const silent = await worker.send(authorizeUrl({ prompt: 'none' }), { credentials: 'omit' });
  expect(silent?.headers.get('location')).toContain('error=login_required');
});

test('a planned reset is a network error for the page', async () => {
  const worker = startWorker(SCOPE);
  await planFault(worker, { endpoint: 'jwks', reset: true });
  expect((await worker.send(`${ISSUER}.well-known/jwks.json`))?.type).toBe('error');
});

test('a form of another site cannot control the mock', async () => {
  const worker = startWorker(SCOPE);
  const url = `${ISSUER}mock/actions/freeze`;
  const status = async (referrer: string): Promise<number | undefined> =>
    (await worker.navigate(url, referrer, { method: 'POST' }))?.status;
  expect(await status('https://evil.example.com/')).toBe(403);
  expect(await status('')).toBe(403);
  expect(await status(`${ISSUER}mock/`)).toBe(303);
});

test('a session of the token handler survives the end of the worker', async () => {
  const callbacks = [SCOPE, `${ISSUER}auth/publisher-web/callback`];
  const worker = startWorker(SCOPE, { clients: [{ clientId: 'publisher-web', callbacks }] });
  const login = await worker.navigate(`${ISSUER}auth/publisher-web/login?returnTo=/demo/`, SCOPE);
  const location = async (response: Promise<Response> | null): Promise<string> =>
    (await response)?.headers.get('location') ?? '';
  await logIn(worker);
  const callback = await location(worker.navigate(login?.headers.get('location') ?? '', ''));
  expect(await location(worker.navigate(callback, ''))).toBe(SCOPE);
  const restarted = startWorker(SCOPE, { clients: [{ clientId: 'publisher-web', callbacks }] });
  const userinfo = await restarted.send(`${ISSUER}auth/userinfo`);
  expect(await userinfo?.json()).toMatchObject({ authenticated: true, given_name: 'Ada' });
});

test('without IndexedDB the mock works, and warns once that it will forget', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  const warnings: string[] = [];
  const worker = startWorker(SCOPE, { onWarning: (message) => warnings.push(message) });
  const callback = await logIn(worker);
  expect(callback.searchParams.get('code')).not.toBeNull();
  expect(warnings).toEqual([
    'IndexedDB is denied: the mock forgets its state when its worker stops.',
  ]);
});

test('a state of another version is removed with a warning', async () => {
  await set('mock', { snapshot: { version: 0 } }, createStore(`sesamy-mock ${ISSUER}`, 'state'));
  const warnings: string[] = [];
  const worker = startWorker(SCOPE, { onWarning: (message) => warnings.push(message) });
  const callback = await logIn(worker);
  expect(callback.searchParams.get('code')).not.toBeNull();
  expect(warnings).toEqual(['The saved state is of another version of the mock, and was removed.']);
});
