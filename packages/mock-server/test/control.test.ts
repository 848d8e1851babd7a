import { describe, expect, test } from 'vitest';
import { ControlError, createMockServer } from '../src/index.js';
import { CALLBACK, createWorld, readJson, type Tokens } from './support/world.js';

describe('clock', () => {
  test('advancing the clock by 31 days expires everything', async () => {
    const world = createWorld();
    const cookie = world.cookie();
    const tokens = await world.tokens();
    world.server.control.clock.advance({ days: 31 });
    const responses = [
      await world.refresh(tokens.refresh_token),
      await world.userinfo(tokens.access_token),
      await world.authorize({ prompt: 'none' }, { cookie }),
    ];
    expect(responses.map(({ status }) => status)).toEqual([400, 401, 302]);
    expect(responses[2]?.headers.get('location')).toContain('login_required');
  });

  test('a session in use outlives its idle lifetime', async () => {
    const world = createWorld();
    const cookie = world.cookie();
    for (let visit = 0; visit < 2; visit += 1) {
      world.server.control.clock.advance({ days: 2 });
      const response = await world.authorize({ prompt: 'none' }, { cookie });
      expect(response.headers.get('location')).toContain('code=');
    }
  });

  test('a frozen clock stands still, and responses carry its time', async () => {
    const world = createWorld();
    const { clock } = world.server.control;
    clock.freeze();
    clock.set(Date.UTC(2030, 0, 1));
    const response = await world.send('/.well-known/jwks.json');
    expect([clock.now(), response.headers.get('date')]).toEqual([
      Date.UTC(2030, 0, 1),
      'Tue, 01 Jan 2030 00:00:00 GMT',
    ]);
  });
});

describe('requests', () => {
  test('requests are counted by endpoint, grant and user', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    await world.refresh(refresh_token);
    const { requests } = world.server.control;
    expect([
      requests.count({ endpoint: 'token' }),
      requests.count({ endpoint: 'token', grant: 'refresh_token', user: 'ada' }),
      requests.count({ endpoint: 'token', user: 'grace' }),
    ]).toEqual([2, 1, 0]);
  });

  test.each<[string, object]>([
    ['an endpoint that does not exist', { endpoint: 'tokn' }],
    ['a field that requests do not have', { gant: 'refresh_token' }],
  ])('requests are not counted by %s', async (_, filter) => {
    const { requests } = createWorld().server.control;
    expect(() => requests.count(filter)).toThrow(ControlError);
    await expect(requests.waitFor(filter)).rejects.toThrow(ControlError);
  });

  test('requests keep their numbers when the log is cleared', async () => {
    const world = createWorld();
    const { requests } = world.server.control;
    await world.send('/.well-known/jwks.json');
    requests.clear();
    await world.send('/userinfo');
    expect(requests.list()).toMatchObject([{ id: 2, path: '/userinfo' }]);
  });

  test('requests never show a secret', async () => {
    const world = createWorld();
    const code = await world.code({ login_hint: 'ada@example.com' });
    const tokens = await readJson<Tokens>(await world.exchange(code));
    await world.refresh(tokens.refresh_token);
    await world.token({
      grant_type: 'refresh_token',
      client_id: 'backend',
      client_secret: 's3cret+/=',
      refresh_token: 'x',
    });
    const log = JSON.stringify(world.server.control.requests.list());
    for (const secret of [
      code,
      tokens.refresh_token,
      tokens.access_token,
      's3cret',
      'dBjftJeZ4CVP',
      'ada@example',
    ]) {
      expect(log).not.toContain(secret);
    }
  });

  test('a test can wait for a request', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    const next = world.server.control.requests.waitFor({ grant: 'refresh_token', user: 'ada' });
    await world.send('/.well-known/jwks.json');
    await world.refresh(refresh_token);
    expect(await next).toMatchObject({ path: '/oauth/token', status: 200 });
  });

  test('a wait that times out lists the requests that came instead', async () => {
    const world = createWorld();
    const next = world.server.control.requests.waitFor({ endpoint: 'revoke' }, { timeoutMs: 20 });
    await world.send('/.well-known/jwks.json');
    await expect(next).rejects.toThrow('GET /.well-known/jwks.json → 200');
  });
});

