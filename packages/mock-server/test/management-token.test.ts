import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { createMockServer, type Fidelity, type MockServer } from '../src/index.js';

const secret = 'management-secret';

function serverOf(fidelity: Fidelity = 'documented'): MockServer {
  return createMockServer({
    fidelity,
    clients: [
      {
        clientId: 'backend',
        type: 'management',
        clientSecret: secret,
        scopes: ['domains:read', 'paywalls:read'],
      },
      { clientId: 'bare', type: 'management', clientSecret: secret },
      { clientId: 'secretless', type: 'management' },
      { clientId: 'site', type: 'web', clientSecret: secret },
      { clientId: 'retired', type: 'management', clientSecret: secret, isActive: false },
    ],
  });
}

function requestToken(
  server: MockServer,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return server.fetch(
    new Request('https://token.sesamy.com/oauth/token', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ grant_type: 'client_credentials', ...params }),
    }),
  );
}

const good = { client_id: 'backend', client_secret: secret, audience: 'https://api.sesamy.com' };

describe('a token of client credentials', () => {
  test('a client credentials token lasts a day and names the application, the publisher and all its scopes', async () => {
    const response = await requestToken(serverOf(), good);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { access_token, ...rest } = (await response.json()) as { access_token: string };
    expect(rest).toEqual({
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: 'domains:read paywalls:read',
    });
    const claims = decodeJwt(access_token);
    expect(claims).toMatchObject({
      iss: 'https://token.sesamy.com/',
      sub: 'backend',
      aud: 'https://api.sesamy.com',
      vendor_id: 'publisher',
      scope: 'domains:read paywalls:read',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(86_400);
    expect(claims['sid']).toBeUndefined();
  });

  test('a client credentials token is the same for form, JSON and Basic', async () => {
    const server = serverOf();
    const basic = await requestToken(
      server,
      { audience: good.audience },
      { authorization: `Basic ${btoa(`backend:${secret}`)}` },
    );
    const json = await server.fetch(
      new Request('https://token.sesamy.com/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ grant_type: 'client_credentials', ...good }),
      }),
    );
    expect([basic.status, json.status]).toEqual([200, 200]);
  });

  test('a client credentials token has the default audience if none is requested', async () => {
    const response = await requestToken(serverOf(), {
      client_id: 'backend',
      client_secret: secret,
    });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(access_token).aud).toBe('https://api.sesamy.com');
  });

  test('a client credentials token has only the requested scopes', async () => {
    const response = await requestToken(serverOf(), { ...good, scope: 'domains:read' });
    expect(await response.json()).toMatchObject({ scope: 'domains:read' });
  });

  test('a token response has no scope from the engine or for an application without scopes', async () => {
    expect(await (await requestToken(serverOf('engine'), good)).json()).not.toHaveProperty('scope');
    expect(
      await (await requestToken(serverOf(), { ...good, client_id: 'bare' })).json(),
    ).not.toHaveProperty('scope');
  });

  test('a planned fault changes a client credentials token', async () => {
    const server = serverOf();
    server.control.faults.add({
      endpoint: 'token',
      grant: 'client_credentials',
      tokenAnswer: 'expires-in-text',
    });
    expect(await (await requestToken(server, good)).json()).toMatchObject({ expires_in: '86400' });
  });
});

describe('a rejected token request', () => {
  const invalid = { status: 401, body: { error: 'invalid_client' } };
  const denied = { status: 403, body: { error: 'access_denied' } };
  const say = (status: number, message: string): object => ({ status, body: { message } });

  test.each<[string, Record<string, string>, object, object]>([
    [
      'with a wrong secret',
      { ...good, client_secret: 'no' },
      invalid,
      say(403, 'Invalid client credentials'),
    ],
    [
      'with an unknown client',
      { ...good, client_id: 'nobody' },
      invalid,
      say(403, 'Client not found'),
    ],
    [
      'of an inactive client',
      { ...good, client_id: 'retired' },
      invalid,
      say(403, 'Client not found'),
    ],
    ['without a secret', { client_id: 'backend' }, invalid, say(401, 'client_secret is required')],
    [
      'with a code verifier for a secret',
      { client_id: 'backend', code_verifier: 'v'.repeat(43) },
      invalid,
      say(401, 'client_secret is required'),
    ],
    [
      'of a client without a secret',
      { client_id: 'secretless' },
      invalid,
      say(401, 'Client authentication failed'),
    ],
    [
      'of a client of another type',
      { ...good, client_id: 'site' },
      { status: 400, body: { error: 'unauthorized_client' } },
      { status: 400, body: { error: 'unauthorized_client' } },
    ],
    ['for a scope that was not granted', { ...good, scope: 'domains:write' }, denied, denied],
  ])(
    'a token request is rejected in both fidelities: %s',
    async (_, params, documented, engine) => {
      for (const [fidelity, expected] of [
        ['documented', documented],
        ['engine', engine],
      ] as const) {
        const response = await requestToken(serverOf(fidelity), params);
        expect({ status: response.status, body: await response.json() }).toMatchObject(expected);
      }
    },
  );

  test('a token request for an unknown audience is rejected; the engine issues a token without scopes instead', async () => {
    const params = { ...good, audience: 'https://other.example', scope: 'products:read' };
    const documented = await requestToken(serverOf(), params);
    expect({ status: documented.status, body: await documented.json() }).toMatchObject(denied);
    const { access_token } = (await (await requestToken(serverOf('engine'), params)).json()) as {
      access_token: string;
    };
    expect(decodeJwt(access_token)).toMatchObject({ aud: params.audience, scope: '' });
  });

  test('a token request with Auth0’s audience is rejected with the right one named', async () => {
    const response = await requestToken(serverOf(), {
      ...good,
      audience: 'https://auth.sesamy.com/api/v2/',
    });
    expect(await response.json()).toMatchObject({
      error_description: expect.stringMatching(
        /Auth0’s|Auth0's own API.*Use https:\/\/api\.sesamy\.com/,
      ) as string,
    });
  });

  test('a token request is rejected from revocation until activation or a new secret', async () => {
    const server = serverOf();
    server.control.clients.disable('backend');
    expect((await requestToken(server, good)).status).toBe(401);
    server.control.clients.enable('backend');
    expect((await requestToken(server, good)).status).toBe(200);
    const next = server.control.clients.rotateSecret('backend');
    expect((await requestToken(server, good)).status).toBe(401);
    expect((await requestToken(server, { ...good, client_secret: next })).status).toBe(200);
  });
});

test('secrets are neither in the list of clients nor in a snapshot', async () => {
  const server = serverOf();
  const fresh = server.control.clients.rotateSecret('bare');
  const kept = JSON.stringify([server.control.clients.list(), server.control.snapshot()]);
  expect(kept).not.toContain(secret);
  expect(kept).not.toContain(fresh);
  server.control.restore(server.control.snapshot());
  expect(
    (await requestToken(server, { ...good, client_id: 'bare', client_secret: fresh })).status,
  ).toBe(200);
});
