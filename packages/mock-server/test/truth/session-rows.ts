import { expect } from 'vitest';
import type { IdTokenFault } from '../../src/index.js';
import type { World } from '../support/world.js';
import { oauthError, type Row } from './table.js';

/** A form that is posted. */
function post(world: World, path: string, params: Record<string, string>): Promise<Response> {
  return world.ask(path, { method: 'POST', body: new URLSearchParams(params) });
}

async function idToken(world: World): Promise<string> {
  return (await world.tokens()).id_token ?? '';
}

/** The token with `alg: none` and without its signature. */
function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

/** What is not an ID token of the server, and how to get it. */
const BAD_HINTS: readonly (readonly [string, (world: World) => Promise<string>])[] = [
  ['nonsense', () => Promise.resolve('nonsense')],
  ['a token without signature', async (world) => unsigned(await idToken(world))],
  [
    'a token with a changed signature',
    async (world) => `${(await idToken(world)).slice(0, -8)}AAAAAAAA`,
  ],
  ["another issuer's token", (world) => tokenWithFault(world, 'iss-invalid')],
  ['a token signed with a foreign key', (world) => tokenWithFault(world, 'signature-other-key')],
  ['a token signed with the public key', (world) => tokenWithFault(world, 'alg-hs256-public-key')],
];

async function tokenWithFault(world: World, fault: IdTokenFault): Promise<string> {
  world.server.control.faults.add({ idToken: fault });
  return idToken(world);
}

