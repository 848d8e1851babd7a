import { expect } from 'vitest';
import { CALLBACK, VERIFIER } from '../support/world.js';
import { message, oauthError, type Row } from './table.js';

const basic = (user: string, password: string): string =>
  `Basic ${btoa(`${encodeURIComponent(user)}:${encodeURIComponent(password)}`)}`;

/** Requests to `/oauth/token` about codes and clients. */
export const TOKEN_ROWS: readonly Row[] = [
  {
    request: 'code: exchanged with the right verifier',
    send: async (world) => world.exchange(await world.code()),
    documented: {
      status: 200,
      headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
      body: {
        access_token: expect.any(String),
        id_token: expect.any(String),
        refresh_token: expect.stringMatching(/^rt_[\w-]{10}\.[\w-]{43}$/),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'openid profile email offline_access',
      },
    },
    engine: {
      status: 200,
      headers: { 'set-cookie': expect.stringContaining('publisher-auth-token=') },
      body: { expires_in: 7200 },
      absent: ['scope'],
    },
  },
  {
    request: 'code: without openid there is no ID token, without offline_access no refresh token',
    send: async (world) => world.exchange(await world.code({ scope: 'profile' })),
    documented: {
      status: 200,
      absent: ['id_token', 'refresh_token'],
    },
  },
  {
    request: 'code: a form with a charset',
    send: async (world) =>
      world.send('/oauth/token', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
          'auth0-client': 'e30=',
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'publisher-web',
          code: await world.code(),
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
        }).toString(),
      }),
    documented: { status: 200 },
  },
  {
    request: 'code: a JSON body',
    send: async (world) =>
      world.send('/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'authorization_code',
          client_id: 'publisher-web',
          code: await world.code(),
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
        }),
      }),
    documented: { status: 200 },
  },
  {
    request: 'code: a confidential client by HTTP Basic',
    send: async (world) =>
      world.token(
        {
          grant_type: 'authorization_code',
          code: await world.code({ client_id: 'backend' }),
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
        },
        { authorization: basic('backend', 's3cret+/=') },
      ),
    documented: { status: 200 },
  },
  {
    request: 'code: a confidential client by client_secret_post, without PKCE',
    send: async (world) => {
      const code = await world.code({
        client_id: 'backend',
        code_challenge: null,
        code_challenge_method: null,
      });
      return world.token({
        grant_type: 'authorization_code',
        client_id: 'backend',
        client_secret: 's3cret+/=',
        code,
        redirect_uri: CALLBACK,
      });
    },
    documented: { status: 200 },
  },
  {
    request: 'code: unknown',
    send: (world) => world.exchange('x'.repeat(32)),
    documented: oauthError(400, 'invalid_grant', 'Invalid authorization code'),
    engine: message(403, 'Invalid client credentials'),
  },
  {
    request: 'code: wrong code_verifier',
    send: async (world) => world.exchange(await world.code(), { code_verifier: 'w'.repeat(43) }),
    documented: oauthError(400, 'invalid_grant', 'Wrong code_verifier'),
    engine: message(403, 'Invalid client credentials'),
  },
  {
    request: 'code: no code_verifier and no secret',
    send: async (world) => world.exchange(await world.code(), { code_verifier: '' }),
    documented: oauthError(400, 'invalid_grant', 'code_verifier is missing'),
    engine: message(401, 'client_secret or code_verifier is required'),
  },
  {
    request: 'code: another redirect_uri',
    send: async (world) =>
      world.exchange(await world.code(), { redirect_uri: 'https://other.example.com/' }),
    documented: oauthError(400, 'invalid_grant', expect.stringContaining('redirect_uri')),
    engine: message(403, 'Invalid redirect uri'),
  },
  {
    request: "code: another client's",
    send: async (world) => world.exchange(await world.code(), { client_id: 'strict' }),
    documented: oauthError(400, 'invalid_grant'),
    engine: oauthError(403, 'invalid_grant'),
  },
  {
    request: 'code: used twice',
    send: async (world) => {
      const code = await world.code();
      await world.exchange(code);
      return world.exchange(code);
    },
    documented: oauthError(400, 'invalid_grant', 'Invalid authorization code'),
    engine: oauthError(403, 'invalid_grant', 'Invalid authorization code'),
  },
  {
    request: 'code: after a replay the refresh token of that login is revoked',
    send: async (world) => {
      const code = await world.code();
      const { refresh_token } = (await (await world.exchange(code)).json()) as {
        refresh_token: string;
      };
      await world.exchange(code);
      return world.refresh(refresh_token);
    },
    documented: oauthError(400, 'invalid_grant', expect.stringContaining('used twice')),
    engine: oauthError(403, 'invalid_grant', 'Refresh token has been revoked'),
  },
  {
    request: 'code: after a replay the session of that login has ended',
    send: async (world) => {
      const code = await world.code();
      const { access_token } = (await (await world.exchange(code)).json()) as {
        access_token: string;
      };
      await world.exchange(code);
      return world.userinfo(access_token);
    },
    documented: {
      status: 401,
      body: { error: 'invalid_token', error_description: 'Session has been revoked' },
    },
    engine: { status: 401, body: 'Session has been revoked' },
  },
  {
    request: 'code: five minutes old',
    send: async (world) => {
      const code = await world.code();
      world.server.control.clock.advance({ minutes: 5 });
      return world.exchange(code);
    },
    documented: oauthError(400, 'invalid_grant', expect.stringContaining('expired')),
    engine: message(403, 'Code expired'),
  },
  {
    request: 'client: unknown',
    send: (world) => world.exchange('x', { client_id: 'nobody' }),
    documented: oauthError(401, 'invalid_client'),
    engine: message(403, 'Client not found'),
  },
  {
    request: 'client: inactive',
    send: (world) => world.exchange('x', { client_id: 'retired' }),
    documented: oauthError(401, 'invalid_client', expect.stringContaining('not active')),
    engine: message(403, 'Client not found'),
  },
  {
    request: 'client: none',
    send: (world) => world.token({ grant_type: 'refresh_token', refresh_token: 'x' }),
    documented: oauthError(400, 'invalid_request'),
    engine: { status: 400, body: 'client_id is required' },
  },
  {
    request: 'client: wrong secret',
    send: (world) => world.exchange('x', { client_id: 'backend', client_secret: 'wrong' }),
    documented: oauthError(401, 'invalid_client'),
    engine: message(403, 'Invalid client credentials'),
  },
  {
    request: 'client: wrong secret by HTTP Basic is challenged',
    send: (world) =>
      world.token(
        { grant_type: 'authorization_code', code: 'x' },
        { authorization: basic('backend', 'wrong') },
      ),
    documented: { status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Basic/) } },
    engine: { status: 403 },
  },
  {
    request: 'client: wrong secret at a refresh',
    send: (world) => world.refresh('x', { client_id: 'backend', client_secret: 'wrong' }),
    documented: oauthError(401, 'invalid_client'),
    engine: oauthError(403, 'invalid_client'),
  },
  {
    request: 'client: a code_verifier in place of the secret, for a code',
    send: async (world) =>
      world.exchange(await world.code({ client_id: 'backend' }), { client_id: 'backend' }),
    documented: oauthError(401, 'invalid_client'),
    engine: { status: 200 },
  },
  {
    request: 'client: a code_verifier in place of the secret, for a refresh',
    send: (world) => world.refresh('x', { client_id: 'backend', code_verifier: VERIFIER }),
    documented: oauthError(401, 'invalid_client'),
    engine: message(401, 'client_secret is required'),
  },
  {
    request: 'client: missing secret',
    send: (world) => world.refresh('x', { client_id: 'backend' }),
    documented: oauthError(401, 'invalid_client'),
    engine: message(401, 'client_secret is required'),
  },
  {
    request: 'grant: unknown',
    send: (world) => world.token({ grant_type: 'password', client_id: 'publisher-web' }),
    documented: oauthError(400, 'unsupported_grant_type'),
    engine: { status: 400, body: { success: false, error: { name: 'ZodError' } } },
  },
  {
    request: 'grant: missing',
    send: (world) => world.token({ client_id: 'publisher-web' }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    request: 'grant: a parameter sent twice',
    send: (world) =>
      world.send('/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=refresh_token&client_id=publisher-web&refresh_token=a&refresh_token=b',
      }),
    documented: oauthError(400, 'invalid_request', expect.stringContaining('more than once')),
  },
  {
    request: 'grant: a body that is neither a form nor JSON',
    send: (world) =>
      world.send('/oauth/token', {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: 'hello',
      }),
    documented: oauthError(400, 'invalid_request'),
  },
  {
    request: 'CORS: preflight of the token endpoint',
    send: (world) =>
      world.send('/oauth/token', {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example.com',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'auth0-client',
        },
      }),
    documented: {
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers':
          'Tenant-Id,Content-Type,Auth0-Client,Upgrade-Insecure-Requests',
        'access-control-max-age': '600',
        'access-control-allow-credentials': null,
      },
    },
  },
];
