import { finding, type Finding } from '../finding.js';
import {
  describeReply,
  isReply,
  redirectOf,
  safeErrorCode,
  send,
  withoutQuery,
  type Environment,
  type NoReply,
  type Reply,
} from '../http.js';
import type { Setup } from '../setup.js';
import type { Metadata } from './issuer.js';

/** How a server responds to an authorization request. */
export type AuthorizationOutcome =
  /** It redirects to the redirect URI, with this error code or none. */
  | { readonly kind: 'returned'; readonly error: string | null }
  /** It does not redirect. */
  | { readonly kind: 'refused'; readonly isClientUnknown: boolean }
  /** A login page, or something else that is no response to the client. */
  | { readonly kind: 'unclear' };

/** What is known after the requests. */
export interface AuthorizationCheck {
  readonly findings: readonly Finding[];
  /** The status of the endpoint; `null` for no response. */
  readonly status: number | null;
  readonly isClientKnown: boolean;
}

/** The challenge of RFC 7636 appendix B: no code is redeemed with it. */
const CODE_CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** Errors without a signed-in user, which are no fault. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const NEEDS_USER = /^((login|interaction|consent)_required|account_selection_required)$/;

const CLIENT_UNKNOWN =
  /unauthorized_client|invalid_client|client[^.]{0,20}\b(?:not found|unknown|invalid|not exist)/i;

/**
 * Sends the authorization request of the app with `prompt=none` and without cookies: the server's error comes back to
 * the redirect URI if that is registered, and no login page is shown. A second request without PKCE shows whether the
 * server requires it.
 * @see OpenID Connect Core 1.0 section 3.1.2.1
 */
export async function checkAuthorization(
  setup: Setup,
  environment: Environment,
  endpoint: string,
  metadata: Metadata | null,
): Promise<AuthorizationCheck> {
  const urls = [authorizationUrl(endpoint, setup, true), authorizationUrl(endpoint, setup, false)];
  const [withPkce, withoutPkce] = await Promise.all(urls.map((url) => send(environment, url)));
  if (withPkce === undefined || withoutPkce === undefined) throw new Error('Two were sent.');
  const outcome = readOutcome(withPkce, setup, urls[0] ?? endpoint);
  const plain = readOutcome(withoutPkce, setup, urls[1] ?? endpoint);
  return {
    findings: [
      ...judgeRegistration(setup, outcome, withPkce),
      ...judgeRequest(outcome, plain, metadata),
    ],
    status: isReply(withPkce) ? withPkce.status : null,
    isClientKnown: outcome.kind === 'returned',
  };
}

function authorizationUrl(endpoint: string, setup: Setup, hasPkce: boolean): string {
  const url = new URL(endpoint);
  const params = {
    client_id: setup.clientId,
    redirect_uri: setup.redirectUri,
    response_type: 'code',
    scope: setup.scope,
    ...(setup.audience !== undefined && { audience: setup.audience }),
    state: crypto.randomUUID(),
    nonce: crypto.randomUUID(),
    prompt: 'none',
    ...(hasPkce && { code_challenge: CODE_CHALLENGE, code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}

function readOutcome(
  reply: Reply | NoReply,
  { redirectUri }: Setup,
  requestUrl: string,
): AuthorizationOutcome {
  if (!isReply(reply)) return { kind: 'unclear' };
  const target = redirectOf(reply, requestUrl);
  if (target !== null) {
    const isReturn = withoutQuery(target) === withoutQuery(new URL(redirectUri));
    const params = new URLSearchParams(target.search || target.hash.slice(1));
    return isReturn
      ? { kind: 'returned', error: safeErrorCode(params.get('error')) }
      : { kind: 'unclear' };
  }
  const isRefusal = reply.status >= 400 && reply.status < 500 && reply.status !== 404;
  if (!isRefusal || reply.status === 429) return { kind: 'unclear' };
  return { kind: 'refused', isClientUnknown: CLIENT_UNKNOWN.test(reply.text.slice(0, 4_000)) };
}

function judgeRegistration(
  { clientId, redirectUri }: Setup,
  outcome: AuthorizationOutcome,
  reply: Reply | NoReply,
): readonly Finding[] {
  const response = describeReply(reply);
  if (outcome.kind === 'refused' && outcome.isClientUnknown) {
    return [finding('client', 'error', `The server refuses the client ${clientId} (${response}).`)];
  }
  if (outcome.kind === 'refused') {
    const seen = `The server does not redirect to ${redirectUri} (${response}).`;
    return [finding('redirect-uri', 'error', seen)];
  }
  if (outcome.kind === 'unclear') {
    const seen = `A request for ${redirectUri} without a login page: ${response}.`;
    return [finding('redirect-uri', 'warning', seen)];
  }
  return [
    finding('client', 'ok', `The server accepts the client ${clientId}.`),
    finding('redirect-uri', 'ok', `The server redirects to ${redirectUri}.`),
  ];
}

function judgeRequest(
  outcome: AuthorizationOutcome,
  plain: AuthorizationOutcome,
  metadata: Metadata | null,
): readonly Finding[] {
  if (outcome.kind !== 'returned') return [];
  const isAccepted = !isFault(outcome);
  const isPlainAccepted = !isFault(plain);
  if (!isAccepted && isPlainAccepted) {
    const seen = `A request with PKCE comes back with ${outcome.error}, one without does not.`;
    return [finding('pkce', 'error', seen)];
  }
  if (!isAccepted) {
    const seen = `The server redirects back with ${outcome.error}.`;
    return [finding('authorization-request', 'error', seen)];
  }
  const seen = `The server redirects back with ${outcome.error ?? 'a code'}.`;
  return [
    finding('authorization-request', 'ok', seen),
    judgePkce(isPlainAccepted, metadata?.['code_challenge_methods_supported']),
  ];
}

function judgePkce(isPlainAccepted: boolean, methods: unknown): Finding {
  if (!isPlainAccepted) {
    return finding('pkce', 'ok', 'The server refuses a request without a code challenge.');
  }
  const isListed = Array.isArray(methods) && methods.includes('S256');
  return isListed
    ? finding('pkce', 'info', 'The server accepts a request without a code challenge.')
    : finding('pkce', 'warning', 'The server does not list `S256`, and accepts requests without.');
}

/** Whether the server has refused the request itself. */
function isFault(outcome: AuthorizationOutcome): boolean {
  return outcome.kind !== 'returned' || (outcome.error !== null && !NEEDS_USER.test(outcome.error));
}
