import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createMockServer } from '../../src/index.js';

/** Sesamy's documented program, unmodified but for the domain. */
const PROGRAM = `
  import { ManagementClient } from 'auth0';
  const client = new ManagementClient({
    domain: process.env.DOMAIN,
    clientId: 'backend',
    clientSecret: 'management-secret',
    audience: 'https://api.sesamy.com',
  });
  const { data } = await client.users.list();
  console.log(data.map(({ email }) => email).join());
`;

test('auth0 works over https, trusting the certificate that the server created', async () => {
  const server = createMockServer({
    clients: [{ clientId: 'backend', type: 'management', clientSecret: 'management-secret' }],
  });
  const { port, caPath } = await server.listen({ isHttps: true });
  const args = ['--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, DOMAIN: `localhost:${port}`, NODE_EXTRA_CA_CERTS: caPath ?? '' },
    timeout: 60_000,
  });
  await server.close();
  expect(stdout.trim()).toBe('ada@example.com,grace@example.com,alan@example.com');
}, 180_000);
