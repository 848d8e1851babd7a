// The mock itself, on a port.
import { createMockServer } from '@sesamy-kit/mock-server';

/** Starts the server; returns its issuer and the cookie of a browser that is signed in. */
export async function start() {
  const server = createMockServer({
    clients: [{ clientId: 'bench', callbacks: ['http://127.0.0.1:9/callback'] }],
  });
  const { url } = await server.listen({ hostname: '127.0.0.1' });
  const { name, value } = server.control.sessions.start({ user: 'ada' }).cookie;
  return { issuer: url, cookie: `${name}=${value}` };
}
