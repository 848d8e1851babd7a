import { decodeJwt } from 'jose/jwt/decode';
import type { Client } from '../clients.js';
import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { invalidRequest } from '../errors.js';
import { isRegisteredUri } from '../redirect-uri.js';
import { logOut } from './op-session.js';

/** `GET /v2/logout`, Auth0's way. Refresh tokens live on: clients revoke theirs themselves. */
export function logoutEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const { params } = c.get('facts');
    const client = server.state.clients.get(params['client_id'] ?? '');
    if (!client) return c.text('OK');
    const returnTo = params['returnTo'] ?? c.req.header('referer');
    if (!returnTo) {
      logOut(server, c);
      return c.text('OK');
    }
    const isAllowed = isRegisteredUri(returnTo, client.logoutUrls, server.options.fidelity);
    if (!isAllowed && params['returnTo'] === undefined) {
      logOut(server, c);
      return c.text('OK');
    }
    if (!isAllowed) throw foreignReturn(client, 'returnTo', returnTo);
    logOut(server, c);
    return c.redirect(returnTo, 302);
  };
}

/** `GET /oidc/logout` (OIDC RP-Initiated Logout 1.0). */
export function endSessionEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const { params } = c.get('facts');
    const target = params['post_logout_redirect_uri'];
    const client = server.state.clients.get(
      params['client_id'] ?? audienceOf(params['id_token_hint']) ?? '',
    );
    if (target !== undefined && !(client && client.logoutUrls.includes(target))) {
      throw foreignReturn(client, 'post_logout_redirect_uri', target);
    }
    logOut(server, c);
    if (target === undefined) return signedOutPage(c);
    const url = new URL(target);
    if (params['state'] !== undefined) url.searchParams.append('state', params['state']);
    return c.redirect(url.href, 302);
  };
}

function signedOutPage(c: AppContext): Response | Promise<Response> {
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  return c.html(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed out</title><p>You have been signed out.</p></html>',
  );
}

/** The client that an ID token was made for; old tokens are fine, they only name it. */
function audienceOf(idToken: string | undefined): string | undefined {
  if (!idToken) return undefined;
  try {
    const { aud } = decodeJwt(idToken);
    return typeof aud === 'string' ? aud : undefined;
  } catch {
    return undefined;
  }
}

function foreignReturn(
  client: Client | undefined,
  name: string,
  given: string,
): ReturnType<typeof invalidRequest> {
  const known = client ? `; registered: ${client.logoutUrls.join(', ') || 'none'}` : '';
  return invalidRequest(
    `The ${name} "${given.slice(0, 200)}" is not a logout URL of the client${known}.`,
    {
      status: 400,
      body: 'Invalid redirect uri',
    },
  );
}
