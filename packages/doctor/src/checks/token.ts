import { finding, type Finding } from '../finding.js';
import {
  describeAllowedOrigin,
  describeReply,
  isReply,
  parseObject,
  printableUrl,
  safeErrorCode,
  send,
  type Environment,
  type NoReply,
  type Reply,
} from '../http.js';
import type { Setup } from '../setup.js';
import type { Metadata } from './issuer.js';

/** What is known after the requests. */
export interface TokenCheck {
  readonly findings: readonly Finding[];
  /** Those that say something only if the client is known. */
  readonly clientFindings: readonly Finding[];
  /** The status of the endpoint; `null` for no response. */
  readonly status: number | null;
}

/** No server has issued it. */
export const NO_TOKEN = 'sesamy-doctor';

/** Returns the request of a refresh, as the kit sends it. @see RFC 6749 section 6 */
export function refreshRequest({ clientId }: Setup, refreshToken: string): RequestInit {
  const body = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  return { method: 'POST', body: new URLSearchParams(body) };
}

/**
 * Checks the token endpoint: whether the app's scripts may read its responses, and whether the client may refresh
 * tokens without a secret. The kit's requests need no preflight, so the response itself decides.
 * @see Fetch Standard, section CORS protocol; RFC 6749 section 5.2
 */
export async function checkToken(
  setup: Setup,
  environment: Environment,
  endpoint: string,
  metadata: Metadata | null,
): Promise<TokenCheck> {
  const refresh = (token: string): Promise<Reply | NoReply> =>
    send(environment, endpoint, {
      ...refreshRequest(setup, token),
      headers: { origin: setup.origin },
    });
  const reply = await refresh(NO_TOKEN);
  const clientFindings = isReply(reply) ? judgeClient(setup, reply, metadata) : [];
  if (setup.mode === 'refresh-token' && clientFindings.every(({ level }) => level !== 'error')) {
    // Only the kit's own endpoint gets a token: the metadata could name any server.
    const isOwn = endpoint === `${setup.issuer}oauth/token`;
    const token = isOwn ? setup.refreshToken : undefined;
    const used = token === undefined ? null : await refresh(token);
    clientFindings.push(judgeRotation(token, used));
  }
  return {
    findings: [judgeCors(setup, reply, endpoint)],
    clientFindings,
    status: isReply(reply) ? reply.status : null,
  };
}

function judgeCors({ origin }: Setup, reply: Reply | NoReply, endpoint: string): Finding {
  const request = `POST ${printableUrl(endpoint)} from ${origin}: ${describeReply(reply)}`;
  if (!isReply(reply)) return finding('token-cors', 'error', `${request}.`);
  const allowed = reply.headers.get('access-control-allow-origin');
  const isAllowed = allowed === '*' || allowed === origin;
  const seen = `${request}, ${describeAllowedOrigin(allowed)}.`;
  return finding('token-cors', isAllowed ? 'ok' : 'error', seen);
}

/** Judges what a refused refresh says of the client. */
export function judgeClient(setup: Setup, reply: Reply, metadata: Metadata | null): Finding[] {
  const body = parseObject(reply.text);
  const error = safeErrorCode(body?.['error']);
  const message = body?.['message'];
  const isSecretMissing = typeof message === 'string' && /client_secret/.test(message);
  if (error === 'invalid_client' || isSecretMissing) {
    const seen = `The token endpoint refuses the client ${setup.clientId} without a secret (status ${reply.status}).`;
    return [finding('public-client', 'error', seen)];
  }
  if (error === 'unauthorized_client' || error === 'unsupported_grant_type') {
    const seen = `The token endpoint refuses the grant with ${error}.`;
    return setup.mode === 'refresh-token' ? [finding('refresh-tokens', 'error', seen)] : [];
  }
  if (error !== 'invalid_grant') return [];
  const publicClient = finding(
    'public-client',
    'ok',
    'The token endpoint refuses only the token of the check.',
  );
  return setup.mode === 'refresh-token'
    ? [publicClient, judgeRefreshTokens(metadata)]
    : [publicClient];
}

function judgeRefreshTokens(metadata: Metadata | null): Finding {
  const grants = metadata?.['grant_types_supported'];
  const scopes = metadata?.['scopes_supported'];
  const missing = [
    ...(Array.isArray(grants) && !grants.includes('refresh_token')
      ? ['the grant `refresh_token`']
      : []),
    ...(Array.isArray(scopes) && !scopes.includes('offline_access')
      ? ['the scope `offline_access`']
      : []),
  ];
  if (missing.length > 0) {
    return finding(
      'refresh-tokens',
      'warning',
      `The server does not list ${missing.join(' and ')}.`,
    );
  }
  return Array.isArray(scopes)
    ? finding('refresh-tokens', 'ok', 'The server lists the scope `offline_access`.')
    : finding('refresh-tokens', 'info', 'The server lists no scopes.');
}

function judgeRotation(token: string | undefined, reply: Reply | NoReply | null): Finding {
  const id = 'refresh-token-rotation';
  if (reply === null) return finding(id, 'info', 'No refresh token was used.');
  const body = isReply(reply) && reply.status === 200 ? parseObject(reply.text) : null;
  if (body === null) return finding(id, 'error', `The refresh: ${describeReply(reply)}.`);
  const next = body['refresh_token'];
  const isRotated = typeof next === 'string' && next !== token;
  return isRotated
    ? finding(id, 'ok', 'The refresh returned another refresh token.')
    : finding(id, 'warning', 'The refresh returned no other refresh token.');
}
