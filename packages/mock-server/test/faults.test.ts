import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { ID_TOKEN_FAULTS, type IdTokenFault, TOKEN_ANSWER_FAULTS } from '../src/index.js';
import { createWorld, readJson, type Tokens, type World } from './support/world.js';

describe('fault plan', () => {
  test('a fault hits once and the next request works', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    world.server.control.faults.add({
      endpoint: 'token',
      status: 503,
      headers: { 'retry-after': '2' },
    });
    const first = await world.refresh(refresh_token);
    const second = await world.refresh(refresh_token);
    expect([first.status, first.headers.get('retry-after'), second.status]).toEqual([
      503,
      '2',
      200,
    ]);
  });

  test('a fault hits as many times as its "times" says', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    world.server.control.faults.add({ grant: 'refresh_token', status: 500, times: 2 });
    const statuses = [];
    for (let round = 0; round < 3; round += 1)
      statuses.push((await world.refresh(refresh_token)).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  test('a fault without end hits until it is cleared', async () => {
    const world = createWorld();
    const id = world.server.control.faults.add({
      endpoint: 'jwks',
      status: 500,
      times: 'until-cleared',
    });
    const during = [
      await world.send('/.well-known/jwks.json'),
      await world.send('/.well-known/jwks.json'),
    ];
    world.server.control.faults.clear(id);
    const after = await world.send('/.well-known/jwks.json');
    expect([...during.map(({ status }) => status), after.status]).toEqual([500, 500, 200]);
  });

  test('a fault for one user does not affect the others', async () => {
    const world = createWorld();
    const grace = await tokensOf(world, 'grace');
    const ada = await tokensOf(world, 'ada');
    world.server.control.faults.add({ grant: 'refresh_token', user: 'ada', status: 500 });
    const forGrace = await world.refresh(grace.refresh_token);
    const forAda = await world.refresh(ada.refresh_token);
    expect([forGrace.status, forAda.status]).toEqual([200, 500]);
  });

  test('a fault for any user waits for a request of one', async () => {
    const world = createWorld();
    const { refresh_token } = await tokensOf(world, 'grace');
    world.server.control.faults.add({ grant: 'refresh_token', user: '*', status: 503 });
    const ofNone = await world.refresh('none');
    const forGrace = await world.refresh(refresh_token);
    expect([ofNone.status, forGrace.status]).toEqual([400, 503]);
  });

  test('a fault for one client does not affect the others', async () => {
    const world = createWorld();
    world.server.control.faults.add({ endpoint: 'token', clientId: 'strict', status: 429 });
    const other = await world.exchange('x');
    const hit = await world.exchange('x', { client_id: 'strict' });
    expect([other.status, hit.status]).toEqual([400, 429]);
  });

  test('a fault response keeps its CORS headers', async () => {
    const world = createWorld();
    world.server.control.faults.add({ endpoint: 'token', status: 500 });
    const response = await world.token({}, { origin: 'https://app.example.com' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  });

  test('a preflight uses up no fault', async () => {
    const world = createWorld();
    world.server.control.faults.add({ endpoint: 'token', status: 500 });
    await world.send('/oauth/token', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.com' },
    });
    expect(world.server.control.faults.unused()).toHaveLength(1);
  });

  test('a reset connection rejects as fetch does', async () => {
    const world = createWorld();
    world.server.control.faults.add({ endpoint: 'token', reset: true });
    await expect(world.exchange('x')).rejects.toThrow(TypeError);
  });

  test('a lost response has done its work', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    world.server.control.faults.add({ grant: 'refresh_token', loseAnswer: true });
    await expect(world.refresh(refresh_token)).rejects.toThrow(TypeError);
    expect(world.server.control.refreshTokens.lineage(refresh_token)?.tokens).toHaveLength(2);
  });

  test('a truncated response is not JSON', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    world.server.control.faults.add({ grant: 'refresh_token', truncate: true });
    const response = await world.refresh(refresh_token);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('a hanging request ends when its caller aborts', async () => {
    const world = createWorld();
    world.server.control.faults.add({ endpoint: 'discovery', hang: true });
    const signal = AbortSignal.timeout(20);
    await expect(world.send('/.well-known/openid-configuration', { signal })).rejects.toThrow(
      'aborted due to timeout',
    );
  });

  test('a reset reports the unused faults, and closing does not report them again', async () => {
    const warnings: string[] = [];
    const { server } = createWorld({ onWarning: (message) => warnings.push(message) });
    server.control.faults.add({ endpoint: 'jwks', status: 503, body: 'not shown' });
    server.control.reset();
    await server.close();
    expect(warnings).toEqual([
      'The planned fault_1 (status, body) hit no request: {"endpoint":"jwks"}. Is its scope right?',
    ]);
  });

  test('closing reports the unused faults', async () => {
    const warnings: string[] = [];
    const world = createWorld({ onWarning: (text) => warnings.push(text) });
    world.server.control.faults.add({ endpoint: 'token', user: 'adda', status: 500 });
    await world.server.close();
    expect(warnings).toEqual([expect.stringContaining('{"endpoint":"token","user":"adda"}')]);
  });
});

describe('bad ID tokens', () => {
  test.each(ID_TOKEN_FAULTS)('the ID token fault %s changes nothing else', async (idToken) => {
    const world = createWorld();
    world.server.control.faults.add({ idToken });
    const bad = (await world.tokens()).id_token ?? '';
    expect(await defects(world, bad)).toEqual(EXPECTED_DEFECTS[idToken]);
  });

  test('a fault affects one ID token only', async () => {
    const world = createWorld();
    world.server.control.faults.add({ idToken: 'iss-invalid' });
    await world.tokens();
    expect(await defects(world, (await world.tokens()).id_token ?? '')).toEqual([]);
  });
});

describe('bad responses', () => {
  test.each(TOKEN_ANSWER_FAULTS)(
    'the token response fault %s changes nothing else',
    async (tokenAnswer) => {
      const world = createWorld();
      const code = await world.code();
      world.server.control.faults.add({ tokenAnswer });
      const response = await world.exchange(code);
      const text = await response.text();
      expect({
        status: response.status,
        type: response.headers.get('content-type'),
        body: shape(text),
      }).toMatchSnapshot();
    },
  );

  test.each([
    ['state-missing', { state: null }],
    ['state-other', { state: 'a-state-that-was-never-sent' }],
    ['iss-missing', { iss: null }],
    ['iss-other', { iss: 'https://issuer.invalid/' }],
    ['code-missing', { code: null }],
  ] as const)(
    'the authorization response fault %s changes nothing else',
    async (authorizationResponse, expected) => {
      const world = createWorld({ sendsIssParameter: true });
      world.server.control.faults.add({ authorizationResponse });
      const response = await world.authorize({}, { cookie: world.cookie() });
      const { searchParams } = new URL(response.headers.get('location') ?? '');
      const [name] = Object.keys(expected);
      expect({ [name ?? '']: searchParams.get(name ?? '') }).toEqual(expected);
    },
  );

  test('discovery can return another issuer', async () => {
    const world = createWorld();
    world.server.control.faults.add({ discoveryIssuer: 'https://issuer.invalid/' });
    const body = await readJson<{ issuer: string }>(
      await world.send('/.well-known/openid-configuration'),
    );
    expect(body.issuer).toBe('https://issuer.invalid/');
  });

  test('userinfo can return another subject', async () => {
    const world = createWorld();
    const { access_token } = await world.tokens();
    world.server.control.faults.add({ userinfoSub: 'email|mallory' });
    expect(await readJson(await world.userinfo(access_token))).toMatchObject({
      sub: 'email|mallory',
    });
  });
});

const EXPECTED_DEFECTS: Record<IdTokenFault, string[]> = {
  'aud-invalid': ['aud'],
  'aud-missing': ['aud'],
  'aud-second-without-azp': ['aud'],
  'iss-invalid': ['iss'],
  'iss-missing': ['iss'],
  'sub-missing': ['sub'],
  'exp-missing': ['exp'],
  'exp-past': ['exp', 'iat'],
  'iat-missing': ['iat'],
  'iat-week-ago': ['iat'],
  'nonce-invalid': ['nonce'],
  'nonce-missing': ['nonce'],
  'nonce-unasked': ['nonce'],
  'alg-none': ['alg', 'kid', 'signature'],
  'alg-hs256-public-key': ['alg', 'signature'],
  'alg-es256': ['alg', 'signature'],
  'signature-other-key': ['signature'],
  'signature-bad-bytes': ['signature'],
  'kid-missing': ['kid'],
};

/** The errors of an ID token. */
async function defects(world: World, token: string): Promise<string[]> {
  const claims = decodeJwt(token);
  const header = decodeProtectedHeader(token);
  const now = world.server.control.clock.now() / 1000;
  const checks: Record<string, boolean> = {
    alg: header.alg === 'RS256',
    aud: claims.aud === 'publisher-web',
    exp: (claims.exp ?? 0) > now,
    iat: Math.abs((claims.iat ?? 0) - now) < 5,
    iss: claims.iss === 'https://token.sesamy.com/',
    kid: header.kid === 'sesamy-mock-1',
    nonce: claims['nonce'] === 'n-0S6_WzA2Mj==',
    signature: await isSigned(world, token),
    sub: claims.sub === 'email|ada',
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}

async function isSigned(world: World, token: string): Promise<boolean> {
  const { keys } = await readJson<{ keys: Parameters<typeof importJWK>[0][] }>(
    await world.send('/.well-known/jwks.json'),
  );
  const key = await importJWK(keys[0]!, 'RS256');
  return jwtVerify(token, key, { algorithms: ['RS256'], currentDate: new Date(0) }).then(
    () => true,
    () => false,
  );
}

async function tokensOf(world: World, user: string): Promise<Tokens> {
  const callback = await world.server.control.signIn({
    authorizationUrl: world.authorizeUrl(),
    user,
  });
  return readJson<Tokens>(await world.exchange(new URL(callback).searchParams.get('code') ?? ''));
}

/** A body without the parts that differ between runs. */
function shape(text: string): unknown {
  if (!text.startsWith('{') || !text.endsWith('}')) return text;
  return JSON.parse(text, (name, value: unknown) => (name.endsWith('_token') ? 'token' : value));
}
