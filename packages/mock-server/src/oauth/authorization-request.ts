import { type Client, isConfidential } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import { engineMessage, invalidRequest, RefusalError } from '../errors.js';
import { isRegisteredCallback } from '../redirect-uri.js';
import type { AuthorizationRequest } from '../state.js';
import type { AuthorizationError } from './authorization-response.js';
import { NO_CLAIMS, parseClaimsRequest, type RequestedClaims } from './claims-request.js';
import { unknownClient } from './unknown-client.js';

/** A request whose response may go to its redirect URI, with its error, if any. */
export interface ParsedRequest {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly error: AuthorizationError | null;
}

const RESPONSE_MODES = ['query', 'fragment', 'form_post', 'web_message'] as const;
const OIDC_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/**
 * Validates an authorization request (RFC 6749 section 4.1.1, OIDC Core 3.1.2.1).
 * @throws RefusalError for errors that must not be redirected: an unknown client, a redirect
 * URI that is not registered, a foreign `Origin`.
 */
export function parseAuthorizationRequest(server: ServerContext, c: AppContext): ParsedRequest {
  const { params, repeated, isMalformed } = c.get('facts');
  if (isMalformed) throw invalidRequest('The body must be a form.');
  const client = requireClient(server, params['client_id']);
  const redirectUri = requireRedirectUri(server, client, params['redirect_uri']);
  requireKnownOrigin(client, c.req.header('origin'));
  const responseMode = RESPONSE_MODES.find((mode) => mode === params['response_mode']);
  const request: AuthorizationRequest = {
    clientId: client.clientId,
    redirectUri,
    responseMode: isPostable(responseMode, redirectUri)
      ? effectiveMode(server, responseMode, params['prompt'])
      : 'query',
    scope: (params['scope'] ?? '').split(/\s+/).filter(Boolean).join(' '),
    audience: params['audience'] || server.options.defaultAudience,
    state: params['state'] ?? null,
    nonce: params['nonce'] ?? null,
    codeChallenge: params['code_challenge'] ?? null,
    codeChallengeMethod: params['code_challenge_method'] === 'S256' ? 'S256' : 'plain',
    prompt: (params['prompt'] ?? '').split(' ').filter(Boolean),
    maxAgeSeconds: readMaxAge(params['max_age']),
    loginHint: params['login_hint'] ?? null,
    screenHint: params['screen_hint'] ?? null,
    uiLocales: params['ui_locales'] ?? null,
    acrValues: params['acr_values'] ?? null,
    organization: params['organization'] ?? null,
    connection: params['connection'] ?? null,
    requestedClaims: readClaims(server, params['claims']) ?? NO_CLAIMS,
    issuer: server.issuerFor(c.req.url),
  };
  if (request.prompt.includes('none')) {
    const missing = ['state', 'response_type'].find((name) => !params[name]);
    if (missing !== undefined) throw invalidRequest(`${missing} is required with prompt=none.`);
  }
  return { request, client, error: findError(server, client, request, params, repeated) };
}

/** A message can be posted to the origin of a web page only; a native app's scheme has none. */
function isPostable(mode: string | undefined, redirectUri: string): boolean {
  return mode !== 'web_message' || new URL(redirectUri).origin !== 'null';
}

/** The engine responds to an interactive code request in the query even when a fragment was requested. */
function effectiveMode(
  server: ServerContext,
  requested: AuthorizationRequest['responseMode'] | undefined,
  prompt: string | undefined,
): AuthorizationRequest['responseMode'] {
  const ignoresFragment = server.options.fidelity === 'engine' && prompt !== 'none';
  return requested === undefined || (requested === 'fragment' && ignoresFragment)
    ? 'query'
    : requested;
}

