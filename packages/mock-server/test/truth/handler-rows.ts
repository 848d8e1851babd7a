import { expect } from 'vitest';
import type { World } from '../support/world.js';
import { message, type Row } from './table.js';

const CALLBACK = 'https://token.sesamy.com/auth/shop/callback';

/** A world in which the token handler is enabled for the vendor `shop`, without a proxy. */
function withShop(world: World): World {
  world.server.control.clients.add({
    clientId: 'shop',
    callbacks: [CALLBACK],
    logoutUrls: ['https://token.sesamy.com/'],
  });
  return world;
}

const sameOrigin = { origin: 'https://token.sesamy.com', 'sec-fetch-site': 'same-origin' };

/** Questions to the token handler. */
export const HANDLER_ROWS: readonly Row[] = [
  {
    question: 'handler login: an enabled vendor',
    ask: (world) => withShop(world).ask('/auth/shop/login'),
    documented: {
      status: 302,
      headers: {
        location: expect.stringMatching(
          /\/authorize\?client_id=shop&redirect_uri=[^&]+shop%2Fcallback&/,
        ),
        'set-cookie': expect.stringMatching(
          /^__Host-sesamy_login_[\w-]{8}=[\w.-]+; Path=\/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax$/,
        ),
        'cache-control': 'no-store',
      },
    },
  },
  {
    question: 'handler login: an unknown vendor',
    ask: (world) => world.ask('/auth/shop/login'),
    documented: {
      status: 404,
      body: { error: 'not_found', error_description: expect.stringContaining('clientId') },
    },
    engine: message(404, expect.stringContaining('clientId')),
  },
  {
    question: 'handler login: an inactive vendor',
    ask: (world) => world.ask('/auth/retired/login'),
    documented: { status: 404, body: { error: 'not_found' } },
    engine: { status: 404 },
  },
  {
    question: 'handler login: a vendor whose callback is not registered',
    ask: (world) => world.ask('/auth/publisher-web/login'),
    documented: {
      status: 403,
      body: {
        error: 'unauthorized_client',
        error_description: expect.stringContaining(
          'Add https://token.sesamy.com/auth/publisher-web/callback',
        ),
      },
    },
    engine: message(403, expect.stringContaining('Add https://token.sesamy.com/auth/')),
  },
  {
    question: 'handler login: a vendor with a secret',
    ask: (world) => world.ask('/auth/backend/login'),
    documented: {
      status: 403,
      body: { error_description: expect.stringContaining('public') },
    },
    engine: message(403, expect.stringContaining('public')),
  },
  {
    question: 'handler login: a foreign returnTo',
    ask: (world) => withShop(world).ask('/auth/shop/login?returnTo=https://evil.example/'),
    documented: {
      status: 400,
      headers: { location: null, 'set-cookie': null },
      body: { error: 'invalid_request' },
    },
  },
  {
    question: 'handler login: for a person at a browser the refusal is a page',
    ask: (world) => world.ask('/auth/shop/login', { headers: { accept: 'text/html' } }),
    documented: { status: 404, body: expect.stringContaining('Request refused') },
    engine: { status: 404, body: { message: expect.any(String) } },
  },
  {
    question: 'handler callback: without the cookie of its login',
    ask: (world) => withShop(world).ask('/auth/shop/callback?code=x&state=y'),
    documented: {
      status: 400,
      headers: { location: null, 'set-cookie': null },
      body: { error: 'invalid_request' },
    },
    engine: message(400, expect.stringContaining('not known to this browser')),
  },
  {
    question: 'handler userinfo: nobody',
    ask: (world) => world.ask('/auth/userinfo'),
    documented: {
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'set-cookie': null,
        'access-control-allow-origin': null,
      },
      body: { authenticated: false },
      absent: ['sub'],
    },
  },
  {
    question: 'handler userinfo: a hint without a session is cleared',
    ask: (world) =>
      world.ask('/auth/userinfo', { headers: { cookie: 'sesamy_is_authenticated=true' } }),
    documented: {
      status: 200,
      headers: {
        'set-cookie': expect.stringContaining('sesamy_is_authenticated=; Path=/; Max-Age=0'),
      },
    },
  },
  {
    question: 'handler logout: a POST without its header',
    ask: (world) => world.ask('/auth/logout', { method: 'POST', headers: sameOrigin }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: message(403, expect.stringContaining('X-Sesamy-CSRF')),
  },
  {
    question: 'handler logout: a POST without an origin',
    ask: (world) =>
      world.ask('/auth/logout', { method: 'POST', headers: { 'x-sesamy-csrf': '1' } }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: { status: 403 },
  },
  {
    question: 'handler logout: a POST of a page of the site, signed in or not',
    ask: (world) =>
      world.ask('/auth/logout', {
        method: 'POST',
        headers: { ...sameOrigin, 'x-sesamy-csrf': '1' },
      }),
    documented: {
      status: 204,
      headers: {
        'set-cookie': expect.stringMatching(/^at=;.*__Host-rt=;.*sesamy_is_authenticated=;/),
      },
    },
  },
  {
    question: 'handler logout: a link of the site',
    ask: (world) =>
      withShop(world).ask('/auth/logout?returnTo=/', {
        headers: { 'sec-fetch-site': 'same-origin' },
      }),
    documented: {
      status: 302,
      headers: {
        location:
          'https://token.sesamy.com/v2/logout?client_id=shop&returnTo=https%3A%2F%2Ftoken.sesamy.com%2F',
      },
    },
  },
  {
    question: 'handler logout: a link of another site',
    ask: (world) => world.ask('/auth/logout', { headers: { 'sec-fetch-site': 'cross-site' } }),
    documented: {
      status: 200,
      headers: { location: null, 'set-cookie': null },
      body: expect.stringContaining('Sign out?'),
    },
  },
  {
    question: 'handler API: cookies that are not ours count as none',
    ask: (world) =>
      world.ask('/client/v1/profile', { headers: { cookie: '__Host-rt=a.b.c.d.e; at=x' } }),
    documented: { status: 401, body: { error: { code: 'authentication_required' } } },
  },
];
