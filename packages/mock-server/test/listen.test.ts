import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';

const open: MockServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function create(...options: Parameters<typeof createMockServer>): MockServer {
  const server = createMockServer(...options);
  open.push(server);
  return server;
}

test('the issuer follows a random port and ends with a slash', async () => {
  const server = create();
  const { url, port } = await server.listen();
  const discovery = await (await fetch(`${url}.well-known/openid-configuration`)).json();
  expect([url, server.issuer, discovery.issuer]).toEqual(
    Array(3).fill(`http://localhost:${port}/`),
  );
});

test('a configured issuer does not change with the address', async () => {
  const server = create({ issuer: 'https://login.publisher.test/' });
  const { url } = await server.listen();
  const discovery = await (await fetch(`${url}.well-known/openid-configuration`)).json();
  expect(discovery.issuer).toBe('https://login.publisher.test/');
});

test('the requested loopback name is the issuer', async () => {
  const server = create();
  const { port } = await server.listen({ hostname: '127.0.0.1' });
  const discovery = await (
    await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`)
  ).json();
  expect(discovery.issuer).toBe(`http://127.0.0.1:${port}/`);
});

test('a name below localhost is an issuer, another host is not', async () => {
  const server = create();
  const { url, port } = await server.listen();
  const issuerAt = async (origin: string): Promise<unknown> => {
    const response = await server.fetch(new Request(`${origin}/.well-known/openid-configuration`));
    const { issuer }: { issuer: unknown } = await response.json();
    return issuer;
  };
  expect(await issuerAt(`http://login.app.localhost:${port}`)).toBe(
    `http://login.app.localhost:${port}/`,
  );
  expect(await issuerAt('https://token.sesamy.com')).toBe(url);
});

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((each) => each?.address === '::1');

test.each(['0.0.0.0', ...(hasIpv6 ? ['::'] : [])])(
  'listening on %s uses localhost as issuer',
  async (hostname) => {
    const server = create();
    const { url, port } = await server.listen({ hostname });
    expect([url, server.issuer]).toEqual(Array(2).fill(`http://localhost:${port}/`));
  },
);

test.skipIf(!hasIpv6)('an IPv6 address is in brackets in the issuer', async () => {
  const server = create();
  const { url, port } = await server.listen({ hostname: '::1' });
  expect(url).toBe(`http://[::1]:${port}/`);
});

test.each(['no-such-host.invalid', '192.0.2.1'])(
  'the host %s, which is not this machine, is rejected with a readable message',
  async (hostname) => {
    await expect(create().listen({ hostname })).rejects.toThrow(
      `"${hostname}" is not a host name or address of this machine.`,
    );
  },
);

test('a port in use is reported in a sentence', async () => {
  const { port } = await create().listen();
  await expect(create().listen({ port })).rejects.toThrow(`Port ${port} is in use`);
});

test('a planned reset destroys the socket', async () => {
  const server = create();
  const { url } = await server.listen();
  server.control.faults.add({ endpoint: 'jwks', reset: true });
  await expect(fetch(`${url}.well-known/jwks.json`)).rejects.toThrow('fetch failed');
  expect((await fetch(`${url}.well-known/jwks.json`)).status).toBe(200);
});

test('a server closes immediately although a request hangs', async () => {
  const server = create({ onWarning: () => undefined });
  const { url } = await server.listen();
  server.control.faults.add({ endpoint: 'jwks', hang: true });
  const hanging = fetch(`${url}.well-known/jwks.json`).catch(() => 'cut');
  await expect.poll(() => server.control.faults.list()[0]?.hits).toBe(1);
  await server.close();
  expect(await hanging).toBe('cut');
});

test.each(['token.sesamy.com', 'https://x.example?y/', 'https://x.example'])(
  'the issuer "%s" is rejected',
  (issuer) => {
    expect(() => createMockServer({ issuer })).toThrow('must be an http(s) URL that ends with "/"');
  },
);