function findError(
  server: ServerContext,
  client: Client,
  request: AuthorizationRequest,
  params: Readonly<Record<string, string>>,
  repeated: readonly string[],
): AuthorizationError | null {
  const invalid = (error_description: string, error = 'invalid_request'): AuthorizationError => ({
    error,
    error_description,
  });
  const mode = params['response_mode'];
  for (const name of ['request', 'request_uri']) {
    if (params[name] !== undefined)
      return invalid(`The parameter ${name} is not supported.`, `${name}_not_supported`);
  }
  if (repeated.length > 0) return invalid(`The parameter ${repeated[0]} was sent more than once.`);
  if (!params['response_type']) return invalid('response_type is missing.');
  if (params['response_type'] !== 'code') {
    return invalid('Only response_type=code is supported.', 'unsupported_response_type');
  }
  if (mode !== undefined && !RESPONSE_MODES.some((known) => known === mode)) {
    return invalid('The response_mode is not supported.', 'unsupported_response_mode');
  }
  if (request.prompt.includes('none') && request.prompt.length > 1) {
    return invalid('prompt=none cannot be combined with other values.');
  }
  if (params['max_age'] !== undefined && request.maxAgeSeconds === null) {
    return invalid('max_age must be a number of seconds.');
  }
  if (params['claims'] !== undefined && parseClaimsRequest(params['claims']) === null) {
    return invalid('claims must be a JSON object with the members userinfo and id_token.');
  }
  if (!isPostable(mode, request.redirectUri)) {
    return invalid('web_message needs a redirect_uri of a web page.', 'unsupported_response_mode');
  }
  if (!server.options.audiences.includes(request.audience)) {
    return invalid(
      `Service not found: ${request.audience}${audienceHint(request.audience)}`,
      'access_denied',
    );
  }
  return findPkceError(server, client, request, params['code_challenge_method']);
}

/** RFC 9700 section 2.1.1: public clients must use PKCE, and S256 at that. */
function findPkceError(
  server: ServerContext,
  client: Client,
  request: AuthorizationRequest,
  method: string | undefined,
): AuthorizationError | null {
  const error = 'invalid_request';
  if (server.options.fidelity === 'engine') return null;
  if (request.codeChallenge === null) {
    return isConfidential(client)
      ? null
      : { error, error_description: 'code_challenge is required: this client is public.' };
  }
  if (method !== 'S256') return { error, error_description: 'code_challenge_method must be S256.' };
  if (!/^[A-Za-z0-9_-]{43}$/.test(request.codeChallenge)) {
    return { error, error_description: 'code_challenge must be a base64url-encoded SHA-256 hash.' };
  }
  return null;
}

function requireClient(server: ServerContext, clientId: string | undefined): Client {
  if (!clientId)
    throw invalidRequest('client_id is missing.', { status: 400, body: 'client_id is required' });
  const client = server.state.clients.get(clientId);
  if (client?.isActive) return client;
  throw new RefusalError(
    403,
    'unauthorized_client',
    client ? `The client ${client.clientId} is disabled.` : unknownClient(server, clientId),
    engineMessage(403, 'Client not found'),
  );
}

function requireRedirectUri(
  server: ServerContext,
  client: Client,
  given: string | undefined,
): string {
  if (!given)
    throw invalidRequest('redirect_uri is missing.', {
      status: 400,
      body: 'redirect_uri is required',
    });
  const uri = given.split('#', 1)[0] ?? '';
  if (isRegisteredCallback(uri, client, server.options.fidelity)) return uri;
  throw invalidRequest(
    `The redirect_uri "${uri.slice(0, 200)}" is not registered for the client ${client.clientId}. ` +
      `Add it to the client's callbacks, or start sesamy-mock with --callback; ` +
      `registered: ${client.callbacks.join(', ') || 'none'}.`,
    { status: 400, body: `Invalid redirect URI - ${uri.slice(0, 200)}` },
  );
}

function requireKnownOrigin(client: Client, origin: string | undefined): void {
  if (!origin || origin === 'null' || client.webOrigins.includes(origin)) return;
  throw new RefusalError(
    403,
    'access_denied',
    `The origin ${origin.slice(0, 200)} is not a web origin of the client.`,
    engineMessage(403, 'Origin not allowed'),
  );
}

/** The engine rejects a bad `claims` parameter itself; else the client receives the error. */
function readClaims(server: ServerContext, text: string | undefined): RequestedClaims | null {
  if (text === undefined) return NO_CLAIMS;
  const claims = parseClaimsRequest(text);
  if (claims || server.options.fidelity === 'documented') return claims;
  const body = 'invalid claims parameter: not valid JSON';
  throw invalidRequest('claims is not a claims request.', { status: 400, body });
}

function readMaxAge(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** The audience that Auth0's own examples use does not exist at Sesamy; the error names the one that does. */
function audienceHint(audience: string): string {
  return audience.endsWith('/api/v2/') ? " (Sesamy's audience is https://api.sesamy.com)" : '';
}

/** The scopes that are granted: OIDC's, and all others that were requested, as without RBAC. */
export function grantedScope(scope: string): string {
  const requested = new Set(scope.split(' ').filter(Boolean));
  const known = OIDC_SCOPES.filter((each) => requested.delete(each));
  return [...known, ...requested].join(' ');
}
