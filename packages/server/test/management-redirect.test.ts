import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManagementClient } from '@sesamy-kit/server/management';
import { afterEach, expect, test } from 'vitest';
import { clientSecret, failureOf } from './client-double.js';
import { tokenResponse } from './sesamy-double.js';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(
  respond: (path: string) => { status: number; location?: string; body?: object },
): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString() + (request.headers.authorization ?? ''));
      const { status, location, body } = respond(request.url ?? '');
      const headers = {
        'content-type': 'application/json',
        ...(location === undefined ? {} : { location }),
      };
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

test('a redirect does not receive the secret', async () => {
  const thief = await serve(() => ({ status: 200, body: tokenResponse('stolen') }));
  const sesamy = await serve(() => ({ status: 307, location: `${thief.url}/oauth/token` }));
  const client = new ManagementClient({
    clientId: 'backend',
    clientSecret,
    issuer: `${sesamy.url}/`,
    apiUrl: sesamy.url,
  });
  expect(await failureOf(client.publishers.list())).toMatchObject({
    code: 'unexpected_response',
    status: 307,
  });
  expect(thief.bodies).toEqual([]);
});

test('a redirect receives neither the access token nor the request body', async () => {
  const thief = await serve(() => ({ status: 200, body: {} }));
  const sesamy = await serve((path) =>
    path === '/oauth/token'
      ? { status: 200, body: tokenResponse('token-1') }
      : { status: 308, location: `${thief.url}${path}` },
  );
  const client = new ManagementClient({
    clientId: 'backend',
    clientSecret,
    issuer: `${sesamy.url}/`,
    apiUrl: sesamy.url,
  });
  expect(await failureOf(client.users.setPassword('1', 'hush'))).toMatchObject({
    code: 'unexpected_response',
  });
  expect(thief.bodies).toEqual([]);
});