describe('sign in without the page', () => {
  test('control.signIn returns the callback URL with code and state', async () => {
    const url = await createWorld().callback({ state: 'a=b&c d' });
    expect([url.origin + url.pathname, url.searchParams.get('state')]).toEqual([
      CALLBACK,
      'a=b&c d',
    ]);
  });

  test('control.signIn is neither logged nor hit by faults', async () => {
    const world = createWorld();
    world.server.control.faults.add({ status: 500, times: 'until-cleared' });
    await world.callback();
    expect(world.server.control.requests.count()).toBe(0);
  });

  test('control.signIn rejects with the reason of the server', async () => {
    const world = createWorld();
    await expect(world.callback({ audience: 'https://other.example' })).rejects.toThrow(
      'access_denied',
    );
  });
});

describe('users, clients, sessions, keys', () => {
  test('a disabled client is rejected until it is enabled again', async () => {
    const world = createWorld();
    const { clients } = world.server.control;
    clients.disable('publisher-web');
    const refused = await world.authorize();
    clients.enable('publisher-web');
    expect([refused.status, (await world.authorize()).status]).toEqual([403, 302]);
  });

  test('a callback on a random port is registered with its logout URL and web origin', () => {
    const { control } = createMockServer();
    const client = control.clients.update('publisher-web', {
      callbacks: ['http://localhost:40123/'],
    });
    expect(client).toMatchObject({
      logoutUrls: ['http://localhost:40123/'],
      webOrigins: ['http://localhost:40123'],
    });
  });

  test('a rotated secret replaces the old one immediately', async () => {
    const world = createWorld();
    const secret = world.server.control.clients.rotateSecret('backend');
    const old = await world.refresh('x', { client_id: 'backend', client_secret: 's3cret+/=' });
    const fresh = await world.refresh('x', { client_id: 'backend', client_secret: secret });
    expect([old.status, fresh.status]).toEqual([401, 400]);
  });

  test('a request with an ended session is rejected by name', async () => {
    const world = createWorld();
    const { access_token } = await world.tokens();
    expect(world.server.control.sessions.end({ user: 'ada' })).toBe(1);
    expect(await readJson(await world.userinfo(access_token))).toMatchObject({
      error_description: 'Session has been revoked',
    });
  });

  test('tokens signed before a key rotation stay valid unless the old key is removed', async () => {
    const world = createWorld();
    const { access_token } = await world.tokens();
    world.server.control.keys.rotate();
    const kept = await world.userinfo(access_token);
    world.server.control.keys.rotate({ removeOld: true });
    expect([kept.status, (await world.userinfo(access_token)).status]).toEqual([200, 401]);
  });
});

describe('snapshot, restore, reset', () => {
  test('a restored server accepts the tokens of the snapshot, spent or not', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    const snapshot = JSON.parse(JSON.stringify(world.server.control.snapshot()));
    await world.revoke({ client_id: 'publisher-web', token: refresh_token });
    world.server.control.clock.advance({ days: 31 });
    world.server.control.restore(snapshot);
    expect((await world.refresh(refresh_token)).status).toBe(200);
  });

  test('a reset server has no state left', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    world.server.control.users.disable('grace');
    world.server.control.reset();
    expect((await world.refresh(refresh_token)).status).toBe(400);
    expect(world.server.control.users.get('grace').isBlocked).toBe(false);
  });
});

describe('determinism and isolation', () => {
  test('the same seed gives the same codes, tokens and ids', async () => {
    const run = async (seed: string): Promise<unknown> => {
      const world = createWorld({ seed });
      world.server.control.clock.freeze();
      world.server.control.clock.set(Date.UTC(2026, 0, 1));
      const code = await world.code();
      return [code, await readJson(await world.exchange(code))];
    };
    expect(await run('one')).toEqual(await run('one'));
    expect(await run('one')).not.toEqual(await run('two'));
  });

  test('a reset server repeats its ids', async () => {
    const world = createWorld({ seed: 'one' });
    const first = await world.code();
    world.server.control.reset();
    expect(await world.code()).toBe(first);
  });

  test('twenty servers in one process share nothing', async () => {
    const worlds = Array.from({ length: 20 }, () => createWorld({ seed: 'same' }));
    const tokens = await Promise.all(worlds.map((world) => world.tokens()));
    worlds[0]?.server.control.clock.advance({ days: 31 });
    worlds[1]?.server.control.users.disable('ada');
    const responses = await Promise.all(
      worlds.map((world, index) => world.refresh(tokens[index]!.refresh_token)),
    );
    expect(responses.map(({ status }) => status)).toEqual([
      400,
      400,
      ...Array.from({ length: 18 }, () => 200),
    ]);
  });
});
