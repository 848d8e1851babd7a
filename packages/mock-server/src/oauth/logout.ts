import type { Client } from '../clients.js';
import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { invalidRequest, type RefusalError } from '../errors.js';
import { isRegisteredUri } from '../redirect-uri.js';
import { endSession } from '../state.js';
import { type IdTokenHint, verifyIdTokenHint } from './id-token-hint.js';
import { logOut } from './op-session.js';

/** `GET /v2/logout`, as at Auth0. Refresh tokens stay valid: clients revoke theirs themselves. */
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
    if (!isAllowed) throw foreignReturn(client, 'returnTo', returnTo, 'Invalid redirect uri');
    logOut(server, c);
    return c.redirect(returnTo, 302);
  };
}

/**
 * `GET` and `POST /oidc/logout` (OIDC RP-Initiated Logout 1.0). Ends the session of the browser's cookie and the one
 * that the ID token names.
 */
export function endSessionEndpoint(server: ServerContext): Endpoint {
  return async (c) => {
    const { params, repeated, isMalformed } = c.get('facts');
    if (isMalformed) throw invalidRequest('The body must be a form.');
    if (repeated.length > 0)
      throw invalidRequest(`The parameter ${repeated[0]} was sent more than once.`);
    const given = params['id_token_hint'];
    const hint = given === undefined ? null : await verifyIdTokenHint(server, c, given);
    const client = clientOf(server, params['client_id'], hint);
    const target = params['post_logout_redirect_uri'];
    if (target !== undefined) checkTarget(client, target);
    endSessionOf(server, hint);
    logOut(server, c);
    if (target === undefined) return signedOutPage(c);
    const url = new URL(target);
    if (params['state'] !== undefined) url.searchParams.append('state', params['state']);
    return c.redirect(url.href, 302);
  };
}

/** The client that logs out. @throws RefusalError when it is not the one that the ID token was made for */
function clientOf(
  server: ServerContext,
  clientId: string | undefined,
  hint: IdTokenHint | null,
): Client | undefined {
  if (hint && clientId !== undefined && clientId !== hint.clientId) {
    throw invalidRequest('The client_id is not the audience of the id_token_hint.', {
      status: 400,
      body: 'client_id does not match id_token_hint',
    });
  }
  return server.state.clients.get(hint?.clientId ?? clientId ?? '');
}

/** Compared character by character (RP-Initiated Logout section 2): no wildcard, no other port. */
function checkTarget(client: Client | undefined, target: string): void {
  if (!client) {
    const body = 'post_logout_redirect_uri requires id_token_hint or client_id';
    throw invalidRequest(
      'A post_logout_redirect_uri needs the id_token_hint or client_id of a registered client.',
      { status: 400, body },
    );
  }
  if (client.logoutUrls.includes(target) && URL.canParse(target)) return;
  throw foreignReturn(
    client,
    'post_logout_redirect_uri',
    target,
    'Invalid post_logout_redirect_uri',
  );
}

/** Without it, a logout from a page of another site, which sends no cookie, would end nothing. */
function endSessionOf(server: ServerContext, hint: IdTokenHint | null): void {
  const session = server.state.sessions.get(hint?.sessionId ?? '');
  if (session) endSession(session, server.clock.now(), 'the user logged out');
}

function signedOutPage(c: AppContext): Response | Promise<Response> {
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  return c.html(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed out</title><p>You have been signed out.</p></html>',
  );
}

function foreignReturn(client: Client, name: string, given: string, engine: string): RefusalError {
  return invalidRequest(
    `The ${name} "${given.slice(0, 200)}" is not a logout URL of the client; registered: ${client.logoutUrls.join(', ') || 'none'}.`,
    { status: 400, body: engine },
  );
}
