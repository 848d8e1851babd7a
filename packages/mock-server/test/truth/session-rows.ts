import { expect } from 'vitest';
import type { IdTokenFault } from '../../src/index.js';
import type { World } from '../support/world.js';
import { oauthError, type Row } from './table.js';

/** A form that is posted. */
function post(world: World, path: string, params: Record<string, string>): Promise<Response> {
  return world.send(path, { method: 'POST', body: new URLSearchParams(params) });
}

async function idToken(world: World): Promise<string> {
  return (await world.tokens()).id_token ?? '';
}

/** The token with `alg: none` and without its signature. */
function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

/** Values that are not an ID token of the server, and how to get them. */
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

/** Requests about refresh tokens, revocation, userinfo, logout, discovery and the profile. */
export const SESSION_ROWS: readonly Row[] = [
  {
    request: 'refresh: made up',
    send: (world) => world.refresh('rt_aaaaaaaaaa.bbbb'),
    documented: oauthError(400, 'invalid_grant', 'Invalid refresh token'),
    engine: oauthError(403, 'invalid_grant', 'Invalid refresh token'),
  },
  {
    request: 'refresh: the public half with another secret',
    send: async (world) =>
      world.refresh(`${(await world.tokens()).refresh_token.split('.')[0]}.${'x'.repeat(43)}`),
    documented: oauthError(400, 'invalid_grant', 'Invalid refresh token'),
    engine: oauthError(403, 'invalid_grant', 'Invalid refresh token'),
  },
  {
    request: "refresh: another client's",
    send: async (world) =>
      world.refresh((await world.tokens()).refresh_token, { client_id: 'strict' }),
    documented: oauthError(400, 'invalid_grant', 'Invalid grant'),
    engine: oauthError(403, 'invalid_grant', 'Invalid grant'),
  },
  {
    request: 'refresh: a rotating client, the second use after the leeway',
    send: async (world) => {
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
    request: 'refresh: a user who has been blocked',
    send: async (world) => {
      const { refresh_token } = await world.tokens();
      world.server.control.users.disable('ada');
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', 'User is blocked'),
    engine: oauthError(403, 'invalid_grant', 'User is blocked'),
  },
  {
    request: 'refresh: idle for 3 days',
    send: async (world) => {
      const { refresh_token } = await world.tokens();
      world.server.control.clock.advance({ days: 3 });
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', 'Refresh token has expired'),
    engine: oauthError(403, 'invalid_grant', 'Refresh token has expired'),
  },
  {
    request: 'revoke: a refresh token',
    send: async (world) =>
      world.revoke({ client_id: 'publisher-web', token: (await world.tokens()).refresh_token }),
    documented: { status: 200, headers: { 'content-type': null }, body: '' },
  },
  {
    request: 'revoke: afterwards the refresh token is rejected',
    send: async (world) => {
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
    request: 'revoke: an unknown token',
    send: (world) => world.revoke({ client_id: 'publisher-web', token: 'nonsense' }),
    documented: { status: 200, body: '' },
  },
  {
    request: "revoke: another client's token changes nothing",
    send: async (world) => {
      const { refresh_token } = await world.tokens();
      await world.revoke({ client_id: 'strict', token: refresh_token });
      return world.refresh(refresh_token);
    },
    documented: { status: 200 },
  },
  {
    request: 'revoke: without client_id',
    send: (world) => world.revoke({ token: 'x' }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    request: 'revoke: with a wrong secret',
    send: (world) => world.revoke({ client_id: 'backend', client_secret: 'wrong', token: 'x' }),
    documented: oauthError(401, 'invalid_client'),
  },
  {
    request: 'revoke: a confidential client without its secret',
    send: (world) => world.revoke({ client_id: 'backend', token: 'x' }),
    documented: oauthError(401, 'invalid_client'),
  },
  {
    request: 'revoke: a JSON body',
    send: (world) =>
      world.send('/oauth/revoke', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: 'publisher-web', token: 'x' }),
      }),
    documented: { status: 200 },
  },
  {
    request: 'userinfo: a valid token',
    send: async (world) => world.userinfo((await world.tokens()).access_token),
    documented: {
      status: 200,
      body: { sub: 'email|ada', email: 'ada@example.com', given_name: 'Ada' },
    },
  },
  {
    request: 'userinfo: no token',
    send: (world) => world.send('/userinfo'),
    documented: { status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) } },
    engine: { status: 401, body: { message: 'Missing bearer token' } },
  },
  {
    request: 'userinfo: a token in the query is ignored',
    send: async (world) =>
      world.send(`/userinfo?access_token=${(await world.tokens()).access_token}`),
    documented: { status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) } },
    engine: { status: 401, body: { message: 'Missing bearer token' } },
  },
  {
    request: 'userinfo: a token in the body of a POST',
    send: async (world) =>
      post(world, '/userinfo', { access_token: (await world.tokens()).access_token }),
    documented: { status: 200, body: { sub: 'email|ada' } },
  },
  {
    request: 'userinfo: claims requested by name, for any scope',
    send: async (world) => {
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
    request: 'userinfo: all standard claims of the scopes profile and phone',
    send: async (world) => {
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
    request: 'userinfo: an invalid token',
    send: (world) => world.userinfo('a.b.c'),
    documented: { status: 401, body: { error: 'invalid_token' } },
    engine: { status: 403, body: { message: 'Invalid JWT signature' } },
  },
  {
    request: 'userinfo: an expired token',
    send: async (world) => {
      const { access_token } = await world.tokens();
      world.server.control.clock.advance({ hours: 2, seconds: 1 });
      return world.userinfo(access_token);
    },
    documented: { status: 401 },
    engine: { status: 403 },
  },
  {
    request: 'userinfo: CORS',
    send: (world) => world.send('/userinfo', { headers: { origin: 'https://app.example.com' } }),
    documented: { status: 401, headers: { 'access-control-allow-origin': null } },
  },
  {
    request: 'logout: a registered returnTo',
    send: (world) =>
      world.send('/v2/logout?client_id=publisher-web&returnTo=https://app.example.com/', {
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
    request: 'logout: returnTo without the trailing slash',
    send: (world) =>
      world.send('/v2/logout?client_id=publisher-web&returnTo=https://app.example.com'),
    documented: { status: 302, headers: { location: 'https://app.example.com' } },
  },
  {
    request: 'logout: a foreign returnTo',
    send: (world) =>
      world.send('/v2/logout?client_id=publisher-web&returnTo=https://evil.example/'),
    documented: { status: 400, headers: { location: null } },
  },
  {
    request: 'logout: an unknown client',
    send: (world) => world.send('/v2/logout?client_id=nobody&returnTo=https://evil.example/'),
    documented: { status: 200, headers: { location: null }, body: 'OK' },
  },
  {
    request: 'logout: refresh tokens stay valid',
    send: async (world) => {
      const { refresh_token } = await world.tokens();
      const session = world.server.control.sessions.list()[0]!;
      await world.send('/v2/logout?client_id=publisher-web', {
        headers: { cookie: `publisher-auth-token=${session.id}` },
      });
      return world.refresh(refresh_token);
    },
    documented: { status: 200 },
  },
  {
    request: 'logout: afterwards userinfo rejects the session',
    send: async (world) => {
      const { access_token } = await world.tokens();
      const session = world.server.control.sessions.list()[0]!;
      await world.send('/v2/logout?client_id=publisher-web', {
        headers: { cookie: `publisher-auth-token=${session.id}` },
      });
      return world.userinfo(access_token);
    },
    documented: { status: 401, body: { error_description: 'Session has been revoked' } },
    engine: { status: 401, body: 'Session has been revoked' },
  },
  {
    request: 'end session: a registered post_logout_redirect_uri, with state',
    send: (world) =>
      world.send(
        '/oidc/logout?client_id=publisher-web&post_logout_redirect_uri=https://app.example.com/&state=s',
      ),
    documented: { status: 302, headers: { location: 'https://app.example.com/?state=s' } },
  },
  {
    request: 'end session: a foreign post_logout_redirect_uri',
    send: (world) =>
      world.send(
        '/oidc/logout?client_id=publisher-web&post_logout_redirect_uri=https://evil.example/',
      ),
    documented: { status: 400, headers: { location: null } },
  },
  {
    request: 'end session: by POST, with an ID token and state',
    send: async (world) =>
      post(world, '/oidc/logout', {
        id_token_hint: await idToken(world),
        post_logout_redirect_uri: 'https://app.example.com/',
        state: 's',
      }),
    documented: { status: 302, headers: { location: 'https://app.example.com/?state=s' } },
  },
  {
    request: 'end session: a body that is no form',
    send: (world) => world.send('/oidc/logout', { method: 'POST', body: 'x' }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    request: 'end session: an ID token without a cookie ends the session that it names',
    send: async (world) => {
      const { id_token = '', access_token } = await world.tokens();
      await world.send(`/oidc/logout?id_token_hint=${id_token}`);
      return world.userinfo(access_token);
    },
    documented: { status: 401, body: { error_description: 'Session has been revoked' } },
    engine: { status: 401, body: 'Session has been revoked' },
  },
  {
    request: 'end session: an expired ID token',
    send: async (world) => {
      const id_token = await idToken(world);
      world.server.control.clock.advance({ days: 1 });
      return world.send(`/oidc/logout?id_token_hint=${id_token}`);
    },
    documented: { status: 200, body: expect.stringContaining('signed out') },
    engine: { status: 400, body: 'Invalid id_token_hint' },
  },
  ...BAD_HINTS.map(([what, spoil]): Row => ({
    request: `end session: ${what} as id_token_hint`,
    send: async (world) => {
      const hint = encodeURIComponent(await spoil(world));
      return world.send(`/oidc/logout?id_token_hint=${hint}&client_id=publisher-web`);
    },
    documented: { ...oauthError(400, 'invalid_request'), headers: { 'set-cookie': null } },
    engine: { status: 400, headers: { 'set-cookie': null }, body: 'Invalid id_token_hint' },
  })),
  {
    request: 'end session: a bad ID token ends no session',
    send: async (world) => {
      const { access_token, id_token = '' } = await world.tokens();
      await world.send(`/oidc/logout?id_token_hint=${unsigned(id_token)}`);
      return world.userinfo(access_token);
    },
    documented: { status: 200 },
  },
  {
    request: 'end session: a client_id that is not the audience of the ID token',
    send: async (world) =>
      world.send(`/oidc/logout?client_id=steady&id_token_hint=${await idToken(world)}`),
    documented: oauthError(400, 'invalid_request', expect.stringContaining('audience')),
    engine: { status: 400, body: 'client_id does not match id_token_hint' },
  },
  {
    request: 'end session: a target without a client',
    send: (world) => world.send('/oidc/logout?post_logout_redirect_uri=https://app.example.com/'),
    documented: { status: 400, headers: { location: null } },
    engine: { status: 400, body: 'post_logout_redirect_uri requires id_token_hint or client_id' },
  },
  {
    request: 'end session: without a target',
    send: (world) => world.send('/oidc/logout'),
    documented: { status: 200, body: expect.stringContaining('signed out') },
  },
  {
    request: 'discovery',
    send: (world) => world.send('/.well-known/openid-configuration'),
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
    request: 'keys',
    send: (world) => world.send('/.well-known/jwks.json'),
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
    request: 'profile: a valid token',
    send: async (world) =>
      world.send('https://api.sesamy.com/client/v1/profile', {
        headers: { authorization: `Bearer ${(await world.tokens()).access_token}` },
      }),
    documented: {
      status: 200,
      body: { userId: 'email|ada', firstName: 'Ada', createdAt: expect.any(String) },
    },
  },
  {
    request: 'profile: at the path of the newer host',
    send: async (world) =>
      world.send('https://api2.sesamy.com/profile', {
        headers: { authorization: `Bearer ${(await world.tokens()).access_token}` },
      }),
    documented: { status: 200, body: { userId: 'email|ada' } },
  },
  {
    request: 'profile: no token',
    send: (world) => world.send('/client/v1/profile'),
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
    request: 'profile: preflight allows what Sesamy’s own clients send',
    send: (world) =>
      world.send('/profile', {
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
