import { expect, test } from 'vitest';
import { createMockServer, type MockServerOptions } from '../src/index.js';

const options: MockServerOptions = {
  users: [{ id: 'kim', firstName: 'Kim' }, { id: 'lee' }],
  clients: [
    { clientId: 'web', callbacks: ['http://localhost:3000/'] },
    { clientId: 'backend', type: 'management', clientSecret: 'configured' },
  ],
};

test('new options keep sessions and additions by control, and remove what they no longer name', () => {
  const server = createMockServer(options);
  server.control.users.add({ id: 'max' });
  server.control.sessions.start({ user: 'lee' });
  server.reconfigure({ ...options, users: [{ id: 'lee' }, { id: 'noa' }], fidelity: 'engine' });
  const ids = server.control.users.list().map(({ id }) => id);
  expect(ids.toSorted()).toEqual(['lee', 'max', 'noa']);
  expect(server.control.sessions.list()).toHaveLength(1);
});

test('an edited profile survives an unrelated change', () => {
  const server = createMockServer(options);
  server.control.users.update('kim', { nickname: 'K', company: 'Sample' });
  server.reconfigure({ ...options, users: [{ id: 'kim', firstName: 'Kim', locale: 'sv-SE' }] });
  expect(server.control.users.get('kim')).toMatchObject({
    nickname: 'K',
    company: 'Sample',
    locale: 'sv-SE',
  });
});

test('a field changed by the new options is set, and a dropped one is removed', () => {
  const server = createMockServer({ ...options, users: [{ id: 'kim', locale: 'sv-SE' }] });
  server.control.users.update('kim', { email: 'edited@example.com' });
  server.reconfigure({ ...options, users: [{ id: 'kim', email: 'configured@example.com' }] });
  const kim = server.control.users.get('kim');
  expect([kim.email, kim.locale]).toEqual(['configured@example.com', undefined]);
});

test('a rotated secret survives an unrelated change', async () => {
  const server = createMockServer(options);
  const client_secret = server.control.clients.rotateSecret('backend');
  server.reconfigure({ ...options, users: [{ id: 'kim', firstName: 'Kimberly' }] });
  const response = await server.fetch('https://token.sesamy.com/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'backend',
      client_secret,
      audience: 'https://api.sesamy.com',
    }),
  });
  expect(response.status).toBe(200);
});

test('a client that control removed stays removed until the options change it', () => {
  const server = createMockServer(options);
  server.control.clients.remove('web');
  server.reconfigure({ ...options, fidelity: 'engine' });
  expect(server.control.clients.list().map(({ clientId }) => clientId)).toEqual(['backend']);
  server.reconfigure({ ...options, clients: [{ clientId: 'web', name: 'New' }] });
  expect(server.control.clients.list().map(({ clientId }) => clientId)).toEqual(['web']);
});

test('options with an invalid issuer are rejected and change nothing', () => {
  const server = createMockServer(options);
  expect(() => server.reconfigure({ users: [], issuer: 'https://exa mple.com/' })).toThrow(
    'must be an http(s) URL that ends with "/"',
  );
  expect(server.control.users.list()).toHaveLength(2);
});

test('without a configured issuer the address listened on is the issuer again', async () => {
  const server = createMockServer({ issuer: 'https://login.publisher.test/' });
  const { url } = await server.listen();
  server.reconfigure({});
  await server.close();
  expect(server.issuer).toBe(url);
});
