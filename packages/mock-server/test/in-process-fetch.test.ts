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
  ])('%s', async (_what, input) => {
    const response = await server.fetch(input);
    expect(response).toMatchObject(HEALTHY);
    expect(await readJson(response)).toMatchObject({ issuer: `${ORIGIN}/` });
  });

  test('a URL with method, headers and body', async () => {
    const response = await server.fetch(`${ORIGIN}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&client_id=steady&refresh_token=unknown',
    });
    expect(await readJson(response)).toMatchObject({ error: 'invalid_grant' });
  });

  test('a Request whose headers the second argument replaces', async () => {
    const { server: own, tokens } = createWorld();
    const { access_token } = await tokens();
    const request = new Request(`${ORIGIN}/userinfo`, { headers: { authorization: 'Bearer no' } });
    const headers = { authorization: `Bearer ${access_token}` };
    expect(await own.fetch(request, { headers })).toMatchObject(HEALTHY);
  });

  test('as the fetch of the whole environment', async () => {
    vi.stubGlobal('fetch', server.fetch);
    expect(await fetch(DISCOVERY)).toMatchObject(HEALTHY);
  });

  test('a relative URL where there is a page', async () => {
    vi.stubGlobal('document', { baseURI: `${ORIGIN}/app/` });
    expect(await server.fetch('/.well-known/openid-configuration')).toMatchObject(HEALTHY);
  });

  test('and rejects with a TypeError what is no URL', async () => {
    await expect(server.fetch('no address')).rejects.toThrow(TypeError);
  });

  test('but returns a redirect, which leads to the app', async () => {
    const { authorizeUrl } = createWorld();
    expect(await server.fetch(authorizeUrl({ prompt: 'none' }))).toMatchObject({ status: 302 });
  });

  test("and rejects a redirect where the request says redirect: 'error'", async () => {
    const { authorizeUrl } = createWorld();
    const asked = server.fetch(authorizeUrl({ prompt: 'none' }), { redirect: 'error' });
    await expect(asked).rejects.toThrow(TypeError);
  });
});

describe('server.fetch heeds the signal', () => {
  const hanging = createMockServer();
  hanging.control.faults.add({ hang: true, times: 'until-cleared' });

  test('of the second argument while the server is silent', async () => {
    const stop = new AbortController();
    const asked = hanging.fetch(DISCOVERY, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  test('of a Request while the server is silent', async () => {
    const stop = new AbortController();
    const asked = hanging.fetch(new Request(DISCOVERY, { signal: stop.signal }));
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('that is aborted already, before anything is asked', async () => {
    const { server } = createWorld();
    const asked = server.fetch(DISCOVERY, { signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.control.requests.list()).toEqual([]);
  });
});

describe("server.fetch takes a test environment's own classes", () => {
  const page = new Window({ url: 'https://app.example.com/' });
  /** In such an environment these classes are typed as the platform's. */
  const asRequest = (request: unknown): Request => request as Request;
  const asForm = (form: unknown): URLSearchParams => form as URLSearchParams;
  const asSignal = (signal: unknown): AbortSignal => signal as AbortSignal;

  test('a Request of another class, with its headers and body', async () => {
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

  test('a Request of another class whose headers the second argument replaces', async () => {
    const { server, tokens } = createWorld();
    const { access_token } = await tokens();
    const request = asRequest(new page.Request(`${ORIGIN}/userinfo`));
    const headers = { authorization: `Bearer ${access_token}` };
    expect(await server.fetch(request, { headers })).toMatchObject(HEALTHY);
  });

  test('a form of another class', async () => {
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

  test('a URL of another class', async () => {
    const { server } = createWorld();
    const url = { href: DISCOVERY, toString: () => DISCOVERY };
    expect(await server.fetch(url as URL)).toMatchObject(HEALTHY);
  });

  test('an AbortSignal of another class', async () => {
    const server = createMockServer();
    server.control.faults.add({ hang: true });
    const stop = new page.AbortController();
    const asked = server.fetch(DISCOVERY, { signal: asSignal(stop.signal) });
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
