import { createBackend, readConfig, startBackend } from '@sesamy-kit/backend';
import type { BackendConfig } from '@sesamy-kit/backend';
import { createMockServer } from '@sesamy-kit/mock-server';
import type { MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userToken } from './user-token.js';

const clientSecret = 'backend-secret';
const page = 'https://app.example.com';

let mock: MockServer;

beforeEach(() => {
  mock = createMockServer({
    vendorId: 'tidewaiter',
    clients: [
      { clientId: 'publisher-web', callbacks: [`${page}/`] },
      { clientId: 'demo-backend', type: 'management', clientSecret },
    ],
  });
});

function configOf(changes: Partial<BackendConfig> = {}): BackendConfig {
  return {
    publisherId: 'tidewaiter',
    clientId: 'demo-backend',
    clientSecret,
    allowedOrigins: [page],
    log: () => undefined,
    fetch: (input, init) => mock.fetch(new Request(input, init)),
    ...changes,
  };
}

async function call(
  path: string,
  user?: string,
  config = configOf(),
  method = 'GET',
): Promise<Response> {
  const headers = new Headers({ origin: page });
  if (user !== undefined) headers.set('authorization', `Bearer ${await userToken(mock, user)}`);
  return createBackend(config).fetch(
    new Request(`https://backend.test${path}`, { method, headers }),
  );
}

describe('GET /api/me', () => {
  test('GET /api/me returns the signed-in user', async () => {
    const response = await call('/api/me', 'ada');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      subject: 'email|ada',
      email: 'ada@example.com',
      permissions: ['publishers:read'],
    });
  });

  test('GET /api/me rejects everyone else, readable by the page', async () => {
    const response = await call('/api/me');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  test('GET /api/me rejects users of another publisher', async () => {
    const response = await call('/api/me', 'ada', configOf({ publisherId: 'rival' }));
    expect(response.status).toBe(401);
  });

  test('GET /api/me allows the page’s preflight', async () => {
    const response = await call('/api/me', undefined, configOf(), 'OPTIONS');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  test('GET /api/me cannot be read by other pages', async () => {
    const response = await call(
      '/api/me',
      'ada',
      configOf({ allowedOrigins: ['https://other.example'] }),
    );
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('GET /api/publishers', () => {
  test('GET /api/publishers lists Sesamy’s publishers for a user with the permission', async () => {
    const response = await call('/api/publishers', 'ada');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject([{ id: 'tidewaiter' }, { id: 'evening-sample' }]);
  });

  test('GET /api/publishers rejects a user without the permission', async () => {
    const response = await call('/api/publishers', 'grace');
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  test('GET /api/publishers hides the details of a failure at Sesamy', async () => {
    const log = vi.fn<(error: unknown) => void>();
    const config = configOf({ clientSecret: 'wrong-secret', log });
    const response = await call('/api/publishers', 'ada', config);
    expect(response.status).toBe(502);
    expect(await response.text()).not.toMatch(/secret|dashboard/);
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ code: 'invalid_client' }));
    expect(JSON.stringify(log.mock.calls)).not.toContain('wrong-secret');
  });

  test('GET /api/publishers passes Retry-After on', async () => {
    mock.control.faults.add({
      endpoint: 'management',
      status: 429,
      // More than a minute fails immediately; one window is passed on.
      headers: { 'retry-after': '90' },
    });
    const response = await call('/api/publishers', 'ada');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('60');
  });
});

test('the whole path works over sockets', async () => {
  const { url: issuer } = await mock.listen({ port: 0 });
  const { fetch: _, ...config } = configOf({ issuer, apiUrl: issuer.slice(0, -1) });
  const backend = await startBackend({ ...config, port: 0 });
  try {
    const headers = { authorization: `Bearer ${await userToken(mock, 'ada')}` };
    const response = await fetch(`${backend.url}/api/publishers`, { headers });
    expect(await response.json()).toHaveLength(2);
  } finally {
    await Promise.all([backend.close(), mock.close()]);
  }
});

describe('the configuration', () => {
  const env = {
    SESAMY_PUBLISHER_ID: 'tidewaiter',
    SESAMY_CLIENT_ID: 'id',
    SESAMY_CLIENT_SECRET: 'hush',
    ALLOWED_ORIGINS: 'https://a.test, https://b.test',
  };

  test('the configuration is read from the environment', () => {
    expect(readConfig(env)).toMatchObject({
      clientId: 'id',
      allowedOrigins: ['https://a.test', 'https://b.test'],
    });
  });

  test('the configuration error names all missing variables', () => {
    expect(() => readConfig({ SESAMY_CLIENT_ID: 'id' })).toThrow(
      /SESAMY_PUBLISHER_ID, SESAMY_CLIENT_SECRET, ALLOWED_ORIGINS.*\.env\.example/,
    );
  });

  test.each([
    ['8080', 8080],
    ['0', 0],
    ['', 4500],
    [undefined, 4500],
  ])('the configuration takes PORT=%s as port %s', (PORT, port) => {
    expect(readConfig({ ...env, PORT }).port).toBe(port);
  });

  test.each(['abc', '70000', '-1', '1.5'])(
    'the configuration rejects PORT=%s with a readable message',
    (PORT) => {
      expect(() => readConfig({ ...env, PORT })).toThrow(
        `PORT must be a number from 0 to 65535, not "${PORT}".`,
      );
    },
  );
});

describe('POST /api/signatures', () => {
  beforeEach(() => {
    mock = createMockServer({
      vendorId: 'tidewaiter',
      sendsAuthenticationClaims: true,
      clients: [{ clientId: 'publisher-web', callbacks: [`${page}/`] }],
    });
  });

  async function sign(params: Readonly<Record<string, string>>): Promise<Response> {
    const token = await userToken(mock, 'ada', params);
    const headers = { origin: page, authorization: `Bearer ${token}` };
    return createBackend(configOf()).fetch(
      new Request('https://backend.test/api/signatures', { method: 'POST', headers }),
    );
  }

  test('POST /api/signatures requires a stronger login, which the page can read', async () => {
    const response = await sign({});
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toContain('error="insufficient_user_authentication"');
    expect(challenge).toContain('acr_values="mfa"');
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  test('POST /api/signatures accepts a user who has logged in with it', async () => {
    const response = await sign({ acr_values: 'mfa' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ signedAt: expect.stringMatching(/^\d{4}-/) });
  });
});
