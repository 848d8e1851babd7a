import { ManagementClient } from 'auth0';
import { expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../../src/index.js';

const SECRET = 'management-secret';

test('auth0: ten concurrent calls make one token request and list the users', async () => {
  const server = create();
  const client = clientOf(server, SECRET);
  const pages = await Promise.all(Array.from({ length: 10 }, () => client.users.list()));
  expect(pages[0]?.data.map(({ email }) => email)).toContain('ada@example.com');
  expect(server.control.requests.count({ endpoint: 'token' })).toBe(1);
});

test('auth0: a wrong secret is rejected with Sesamy’s message', async () => {
  const server = create();
  await expect(clientOf(server, 'wrong').users.list()).rejects.toMatchObject({ statusCode: 401 });
});

test('auth0: a revoked application is rejected', async () => {
  const server = create();
  server.control.clients.disable('backend');
  await expect(clientOf(server, SECRET).users.list()).rejects.toMatchObject({ statusCode: 401 });
});

function create(): MockServer {
  return createMockServer({
    clients: [{ clientId: 'backend', type: 'management', clientSecret: SECRET }],
  });
}

function clientOf(server: MockServer, clientSecret: string): ManagementClient {
  return new ManagementClient({
    domain: 'token.sesamy.com',
    clientId: 'backend',
    clientSecret,
    audience: 'https://api.sesamy.com',
    fetch: (input: RequestInfo | URL, init?: RequestInit) => server.fetch(new Request(input, init)),
  });
}
