import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { createMockServer, type MockServer, UnknownOptionError } from '../src/index.js';
import { createWorld, readJson, type Tokens } from './support/world.js';

test('without requiresOfflineAccess every login gets a refresh token', async () => {
  const world = createWorld({ requiresOfflineAccess: false });
  const { refresh_token } = await world.tokens({ scope: 'openid' });
  expect((await world.refresh(refresh_token)).status).toBe(200);
});

test('with sendsIssParameter errors and codes carry iss', async () => {
  const world = createWorld({ sendsIssParameter: true });
  const refused = await world.authorize({ prompt: 'none' });
  const granted = await world.authorize({}, { cookie: world.cookie() });
  const issOf = (response: Response): string | null =>
    new URL(response.headers.get('location') ?? '').searchParams.get('iss');
  expect([issOf(refused), issOf(granted)]).toEqual(Array(2).fill('https://token.sesamy.com/'));
});

test('with sendsAuthenticationClaims access tokens carry auth_time and acr, after a refresh too', async () => {
  const world = createWorld({ sendsAuthenticationClaims: true });
  world.server.control.clock.freeze();
  const auth_time = Math.floor(world.server.control.clock.now() / 1000);
  const tokens = await world.tokens({
    scope: 'openid offline_access',
    acr_values: 'urn:loa:2 urn:loa:1',
  });
  expect(decodeJwt(tokens.access_token)).toMatchObject({ auth_time, acr: 'urn:loa:2' });
  world.server.control.clock.advance({ hours: 1 });
  const { access_token } = await readJson<Tokens>(await world.refresh(tokens.refresh_token));
  expect(decodeJwt(access_token)).toMatchObject({ auth_time, acr: 'urn:loa:2' });
});

test('with sendsAuthenticationClaims a login without requested context class gets acr 0', async () => {
  const { access_token } = await createWorld({ sendsAuthenticationClaims: true }).tokens();
  expect(decodeJwt(access_token)).toMatchObject({ acr: '0' });
});

test('without sendsAuthenticationClaims access tokens carry neither auth_time nor acr, as at Sesamy', async () => {
  const { access_token } = await createWorld().tokens({ acr_values: 'urn:loa:2', max_age: '60' });
  expect(decodeJwt(access_token)).not.toHaveProperty('auth_time');
  expect(decodeJwt(access_token)).not.toHaveProperty('acr');
});

test('with hasUserinfoCors a page of another origin may request userinfo', async () => {
  const world = createWorld({ hasUserinfoCors: true });
  const response = await world.send('/userinfo', {
    headers: { origin: 'https://app.example.com' },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
});

test('with enforcesRateLimits the client API responds with 429 beyond its burst until the minute is over', async () => {
  const world = createWorld({ enforcesRateLimits: true });
  world.server.control.clock.freeze();
  const send = async (): Promise<Response> => world.send('/profile');
  for (let count = 0; count < 500; count += 1) await send();
  const refused = await send();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  world.server.control.clock.advance({ minutes: 1 });
  expect((await send()).status).toBe(401);
});

test('every lifetime is configurable', async () => {
  const world = createWorld({
    lifetimes: { accessTokenSeconds: 60, refreshTokenIdleSeconds: 120 },
  });
  const tokens = await world.tokens();
  world.server.control.clock.advance({ seconds: 61 });
  const expired = await world.userinfo(tokens.access_token);
  const refreshed = await world.refresh(tokens.refresh_token);
  const { expires_in, refresh_token } = await readJson<Tokens>(refreshed);
  world.server.control.clock.advance({ seconds: 120 });
  expect([expired.status, expires_in, (await world.refresh(refresh_token)).status]).toEqual([
    401, 60, 400,
  ]);
});

test('a custom domain is a separate issuer, down to its tokens', async () => {
  const world = createWorld({ customDomains: ['https://login.publisher.test/'] });
  const discovery = await world.send(
    'https://login.publisher.test/.well-known/openid-configuration',
  );
  expect(await readJson(discovery)).toMatchObject({
    issuer: 'https://login.publisher.test/',
    token_endpoint: 'https://login.publisher.test/oauth/token',
  });
  const url = world.authorizeUrl();
  url.host = 'login.publisher.test';
  const callback = new URL(
    await world.server.control.signIn({ authorizationUrl: url, user: 'ada' }),
  );
  const { id_token = '' } = await readJson<Tokens>(
    await world.exchange(callback.searchParams.get('code') ?? ''),
  );
  expect(decodeJwt(id_token).iss).toBe('https://login.publisher.test/');
});

test.each<[option: string, suggestion: string | null, options: object]>([
  ['client', 'clients', { client: [] }],
  ['acessTokenSeconds', null, { acessTokenSeconds: 60 }],
  [
    'lifetimes.acessTokenSeconds',
    'lifetimes.accessTokenSeconds',
    { lifetimes: { acessTokenSeconds: 60 } },
  ],
  [
    'clients[1].callback',
    'clients[1].callbacks',
    { clients: [{ clientId: 'a' }, { clientId: 'b', callback: [] }] },
  ],
  [
    'clients[0].refreshToken.rotaton',
    'clients[0].refreshToken.rotation',
    { clients: [{ clientId: 'a', refreshToken: { rotaton: 'rotating', leewaySeconds: 0 } }] },
  ],
  ['users[1].emial', 'users[1].email', { users: [{ id: 'a' }, { id: 'b', emial: 'b@c.de' }] }],
  [
    'users[0].billingAddress.contry',
    'users[0].billingAddress.country',
    { users: [{ id: 'a', billingAddress: { contry: 'SE' } }] },
  ],
  [
    'users[0].standardClaims.birthday',
    'users[0].standardClaims.birthdate',
    { users: [{ id: 'a', standardClaims: { birthday: '1815-12-10' } }] },
  ],
  ['users[0].plan', null, { users: [{ id: 'a', plan: 'gold' }] }],
])(
  'the unknown option %s throws an error that names it and suggests %j',
  (option, suggestion, options) => {
    const create = (): unknown => createMockServer(options);
    expect(create).toThrow(UnknownOptionError);
    expect(create).toThrow(expect.objectContaining({ option, suggestion }));
    expect(create).toThrow(`"${option}"`);
  },
);

test.each<[call: string, run: (control: MockServer['control'], misspelt: object) => unknown]>([
  ['users.add', ({ users }, misspelt) => users.add({ id: 'eve', ...misspelt })],
  ['users.update', ({ users }, misspelt) => users.update('ada', misspelt)],
])('control.%s throws an error that names an unknown field and suggests another', (_call, run) => {
  const { control } = createMockServer();
  expect(() => run(control, { emial: 'a@b.cd' })).toThrow(
    expect.objectContaining({ name: 'UnknownOptionError', option: 'emial', suggestion: 'email' }),
  );
  expect(control.users.list().map(({ id }) => id)).toEqual(['ada', 'grace', 'alan']);
});

test('a user that control lists can be added to another server', () => {
  const [ada] = createMockServer().control.users.list();
  expect(createMockServer({ users: [ada!] }).control.users.list()).toEqual([ada]);
});

test('reconfigure refuses an unknown option, and changes nothing', async () => {
  const server = createMockServer();
  const changes: object = { vendorId: 'other', user: [] };
  expect(() => server.reconfigure(changes)).toThrow(UnknownOptionError);
  expect(server.control.users.list()).toHaveLength(3);
});