/** Questions about refresh tokens, revocation, userinfo, logout, discovery and the profile. */
export const SESSION_ROWS: readonly Row[] = [
  {
    question: 'refresh: made up',
    ask: (world) => world.refresh('rt_aaaaaaaaaa.bbbb'),
    documented: oauthError(400, 'invalid_grant', 'Invalid refresh token'),
    engine: oauthError(403, 'invalid_grant', 'Invalid refresh token'),
  },
  {
    question: 'refresh: the public half with another secret',
    ask: async (world) =>
      world.refresh(`${(await world.tokens()).refresh_token.split('.')[0]}.${'x'.repeat(43)}`),
    documented: oauthError(400, 'invalid_grant', 'Invalid refresh token'),
    engine: oauthError(403, 'invalid_grant', 'Invalid refresh token'),
  },
  {
    question: "refresh: another client's",
    ask: async (world) =>
      world.refresh((await world.tokens()).refresh_token, { client_id: 'strict' }),
    documented: oauthError(400, 'invalid_grant', 'Invalid grant'),
    engine: oauthError(403, 'invalid_grant', 'Invalid grant'),
  },
  {
    question: 'refresh: a rotating client, the second use after the leeway',
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      await world.refresh(refresh_token);
      world.server.control.clock.advance({ seconds: 41 });
      return world.refresh(refresh_token);
    },
    documented: oauthError(
      400,
      'invalid_grant',
      expect.stringMatching(/has been revoked: .*spent 41 s ago.*own login/),
    ),
    engine: oauthError(403, 'invalid_grant', 'Refresh token has been revoked'),
  },
  {
    question: 'refresh: a user who has been blocked',
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      world.server.control.users.disable('ada');
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', 'User is blocked'),
    engine: oauthError(403, 'invalid_grant', 'User is blocked'),
  },
  {
    question: 'refresh: idle for 3 days',
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      world.server.control.clock.advance({ days: 3 });
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', 'Refresh token has expired'),
    engine: oauthError(403, 'invalid_grant', 'Refresh token has expired'),
  },
  {
    question: 'revoke: a refresh token',
    ask: async (world) =>
      world.revoke({ client_id: 'publisher-web', token: (await world.tokens()).refresh_token }),
    documented: { status: 200, headers: { 'content-type': null }, body: '' },
  },
  {
    question: 'revoke: afterwards the refresh token is refused',
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      await world.revoke({
        client_id: 'publisher-web',
        token: refresh_token,
        token_type_hint: 'refresh_token',
      });
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', expect.stringContaining('has been revoked')),
    engine: oauthError(403, 'invalid_grant', 'Refresh token has been revoked'),
  },
  {
    question: 'revoke: an unknown token',
    ask: (world) => world.revoke({ client_id: 'publisher-web', token: 'nonsense' }),
    documented: { status: 200, body: '' },
  },
  {
    question: "revoke: another client's token changes nothing",
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      await world.revoke({ client_id: 'strict', token: refresh_token });
      return world.refresh(refresh_token);
    },
    documented: { status: 200 },
  },
  {
    question: 'revoke: without client_id',
    ask: (world) => world.revoke({ token: 'x' }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    question: 'revoke: with a wrong secret',
    ask: (world) => world.revoke({ client_id: 'backend', client_secret: 'wrong', token: 'x' }),
    documented: oauthError(401, 'invalid_client'),
  },
  {
    question: 'revoke: a confidential client without its secret',
    ask: (world) => world.revoke({ client_id: 'backend', token: 'x' }),
    documented: oauthError(401, 'invalid_client'),
  },
  {
    question: 'revoke: a JSON body',
    ask: (world) =>
      world.ask('/oauth/revoke', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: 'publisher-web', token: 'x' }),
      }),
    documented: { status: 200 },
  },
  {
    question: 'userinfo: a good token',
    ask: async (world) => world.userinfo((await world.tokens()).access_token),
    documented: {
      status: 200,
      body: { sub: 'email|ada', email: 'ada@example.com', given_name: 'Ada' },
    },
  },
  {
    question: 'userinfo: no token',
    ask: (world) => world.ask('/userinfo'),
    documented: { status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) } },
    engine: { status: 401, body: { message: 'Missing bearer token' } },
  },
  {
    question: 'userinfo: a token in the query is ignored',
    ask: async (world) =>
      world.ask(`/userinfo?access_token=${(await world.tokens()).access_token}`),
    documented: { status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) } },
    engine: { status: 401, body: { message: 'Missing bearer token' } },
  },
  {
    question: 'userinfo: a token in the body of a POST',
    ask: async (world) =>
      post(world, '/userinfo', { access_token: (await world.tokens()).access_token }),
    documented: { status: 200, body: { sub: 'email|ada' } },
  },
  {
    question: 'userinfo: claims that were asked for by name come whatever the scope',
    ask: async (world) => {
      const claims = JSON.stringify({ userinfo: { given_name: { essential: true }, x: null } });
      return world.userinfo(
        (await world.tokens({ scope: 'openid offline_access', claims })).access_token,
      );
    },
    documented: {
      status: 200,
      body: { sub: 'email|ada', given_name: 'Ada' },
      absent: ['name', 'x'],
    },
  },
  {
    question: 'userinfo: all standard claims of the scopes profile and phone',
    ask: async (world) => {
      world.server.control.users.update('ada', {
        mobilePhone: '+46700000000',
        standardClaims: {
          middleName: 'King',
          preferredUsername: 'ada',
          profile: 'https://ada.example/',
          website: 'https://engine.example/',
          gender: 'female',
          birthdate: '1815-12-10',
          zoneinfo: 'Europe/London',
          phoneNumberVerified: true,
        },
      });
      const scope = 'openid profile phone offline_access';
      return world.userinfo((await world.tokens({ scope })).access_token);
    },
    documented: {
      status: 200,
      body: {
        middle_name: 'King',
        preferred_username: 'ada',
        profile: 'https://ada.example/',
        website: 'https://engine.example/',
        gender: 'female',
        birthdate: '1815-12-10',
        zoneinfo: 'Europe/London',
        phone_number: '+46700000000',
        phone_number_verified: true,
      },
    },
  },
  {
    question: 'userinfo: a bad token',
    ask: (world) => world.userinfo('a.b.c'),
    documented: { status: 401, body: { error: 'invalid_token' } },
    engine: { status: 403, body: { message: 'Invalid JWT signature' } },
  },
  {
    question: 'userinfo: an expired token',
    ask: async (world) => {
      const { access_token } = await world.tokens();
      world.server.control.clock.advance({ hours: 2, seconds: 1 });
      return world.userinfo(access_token);
    },
    documented: { status: 401 },
    engine: { status: 403 },
  },
  {
    question: 'userinfo: CORS',
    ask: (world) => world.ask('/userinfo', { headers: { origin: 'https://app.example.com' } }),
    documented: { status: 401, headers: { 'access-control-allow-origin': null } },
  },
  {
    question: 'logout: a registered returnTo',
    ask: (world) =>
      world.ask('/v2/logout?client_id=publisher-web&returnTo=https://app.example.com/', {
        headers: { cookie: world.cookie() },
      }),
    documented: {
      status: 302,
      headers: {
        location: 'https://app.example.com/',
        'set-cookie': expect.stringMatching(/publisher-auth-token=;.*Max-Age=0/),
      },
    },
  },
  {
    question: 'logout: returnTo without the trailing slash',
    ask: (world) =>
      world.ask('/v2/logout?client_id=publisher-web&returnTo=https://app.example.com'),
    documented: { status: 302, headers: { location: 'https://app.example.com' } },
  },
  {
    question: 'logout: a foreign returnTo',
    ask: (world) => world.ask('/v2/logout?client_id=publisher-web&returnTo=https://evil.example/'),
    documented: { status: 400, headers: { location: null } },
  },
  {
    question: 'logout: an unknown client',
    ask: (world) => world.ask('/v2/logout?client_id=nobody&returnTo=https://evil.example/'),
    documented: { status: 200, headers: { location: null }, body: 'OK' },
  },
  {
    question: 'logout: refresh tokens live on',
    ask: async (world) => {
      const { refresh_token } = await world.tokens();
      const session = world.server.control.sessions.list()[0]!;
      await world.ask('/v2/logout?client_id=publisher-web', {
        headers: { cookie: `publisher-auth-token=${session.id}` },
      });
      return world.refresh(refresh_token);
    },
    documented: { status: 200 },
  },
  {
    question: 'logout: afterwards userinfo refuses the session',
    ask: async (world) => {
      const { access_token } = await world.tokens();
      const session = world.server.control.sessions.list()[0]!;
      await world.ask('/v2/logout?client_id=publisher-web', {
        headers: { cookie: `publisher-auth-token=${session.id}` },
      });
      return world.userinfo(access_token);
    },
    documented: { status: 401, body: { error_description: 'Session has been revoked' } },
    engine: { status: 401, body: 'Session has been revoked' },
  },
  {
    question: 'end session: a registered post_logout_redirect_uri, with state',
    ask: (world) =>
      world.ask(
        '/oidc/logout?client_id=publisher-web&post_logout_redirect_uri=https://app.example.com/&state=s',
      ),
    documented: { status: 302, headers: { location: 'https://app.example.com/?state=s' } },
  },
  {
    question: 'end session: a foreign post_logout_redirect_uri',
    ask: (world) =>
      world.ask(
        '/oidc/logout?client_id=publisher-web&post_logout_redirect_uri=https://evil.example/',
      ),
    documented: { status: 400, headers: { location: null } },
  },
  {
    question: 'end session: by POST, with an ID token and state',
    ask: async (world) =>
      post(world, '/oidc/logout', {
        id_token_hint: await idToken(world),
        post_logout_redirect_uri: 'https://app.example.com/',
        state: 's',
      }),
    documented: { status: 302, headers: { location: 'https://app.example.com/?state=s' } },
  },
  {
    question: 'end session: a body that is no form',
    ask: (world) => world.ask('/oidc/logout', { method: 'POST', body: 'x' }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    question: 'end session: an ID token without a cookie ends the session that it names',
    ask: async (world) => {
      const { id_token = '', access_token } = await world.tokens();
      await world.ask(`/oidc/logout?id_token_hint=${id_token}`);
      return world.userinfo(access_token);
    },
    documented: { status: 401, body: { error_description: 'Session has been revoked' } },
    engine: { status: 401, body: 'Session has been revoked' },
  },
  {
    question: 'end session: an expired ID token',
    ask: async (world) => {
      const id_token = await idToken(world);
      world.server.control.clock.advance({ days: 1 });
      return world.ask(`/oidc/logout?id_token_hint=${id_token}`);
    },
    documented: { status: 200, body: expect.stringContaining('signed out') },
    engine: { status: 400, body: 'Invalid id_token_hint' },
  },
  ...BAD_HINTS.map(([what, spoil]): Row => ({
    question: `end session: ${what} as id_token_hint`,
    ask: async (world) => {
      const hint = encodeURIComponent(await spoil(world));
      return world.ask(`/oidc/logout?id_token_hint=${hint}&client_id=publisher-web`);
    },
    documented: { ...oauthError(400, 'invalid_request'), headers: { 'set-cookie': null } },
    engine: { status: 400, headers: { 'set-cookie': null }, body: 'Invalid id_token_hint' },
  })),
  {
    question: 'end session: a bad ID token logs out nobody',
    ask: async (world) => {
      const { access_token, id_token = '' } = await world.tokens();
      await world.ask(`/oidc/logout?id_token_hint=${unsigned(id_token)}`);
      return world.userinfo(access_token);
    },
    documented: { status: 200 },
  },
  {
    question: 'end session: a client_id that is not the audience of the ID token',
    ask: async (world) =>
      world.ask(`/oidc/logout?client_id=steady&id_token_hint=${await idToken(world)}`),
    documented: oauthError(400, 'invalid_request', expect.stringContaining('audience')),
    engine: { status: 400, body: 'client_id does not match id_token_hint' },
  },
  {
    question: 'end session: a target without anything that names the client',
    ask: (world) => world.ask('/oidc/logout?post_logout_redirect_uri=https://app.example.com/'),
    documented: { status: 400, headers: { location: null } },
    engine: { status: 400, body: 'post_logout_redirect_uri requires id_token_hint or client_id' },
  },
  {
    question: 'end session: without a target',
    ask: (world) => world.ask('/oidc/logout'),
    documented: { status: 200, body: expect.stringContaining('signed out') },
  },
  {
    question: 'discovery',
    ask: (world) => world.ask('/.well-known/openid-configuration'),
    documented: {
      status: 200,
      headers: {
        'access-control-allow-origin': '*',
        'cache-control': expect.stringContaining('max-age=300'),
      },
      body: {
        issuer: 'https://token.sesamy.com/',
        token_endpoint: 'https://token.sesamy.com/oauth/token',
        end_session_endpoint: 'https://token.sesamy.com/oidc/logout',
        code_challenge_methods_supported: ['S256'],
        claims_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
      },
    },
    engine: {
      status: 200,
      body: {
        code_challenge_methods_supported: ['S256', 'plain'],
        token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
      },
    },
  },
  {
    question: 'keys',
    ask: (world) => world.ask('/.well-known/jwks.json'),
    documented: {
      status: 200,
      headers: { 'access-control-allow-origin': '*' },
      body: {
        keys: [
          {
            kty: 'RSA',
            use: 'sig',
            alg: 'RS256',
            kid: expect.any(String),
            n: expect.any(String),
            e: 'AQAB',
          },
        ],
      },
    },
  },
  {
    question: 'profile: a good token',
    ask: async (world) =>
      world.ask('https://api.sesamy.com/client/v1/profile', {
        headers: { authorization: `Bearer ${(await world.tokens()).access_token}` },
      }),
    documented: {
      status: 200,
      body: { userId: 'email|ada', firstName: 'Ada', createdAt: expect.any(String) },
    },
  },
  {
    question: 'profile: at the path of the newer host',
    ask: async (world) =>
      world.ask('https://api2.sesamy.com/profile', {
        headers: { authorization: `Bearer ${(await world.tokens()).access_token}` },
      }),
    documented: { status: 200, body: { userId: 'email|ada' } },
  },
  {
    question: 'profile: no token',
    ask: (world) => world.ask('/client/v1/profile'),
    documented: {
      status: 401,
      body: {
        error: {
          code: 'authentication_required',
          message: expect.any(String),
          request_id: expect.any(String),
        },
      },
    },
  },
  {
    question: 'profile: preflight allows what Sesamy’s own clients send',
    ask: (world) =>
      world.ask('/profile', {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example.com', 'access-control-request-method': 'PATCH' },
      }),
    documented: {
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-headers':
          'Authorization,Content-Type,Cache-Timestamp,X-Sesamy-Client',
      },
    },
  },
];
