import { Window } from 'happy-dom';
import { describe, expect, test, vi } from 'vitest';
import { createMockServer } from '../src/index.js';
import { createWorld, ORIGIN, readJson } from './support/world.js';

const DISCOVERY = `${ORIGIN}/.well-known/openid-configuration`;
const HEALTHY = { status: 200 };

describe('server.fetch takes what fetch takes', () => {
  const { server } = createWorld();

  test.each<[string, RequestInfo | URL]>([
    ['a string', DISCOVERY],
    ['a URL', new URL(DISCOVERY)],
    ['a Request', new Request(DISCOVERY)],
  ])('server.fetch accepts %s', async (_what, input) => {
    const response = await server.fetch(input);
    expect(response).toMatchObject(HEALTHY);
    expect(await readJson(response)).toMatchObject({ issuer: `${ORIGIN}/` });
  });

  test('server.fetch accepts a URL with method, headers and body', async () => {
    const response = await server.fetch(`${ORIGIN}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&client_id=steady&refresh_token=unknown',
    });
    expect(await readJson(response)).toMatchObject({ error: 'invalid_grant' });
  });

  test('server.fetch accepts a Request whose headers the second argument replaces', async () => {
    const { server: own, tokens } = createWorld();
    const { access_token } = await tokens();
    const request = new Request(`${ORIGIN}/userinfo`, { headers: { authorization: 'Bearer no' } });
    const headers = { authorization: `Bearer ${access_token}` };
    expect(await own.fetch(request, { headers })).toMatchObject(HEALTHY);
  });

  test('server.fetch can replace the global fetch', async () => {
    vi.stubGlobal('fetch', server.fetch);
    expect(await fetch(DISCOVERY)).toMatchObject(HEALTHY);
  });

  test('server.fetch resolves a relative URL where there is a page', async () => {
    vi.stubGlobal('document', { baseURI: `${ORIGIN}/app/` });
    expect(await server.fetch('/.well-known/openid-configuration')).toMatchObject(HEALTHY);
  });

  test('server.fetch rejects with a TypeError for an invalid URL', async () => {
    await expect(server.fetch('no address')).rejects.toThrow(TypeError);
  });

  test('server.fetch returns a redirect, which leads to the app', async () => {
    const { authorizeUrl } = createWorld();
    expect(await server.fetch(authorizeUrl({ prompt: 'none' }))).toMatchObject({ status: 302 });
  });

  test("server.fetch rejects a redirect where the request says redirect: 'error'", async () => {
    const { authorizeUrl } = createWorld();
    const pending = server.fetch(authorizeUrl({ prompt: 'none' }), { redirect: 'error' });
    await expect(pending).rejects.toThrow(TypeError);
  });
});

describe('server.fetch heeds the signal', () => {
  const hanging = createMockServer();
  hanging.control.faults.add({ hang: true, times: 'until-cleared' });

  test('server.fetch respects the signal of the second argument while the server hangs', async () => {
    const stop = new AbortController();
    const pending = hanging.fetch(DISCOVERY, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });

  test('server.fetch respects the signal of a Request while the server hangs', async () => {
    const stop = new AbortController();
    const pending = hanging.fetch(new Request(DISCOVERY, { signal: stop.signal }));
    stop.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('server.fetch rejects without a request if the signal is already aborted', async () => {
    const { server } = createWorld();
    const pending = server.fetch(DISCOVERY, { signal: AbortSignal.abort() });
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.control.requests.list()).toEqual([]);
  });
});

describe("server.fetch takes a test environment's own classes", () => {
  const page = new Window({ url: 'https://app.example.com/' });
  /** In such an environment these classes are typed as the platform's. */
  const asRequest = (request: unknown): Request => request as Request;
  const asForm = (form: unknown): URLSearchParams => form as URLSearchParams;
  const asSignal = (signal: unknown): AbortSignal => signal as AbortSignal;

  test('server.fetch accepts a Request of another class, with its headers and body', async () => {
    const { server, code } = createWorld();
    const params = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      code: await code(),
      redirect_uri: 'https://app.example.com/callback',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    });
    const request = new page.Request(`${ORIGIN}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: params.toString(),
    });
    expect(await server.fetch(asRequest(request))).toMatchObject(HEALTHY);
  });

  test('server.fetch accepts a Request of another class whose headers the second argument replaces', async () => {
    const { server, tokens } = createWorld();
    const { access_token } = await tokens();
    const request = asRequest(new page.Request(`${ORIGIN}/userinfo`));
    const headers = { authorization: `Bearer ${access_token}` };
    expect(await server.fetch(request, { headers })).toMatchObject(HEALTHY);
  });

  test('server.fetch accepts a form of another class', async () => {
    const { server } = createWorld();
    const form = {
      [Symbol.toStringTag]: 'URLSearchParams',
      toString: () => 'grant_type=refresh_token&client_id=steady&refresh_token=unknown',
    };
    const response = await server.fetch(`${ORIGIN}/oauth/token`, {
      method: 'POST',
      body: asForm(form),
    });
    expect(await readJson(response)).toMatchObject({ error: 'invalid_grant' });
  });

  test('server.fetch accepts a URL of another class', async () => {
    const { server } = createWorld();
    const url = { href: DISCOVERY, toString: () => DISCOVERY };
    expect(await server.fetch(url as URL)).toMatchObject(HEALTHY);
  });

  test('server.fetch accepts an AbortSignal of another class', async () => {
    const server = createMockServer();
    server.control.faults.add({ hang: true });
    const stop = new page.AbortController();
    const pending = server.fetch(DISCOVERY, { signal: asSignal(stop.signal) });
    stop.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
  });
});
