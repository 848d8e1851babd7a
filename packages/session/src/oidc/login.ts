import { SigninState } from 'oidc-client-ts';
import type { BegunLogin, LoginResult, PreparedLogin } from '../login/login-request.js';
import { AuthError, toAuthError } from '../errors.js';
import { isObject, readString } from '../platform/json.js';
import { readLoginId } from '../login/state-param.js';
import type { SessionConfig } from '../options.js';
import { withLock } from '../tokens/refresh.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { LoginTransactions } from '../login/transactions.js';
import { checkUser } from '../user/user-claims.js';
import { requestTokens } from './token-endpoint.js';
import { prepareReadUser, toTokenRecord } from './token-response.js';

// A page that has logged in also renews, so that bundlers put the code that both need into the chunk of the renewal.
export { createTokenRefresh } from './renewal.js';

/** What completing a login needs from its driver; passed in, since this code is loaded on demand. */
export interface RedeemPorts {
  readonly logins: LoginTransactions;
  /** Stores the tokens, before the state changes. */
  readonly write: (record: TokenRecord) => Promise<void>;
  /** Revokes, in the background, a refresh token that the login cannot keep. */
  readonly revoke: (refreshToken: string | undefined) => void;
  /** Creates the error of an authorization error response. */
  readonly toError: (response: URLSearchParams) => AuthError;
}

/**
 * Creates an authorization request with PKCE (S256), `state` and `nonce`, and stores the transaction. Sends no request:
 * Sesamy's endpoints follow from the issuer.
 * @see RFC 7636, OpenID Connect Core 1.0 section 3.1.2.1
 */
export async function beginLogin(
  config: SessionConfig,
  logins: LoginTransactions,
  prepared: PreparedLogin,
): Promise<BegunLogin> {
  const { login, url, state } = await createLogin(config, prepared);
  const isLeaving = prepared.isForNextPage === true;
  const isKept = await logins.add(login.id, login.toStorageString(), { isLeaving });
  if (!isKept && isLeaving) {
    throw new AuthError(
      'storage_unavailable',
      'The browser keeps nothing for this page, so a login by redirect cannot finish. Call loginWithPopup, or ask the user to allow site data.',
    );
  }
  return { url: url.href, state };
}

/** Creates the transaction and the authorization URL of a login; stores nothing. */
export async function createLogin(
  config: SessionConfig,
  { params, maxAgeSeconds, scope = config.scope, returnTo, tag }: PreparedLogin,
): Promise<{ readonly login: SigninState; readonly url: URL; readonly state: string }> {
  const { organization = config.organization } = params;
  const login = await SigninState.create({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: config.redirectUri ?? `${location.origin}/`,
    scope,
    code_verifier: true,
    nonce: crypto.randomUUID(),
    data: { returnTo, maxAgeSeconds, organization },
  });
  const url = new URL('authorize', config.issuer);
  const state = `${login.id};${tag}`;
  const own = {
    client_id: config.clientId,
    redirect_uri: login.redirect_uri,
    response_type: 'code',
    scope,
    state,
    nonce: login.nonce,
    code_challenge: login.code_challenge,
    code_challenge_method: 'S256',
    organization,
  };
  // The parameters of this login override those of every login.
  for (const [name, value] of [config.authorizationParams, params, own].flatMap(Object.entries)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { login, url, state };
}

/**
 * Completes a login: validates the authorization response, exchanges its code for tokens and validates those, before
 * anything is written. The response is stale if no transaction matches it: it was completed before, took longer than
 * ten minutes, or was never requested.
 *
 * Holds the session's lock: two tabs may have the same response, and a code that is used twice ends the session that it
 * opened.
 * @throws AuthError `timeout` when the lock is not released in time
 * @see RFC 6749 section 4.1.2, RFC 9207 section 2.4, OpenID Connect Core 1.0 section 3.1.3
 */
export function redeemAuthorizationResponse(
  config: SessionConfig,
  url: URL,
  { logins, write, revoke, toError }: RedeemPorts,
): Promise<LoginResult> {
  const id = readLoginId(url);
  // Opens the database while the lock is requested.
  void logins.find(id);
  return withLock(config.key, async () => {
    const stored = await logins.find(id);
    if (stored === undefined) return { kind: 'stale' };
    const state = await SigninState.fromStorageString(stored);
    const { returnTo } = readRequested(state);
    try {
      const code = checkResponse(config, state, url.searchParams, toError);
      const record = await redeem(config, state, code, revoke);
      // The code is spent, whether or not the tokens can be stored.
      await Promise.all([write(record), logins.remove(id)]);
      return { kind: 'completed', user: record.user, returnTo };
    } catch (caught) {
      const error = toAuthError(caught);
      // A code that did not reach the server may still be exchanged later.
      if (!error.retryable) await logins.remove(id);
      return { kind: 'failed', error, returnTo };
    }
  });
}

/** What the login requested, as stored before the redirect. */
interface RequestedLogin {
  readonly returnTo: string;
  readonly maxAgeSeconds: number | undefined;
  readonly organization: string | undefined;
}

function readRequested(state: SigninState): RequestedLogin {
  const data = isObject(state.data) ? state.data : {};
  const { maxAgeSeconds } = data;
  return {
    returnTo: readString(data['returnTo']) ?? '/',
    maxAgeSeconds: typeof maxAgeSeconds === 'number' ? maxAgeSeconds : undefined,
    organization: readString(data['organization']),
  };
}

/**
 * Validates an authorization response and returns its code.
 * @throws AuthError `callback_rejected`, `authorization_failed`
 */
export function checkResponse(
  { issuer, clientId }: SessionConfig,
  login: SigninState,
  response: URLSearchParams,
  toError: RedeemPorts['toError'],
): string {
  if (login.authority !== issuer || login.client_id !== clientId) {
    throw responseRejected('it is for another issuer or client');
  }
  if ((response.get('iss') ?? issuer) !== issuer)
    throw responseRejected('its "iss" is not the issuer');
  if (response.has('error')) throw toError(response);
  const code = response.get('code');
  if (code === null) throw responseRejected('it has no "code"');
  return code;
}

/**
 * Exchanges the code for tokens and validates them against what the login requested. Revokes the refresh token if that
 * fails.
 * @throws AuthError `callback_rejected`, `authorization_failed`, `network`, `timeout`
 */
export async function redeem(
  config: SessionConfig,
  state: SigninState,
  code: string,
  revoke: RedeemPorts['revoke'],
): Promise<TokenRecord> {
  const { maxAgeSeconds, organization } = readRequested(state);
  const readUser = await prepareReadUser(config);
  const tokens = await requestTokens(
    config.issuer,
    {
      grant_type: 'authorization_code',
      client_id: config.clientId,
      code,
      code_verifier: state.code_verifier ?? '',
      redirect_uri: state.redirect_uri,
    },
    config.fetch,
  );
  const requested = { nonce: state.nonce ?? '', maxAgeSeconds, organization };
  try {
    const user = await readUser(tokens, requested);
    // Before anything is written.
    checkUser(user, config.userSchema);
    return toTokenRecord(tokens, user, state.scope);
  } catch (error) {
    revoke(tokens.refreshToken);
    throw error;
  }
}

function responseRejected(failure: string): AuthError {
  return new AuthError(
    'callback_rejected',
    `The login's response was rejected: ${failure}. Log in again.`,
  );
}
