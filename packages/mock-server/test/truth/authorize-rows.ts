import { expect } from 'vitest';
import { CALLBACK, type World } from '../support/world.js';
import { message, type Row } from './table.js';

const callbackWith = (...parts: string[]): Record<string, unknown> => ({
  location: expect.stringMatching(new RegExp(`^${CALLBACK}\\?.*${parts.join('.*')}`)),
});

/** The request that `authorizeUrl` would make, as a form. */
function postAuthorize(world: World, headers: HeadersInit = {}): Promise<Response> {
  const body = world.authorizeUrl().searchParams;
  return world.send('/authorize', { method: 'POST', body, headers });
}

/** Requests to `/authorize`. */
export const AUTHORIZE_ROWS: readonly Row[] = [
  {
    request: 'authorize: a good request without a session',
    send: (world) => world.authorize(),
    documented: {
      status: 302,
      headers: { location: expect.stringContaining('/u/login/identifier?state=') },
    },
  },
  {
    request: 'authorize: a good request with a session',
    send: (world) => world.authorize({}, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=.{32}', 'state=xyz') },
  },
  {
    request: 'authorize: by POST without a session',
    send: (world) => postAuthorize(world),
    documented: {
      status: 302,
      headers: { location: expect.stringContaining('/u/login/identifier?state=') },
    },
  },
  {
    request: 'authorize: by POST with a session',
    send: (world) => postAuthorize(world, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=.{32}', 'state=xyz') },
  },
  {
    request: 'authorize: a body that is no form',
    send: (world) => world.send('/authorize', { method: 'POST', body: 'x' }),
    documented: { status: 400, body: { error: 'invalid_request' } },
  },
  {
    request: 'authorize: a request object',
    send: (world) => world.authorize({ request: 'eyJhbGciOiJub25lIn0.e30.' }),
    documented: { status: 302, headers: callbackWith('error=request_not_supported', 'state=xyz') },
  },
  {
    request: 'authorize: a request object by reference',
    send: (world) => world.authorize({ request_uri: 'https://app.example.com/request.jwt' }),
    documented: {
      status: 302,
      headers: callbackWith('error=request_uri_not_supported', 'state=xyz'),
    },
  },
  ...['{', '[]', '"x"', '{"userinfo":1}'].map((claims): Row => ({
    request: `authorize: ${claims} as claims`,
    send: (world) => world.authorize({ claims }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'claims') },
    engine: { status: 400, headers: { location: null }, body: expect.stringContaining('claims') },
  })),
  {
    request: 'authorize: unknown parameters',
    send: (world) =>
      world.authorize(
        { incognito: 'false', auth0Client: 'e30=', metadata: '1' },
        { cookie: world.cookie() },
      ),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    request: 'authorize: state with =, &, + and spaces is returned unchanged',
    send: (world) => world.authorize({ state: 'a=b&c+d e' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('state=a%3Db%26c%2Bd') },
  },
  {
    request: 'authorize: a state of 4 KB is returned',
    send: (world) => world.authorize({ state: 's'.repeat(4096) }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('state=s{4096}$') },
  },
  {
    request: 'authorize: no client_id',
    send: (world) => world.authorize({ client_id: null }),
    documented: { status: 400, body: { error: 'invalid_request' } },
    engine: { status: 400, body: 'client_id is required' },
  },
  {
    request: 'authorize: an unknown client',
    send: (world) => world.authorize({ client_id: 'nobody' }),
    documented: { status: 403, body: { error: 'unauthorized_client' } },
    engine: message(403, 'Client not found'),
  },
  {
    request: 'authorize: an inactive client',
    send: (world) => world.authorize({ client_id: 'retired' }),
    documented: { status: 403, body: { error: 'unauthorized_client' } },
    engine: message(403, 'Client not found'),
  },
  {
    request: 'authorize: an unregistered redirect_uri is never redirected to',
    send: (world) => world.authorize({ redirect_uri: 'https://evil.example/' }),
    documented: { status: 400, headers: { location: null }, body: { error: 'invalid_request' } },
    engine: {
      status: 400,
      headers: { location: null },
      body: expect.stringContaining('Invalid redirect URI'),
    },
  },
  {
    request: 'authorize: the port of the redirect_uri',
    send: (world) => world.authorize({ redirect_uri: 'https://app.example.com:8443/callback' }),
    documented: { status: 400, headers: { location: null } },
    engine: { status: 302 },
  },
  {
    request: 'authorize: an extra query parameter on the redirect_uri',
    send: (world) => world.authorize({ redirect_uri: `${CALLBACK}?next=1` }),
    documented: { status: 400, headers: { location: null } },
  },
  {
    request: 'authorize: a foreign Origin header',
    send: (world) => world.authorize({}, { origin: 'https://evil.example' }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: { status: 403 },
  },
  {
    request: 'authorize: no PKCE from a public client',
    send: (world) => world.authorize({ code_challenge: null, code_challenge_method: null }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'code_challenge') },
    engine: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    request: 'authorize: the PKCE method plain',
    send: (world) => world.authorize({ code_challenge_method: 'plain' }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'S256') },
    engine: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    request: 'authorize: no response_type',
    send: (world) => world.authorize({ response_type: null }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'state=xyz') },
  },
  {
    request: 'authorize: an unregistered audience',
    send: (world) => world.authorize({ audience: 'https://other.example' }),
    documented: {
      status: 302,
      headers: callbackWith('error=access_denied', 'Service\\+not\\+found'),
    },
  },
  {
    request: "authorize: Auth0's audience, which the error names",
    send: (world) => world.authorize({ audience: 'https://auth.sesamy.com/api/v2/' }),
    documented: { status: 302, headers: callbackWith('error=access_denied', 'api.sesamy.com') },
  },
  {
    request: 'authorize: prompt=none without a session, by redirect',
    send: (world) => world.authorize({ prompt: 'none' }),
    documented: {
      status: 302,
      headers: callbackWith('error=login_required', 'Login\\+required', 'state=xyz'),
    },
  },
  {
    request: 'authorize: prompt=none without a session, by web_message',
    send: (world) => world.authorize({ prompt: 'none', response_mode: 'web_message' }),
    documented: {
      status: 200,
      headers: { 'x-frame-options': null },
      body: expect.stringMatching(
        /authorization_response.*login_required.*https:\/\/app\.example\.com/s,
      ),
    },
  },
  {
    request: 'authorize: prompt=none with a session, by web_message',
    send: (world) =>
      world.authorize({ prompt: 'none', response_mode: 'web_message' }, { cookie: world.cookie() }),
    documented: {
      status: 200,
      body: expect.stringMatching(/"response":\{"code":"[\w-]{32}","state":"xyz"\}/),
    },
  },
  {
    request: 'authorize: prompt=none without state',
    send: (world) => world.authorize({ prompt: 'none', state: null }),
    documented: { status: 400 },
  },
  {
    request: 'authorize: prompt=none without response_type',
    send: (world) => world.authorize({ prompt: 'none', response_type: null }),
    documented: { status: 400, headers: { location: null } },
  },
  {
    request: 'authorize: prompt=none without a session cookie clears nothing',
    send: (world) => world.authorize({ prompt: 'none' }),
    documented: { status: 302, headers: { 'set-cookie': null } },
  },
  {
    request: 'authorize: prompt=none with the cookie of an ended session clears it',
    send: (world) => {
      const cookie = world.cookie();
      world.server.control.sessions.end({ user: 'ada' });
      return world.authorize({ prompt: 'none' }, { cookie });
    },
    documented: {
      status: 302,
      headers: {
        ...callbackWith('error=login_required'),
        'set-cookie': expect.stringMatching(/^publisher-auth-token=;.*Max-Age=0/),
      },
    },
  },
  {
    request: 'authorize: of several session cookies the valid one counts',
    send: (world) =>
      world.authorize(
        { prompt: 'none' },
        { cookie: `publisher-auth-token=ses_old; ${world.cookie()}` },
      ),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    request: 'authorize: prompt=none with a session sets its cookie again',
    send: (world) => world.authorize({ prompt: 'none' }, { cookie: world.cookie() }),
    documented: {
      status: 302,
      headers: {
        'set-cookie': expect.stringMatching(
          /^publisher-auth-token=; Path=\/; HttpOnly; Secure; SameSite=None; Max-Age=0, publisher-auth-token=ses_[\w-]+; Path=\/; HttpOnly; Max-Age=2592000; Secure; SameSite=None; Partitioned$/,
        ),
      },
    },
  },
  {
    request: 'authorize: prompt=login ignores the session',
    send: (world) => world.authorize({ prompt: 'login' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    request: 'authorize: screen_hint=login ignores the session',
    send: (world) => world.authorize({ screen_hint: 'login' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    request: 'authorize: max_age younger than the session',
    send: (world) => {
      const cookie = world.cookie();
      world.server.control.clock.advance({ minutes: 10 });
      return world.authorize({ max_age: '60', prompt: 'none' }, { cookie });
    },
    documented: { status: 302, headers: callbackWith('error=login_required') },
  },
  {
    request: 'authorize: login_hint of the session user',
    send: (world) => world.authorize({ login_hint: 'ADA@example.com' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    request: 'authorize: connection=email with a login_hint goes straight to the code',
    send: (world) => world.authorize({ connection: 'email', login_hint: 'ada@example.com' }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/code?') } },
  },
  {
    request: 'authorize: login_hint of another user',
    send: (world) =>
      world.authorize({ login_hint: 'grace@example.com' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    request: 'authorize: silently, an organization without the user',
    send: (world) =>
      world.authorize(
        { organization: 'org_analytical', prompt: 'none' },
        { cookie: world.cookie('grace') },
      ),
    documented: {
      status: 302,
      headers: {
        ...callbackWith('error=login_required'),
        'set-cookie': expect.stringContaining('Max-Age=0'),
      },
    },
  },
  {
    request: 'authorize: response_mode=fragment',
    send: (world) => world.authorize({ response_mode: 'fragment' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringMatching(/callback#code=/) } },
    engine: { status: 302, headers: { location: expect.stringMatching(/callback\?code=/) } },
  },
  {
    request: 'authorize: response_mode=form_post',
    send: (world) => world.authorize({ response_mode: 'form_post' }, { cookie: world.cookie() }),
    documented: {
      status: 200,
      body: expect.stringMatching(
        /<form method="post" action="https:\/\/app\.example\.com\/callback">/,
      ),
    },
  },
];
