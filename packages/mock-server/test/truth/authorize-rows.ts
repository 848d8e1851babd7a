import { expect } from 'vitest';
import { CALLBACK, type World } from '../support/world.js';
import { message, type Row } from './table.js';

const callbackWith = (...parts: string[]): Record<string, unknown> => ({
  location: expect.stringMatching(new RegExp(`^${CALLBACK}\\?.*${parts.join('.*')}`)),
});

/** The request that `authorizeUrl` would make, as a form. */
function postAuthorize(world: World, headers: HeadersInit = {}): Promise<Response> {
  const body = world.authorizeUrl().searchParams;
  return world.ask('/authorize', { method: 'POST', body, headers });
}

/** Questions to `/authorize`. */
export const AUTHORIZE_ROWS: readonly Row[] = [
  {
    question: 'authorize: a good request without a session',
    ask: (world) => world.authorize(),
    documented: {
      status: 302,
      headers: { location: expect.stringContaining('/u/login/identifier?state=') },
    },
  },
  {
    question: 'authorize: a good request with a session',
    ask: (world) => world.authorize({}, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=.{32}', 'state=xyz') },
  },
  {
    question: 'authorize: by POST without a session',
    ask: (world) => postAuthorize(world),
    documented: {
      status: 302,
      headers: { location: expect.stringContaining('/u/login/identifier?state=') },
    },
  },
  {
    question: 'authorize: by POST with a session',
    ask: (world) => postAuthorize(world, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=.{32}', 'state=xyz') },
  },
  {
    question: 'authorize: a body that is no form',
    ask: (world) => world.ask('/authorize', { method: 'POST', body: 'x' }),
    documented: { status: 400, body: { error: 'invalid_request' } },
  },
  {
    question: 'authorize: a request object',
    ask: (world) => world.authorize({ request: 'eyJhbGciOiJub25lIn0.e30.' }),
    documented: { status: 302, headers: callbackWith('error=request_not_supported', 'state=xyz') },
  },
  {
    question: 'authorize: a request object by reference',
    ask: (world) => world.authorize({ request_uri: 'https://app.example.com/request.jwt' }),
    documented: {
      status: 302,
      headers: callbackWith('error=request_uri_not_supported', 'state=xyz'),
    },
  },
  ...['{', '[]', '"x"', '{"userinfo":1}'].map((claims): Row => ({
    question: `authorize: ${claims} as claims`,
    ask: (world) => world.authorize({ claims }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'claims') },
    engine: { status: 400, headers: { location: null }, body: expect.stringContaining('claims') },
  })),
  {
    question: 'authorize: unknown parameters',
    ask: (world) =>
      world.authorize(
        { incognito: 'false', auth0Client: 'e30=', metadata: '1' },
        { cookie: world.cookie() },
      ),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    question: 'authorize: state with =, &, + and spaces comes back to the letter',
    ask: (world) => world.authorize({ state: 'a=b&c+d e' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('state=a%3Db%26c%2Bd') },
  },
  {
    question: 'authorize: a state of 4 KB comes back',
    ask: (world) => world.authorize({ state: 's'.repeat(4096) }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('state=s{4096}$') },
  },
  {
    question: 'authorize: no client_id',
    ask: (world) => world.authorize({ client_id: null }),
    documented: { status: 400, body: { error: 'invalid_request' } },
    engine: { status: 400, body: 'client_id is required' },
  },
  {
    question: 'authorize: an unknown client',
    ask: (world) => world.authorize({ client_id: 'nobody' }),
    documented: { status: 403, body: { error: 'unauthorized_client' } },
    engine: message(403, 'Client not found'),
  },
  {
    question: 'authorize: an inactive client',
    ask: (world) => world.authorize({ client_id: 'retired' }),
    documented: { status: 403, body: { error: 'unauthorized_client' } },
    engine: message(403, 'Client not found'),
  },
  {
    question: 'authorize: an unregistered redirect_uri is never redirected to',
    ask: (world) => world.authorize({ redirect_uri: 'https://evil.example/' }),
    documented: { status: 400, headers: { location: null }, body: { error: 'invalid_request' } },
    engine: {
      status: 400,
      headers: { location: null },
      body: expect.stringContaining('Invalid redirect URI'),
    },
  },
  {
    question: 'authorize: the port of the redirect_uri',
    ask: (world) => world.authorize({ redirect_uri: 'https://app.example.com:8443/callback' }),
    documented: { status: 400, headers: { location: null } },
    engine: { status: 302 },
  },
  {
    question: 'authorize: an extra query parameter on the redirect_uri',
    ask: (world) => world.authorize({ redirect_uri: `${CALLBACK}?next=1` }),
    documented: { status: 400, headers: { location: null } },
  },
  {
    question: 'authorize: a foreign Origin header',
    ask: (world) => world.authorize({}, { origin: 'https://evil.example' }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: { status: 403 },
  },
  {
    question: 'authorize: no PKCE from a public client',
    ask: (world) => world.authorize({ code_challenge: null, code_challenge_method: null }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'code_challenge') },
    engine: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    question: 'authorize: the PKCE method plain',
    ask: (world) => world.authorize({ code_challenge_method: 'plain' }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'S256') },
    engine: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    question: 'authorize: no response_type',
    ask: (world) => world.authorize({ response_type: null }),
    documented: { status: 302, headers: callbackWith('error=invalid_request', 'state=xyz') },
  },
  {
    question: 'authorize: an unregistered audience',
    ask: (world) => world.authorize({ audience: 'https://other.example' }),
    documented: {
      status: 302,
      headers: callbackWith('error=access_denied', 'Service\\+not\\+found'),
    },
  },
  {
    question: "authorize: Auth0's audience is named as the mistake it is",
    ask: (world) => world.authorize({ audience: 'https://auth.sesamy.com/api/v2/' }),
    documented: { status: 302, headers: callbackWith('error=access_denied', 'api.sesamy.com') },
  },
  {
    question: 'authorize: prompt=none without a session, by redirect',
    ask: (world) => world.authorize({ prompt: 'none' }),
    documented: {
      status: 302,
      headers: callbackWith('error=login_required', 'Login\\+required', 'state=xyz'),
    },
  },
  {
    question: 'authorize: prompt=none without a session, by web_message',
    ask: (world) => world.authorize({ prompt: 'none', response_mode: 'web_message' }),
    documented: {
      status: 200,
      headers: { 'x-frame-options': null },
      body: expect.stringMatching(
        /authorization_response.*login_required.*https:\/\/app\.example\.com/s,
      ),
    },
  },
  {
    question: 'authorize: prompt=none with a session, by web_message',
    ask: (world) =>
      world.authorize({ prompt: 'none', response_mode: 'web_message' }, { cookie: world.cookie() }),
    documented: {
      status: 200,
      body: expect.stringMatching(/"response":\{"code":"[\w-]{32}","state":"xyz"\}/),
    },
  },
  {
    question: 'authorize: prompt=none without state',
    ask: (world) => world.authorize({ prompt: 'none', state: null }),
    documented: { status: 400 },
  },
  {
    question: 'authorize: prompt=none without response_type',
    ask: (world) => world.authorize({ prompt: 'none', response_type: null }),
    documented: { status: 400, headers: { location: null } },
  },
  {
    question: 'authorize: prompt=none without a session cookie clears nothing',
    ask: (world) => world.authorize({ prompt: 'none' }),
    documented: { status: 302, headers: { 'set-cookie': null } },
  },
  {
    question: 'authorize: prompt=none with the cookie of a session that is over clears it',
    ask: (world) => {
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
    question: 'authorize: of several session cookies the good one counts',
    ask: (world) =>
      world.authorize(
        { prompt: 'none' },
        { cookie: `publisher-auth-token=ses_old; ${world.cookie()}` },
      ),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    question: 'authorize: prompt=none with a session sets its cookie again',
    ask: (world) => world.authorize({ prompt: 'none' }, { cookie: world.cookie() }),
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
    question: 'authorize: prompt=login ignores the session',
    ask: (world) => world.authorize({ prompt: 'login' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    question: 'authorize: screen_hint=login ignores the session',
    ask: (world) => world.authorize({ screen_hint: 'login' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    question: 'authorize: max_age younger than the session',
    ask: (world) => {
      const cookie = world.cookie();
      world.server.control.clock.advance({ minutes: 10 });
      return world.authorize({ max_age: '60', prompt: 'none' }, { cookie });
    },
    documented: { status: 302, headers: callbackWith('error=login_required') },
  },
  {
    question: 'authorize: login_hint of the session user',
    ask: (world) => world.authorize({ login_hint: 'ADA@example.com' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: callbackWith('code=') },
  },
  {
    question: 'authorize: connection=email with a login_hint goes straight to the code',
    ask: (world) => world.authorize({ connection: 'email', login_hint: 'ada@example.com' }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/code?') } },
  },
  {
    question: 'authorize: login_hint of somebody else',
    ask: (world) =>
      world.authorize({ login_hint: 'grace@example.com' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringContaining('/u/login/') } },
  },
  {
    question: 'authorize: an organization the user belongs to not, silently',
    ask: (world) =>
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
    question: 'authorize: response_mode=fragment',
    ask: (world) => world.authorize({ response_mode: 'fragment' }, { cookie: world.cookie() }),
    documented: { status: 302, headers: { location: expect.stringMatching(/callback#code=/) } },
    engine: { status: 302, headers: { location: expect.stringMatching(/callback\?code=/) } },
  },
  {
    question: 'authorize: response_mode=form_post',
    ask: (world) => world.authorize({ response_mode: 'form_post' }, { cookie: world.cookie() }),
    documented: {
      status: 200,
      body: expect.stringMatching(
        /<form method="post" action="https:\/\/app\.example\.com\/callback">/,
      ),
    },
  },
];
