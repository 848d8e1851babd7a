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

/** Requests to the token handler. */
export const HANDLER_ROWS: readonly Row[] = [
  {
    request: 'handler login: an enabled vendor',
    send: (world) => withShop(world).send('/auth/shop/login'),
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
    request: 'handler login: an unknown vendor',
    send: (world) => world.send('/auth/shop/login'),
    documented: {
      status: 404,
      body: { error: 'not_found', error_description: expect.stringContaining('clientId') },
    },
    engine: message(404, expect.stringContaining('clientId')),
  },
  {
    request: 'handler login: an inactive vendor',
    send: (world) => world.send('/auth/retired/login'),
    documented: { status: 404, body: { error: 'not_found' } },
    engine: { status: 404 },
  },
  {
    request: 'handler login: a vendor whose callback is not registered',
    send: (world) => world.send('/auth/publisher-web/login'),
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
    request: 'handler login: a vendor with a secret',
    send: (world) => world.send('/auth/backend/login'),
    documented: {
      status: 403,
      body: { error_description: expect.stringContaining('public') },
    },
    engine: message(403, expect.stringContaining('public')),
  },
  {
    request: 'handler login: a foreign returnTo',
    send: (world) => withShop(world).send('/auth/shop/login?returnTo=https://evil.example/'),
    documented: {
      status: 400,
      headers: { location: null, 'set-cookie': null },
      body: { error: 'invalid_request' },
    },
  },
  {
    request: 'handler login: a browser gets the error as a page',
    send: (world) => world.send('/auth/shop/login', { headers: { accept: 'text/html' } }),
    documented: { status: 404, body: expect.stringContaining('Request rejected') },
    engine: { status: 404, body: { message: expect.any(String) } },
  },
  {
    request: 'handler callback: without the cookie of its login',
    send: (world) => withShop(world).send('/auth/shop/callback?code=x&state=y'),
    documented: {
      status: 400,
      headers: { location: null, 'set-cookie': null },
      body: { error: 'invalid_request' },
    },
    engine: message(400, expect.stringContaining('did not begin this login')),
  },
  {
    request: 'handler userinfo: no session',
    send: (world) => world.send('/auth/userinfo'),
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
    request: 'handler userinfo: a hint without a session is cleared',
    send: (world) =>
      world.send('/auth/userinfo', { headers: { cookie: 'sesamy_is_authenticated=true' } }),
    documented: {
      status: 200,
      headers: {
        'set-cookie': expect.stringContaining('sesamy_is_authenticated=; Path=/; Max-Age=0'),
      },
    },
  },
  {
    request: 'handler logout: a POST without its header',
    send: (world) => world.send('/auth/logout', { method: 'POST', headers: sameOrigin }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: message(403, expect.stringContaining('X-Sesamy-CSRF')),
  },
  {
    request: 'handler logout: a POST without an origin',
    send: (world) =>
      world.send('/auth/logout', { method: 'POST', headers: { 'x-sesamy-csrf': '1' } }),
    documented: { status: 403, body: { error: 'access_denied' } },
    engine: { status: 403 },
  },
  {
    request: 'handler logout: a POST of a page of the site, signed in or not',
    send: (world) =>
      world.send('/auth/logout', {
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
    request: 'handler logout: a link of the site',
    send: (world) =>
      withShop(world).send('/auth/logout?returnTo=/', {
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
    request: 'handler logout: a link of another site',
    send: (world) => world.send('/auth/logout', { headers: { 'sec-fetch-site': 'cross-site' } }),
    documented: {
      status: 200,
      headers: { location: null, 'set-cookie': null },
      body: expect.stringContaining('Sign out?'),
    },
  },
  {
    request: 'handler API: cookies of another server are ignored',
    send: (world) =>
      world.send('/client/v1/profile', { headers: { cookie: '__Host-rt=a.b.c.d.e; at=x' } }),
    documented: { status: 401, body: { error: { code: 'authentication_required' } } },
  },
];
