import { SigninState } from 'oidc-client-ts';
import type { BegunLogin, LoginResult } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { isObject, readString } from '../platform/json.js';
import type { AuthorizationParams } from '../login/login-params.js';
import { readLoginId } from '../login/state-param.js';
import type { SessionConfig } from '../options.js';
import { withLock } from '../tokens/refresh.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { LoginTransactions } from '../login/transactions.js';
import { requestTokens } from './token-endpoint.js';
import { prepareReadUser, toTokenRecord } from './token-grant.js';

/** A login to begin, with what the wire asks for. */
export interface AuthorizationIntent {
  /** What this login asks for. */
  readonly params: AuthorizationParams;
  readonly maxAgeSeconds?: number | undefined;
  readonly returnTo: string;
  /** Ends up in the OAuth `state`, after the random part. */
  readonly tag: string;
  /** The answer comes to another page, as after a redirect; not with a popup, whose opener waits for it. */
  readonly isForNextPage?: boolean;
}

/** What answering a login needs of its driver; handed over, since this code is loaded on demand. */
export interface RedeemPorts {
  readonly logins: LoginTransactions;
  /** Keeps the tokens, before anybody hears of them. */
  readonly write: (record: TokenRecord) => Promise<void>;
  /** The error that the server's answer tells of. */
  readonly toError: (response: URLSearchParams) => AuthError;
}

/**
 * Makes an authorization request with PKCE (S256), `state` and `nonce`, and remembers the transaction. It asks the network for nothing: Sesamy's endpoints follow from the issuer.
 * @see RFC 7636, OpenID Connect Core 1.0 section 3.1.2.1
 */
export async function beginLogin(
  config: SessionConfig,
  logins: LoginTransactions,
  intent: AuthorizationIntent,
): Promise<BegunLogin> {
  const { login, url, state } = await createLogin(config, intent);
  const isKept = await logins.add(login.id, login.toStorageString());
  if (!isKept && intent.isForNextPage === true) {
    throw new AuthError(
      'storage_unavailable',
      'The browser keeps nothing for this page, so a login by redirect cannot finish. Call loginWithPopup, or ask the user to allow site data.',
    );
  }
  return { url: url.href, state };
}

/** Makes the transaction of a login and the URL that begins it; remembers nothing. */
export async function createLogin(
  config: SessionConfig,
  { params, maxAgeSeconds, returnTo, tag }: AuthorizationIntent,
): Promise<{ readonly login: SigninState; readonly url: URL; readonly state: string }> {
  const { organization = config.organization } = params;
  const login = await SigninState.create({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: config.redirectUri ?? `${location.origin}/`,
    scope: config.scope,
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
    scope: config.scope,
    state,
    nonce: login.nonce,
    code_challenge: login.code_challenge,
    code_challenge_method: 'S256',
    organization,
  };
  // What this login asks for comes after, and in the place of, what every login asks for.
  for (const [name, value] of [config.authorizationParams, params, own].flatMap(Object.entries)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return { login, url, state };
}

/**
 * Answers an authorization response: checks it, trades its code for tokens and checks those, before anything
 * is written. It is stale when no transaction of ours is waiting for it: it was answered before, took longer
 * than ten minutes, or was never asked for.
 *
 * Under the session's lock: two tabs may hold the same answer, and a code that is spent twice ends the session
 * that it opened.
 * @throws AuthError `timeout` when the lock was not to be had
 * @see RFC 6749 section 4.1.2, RFC 9207 section 2.4, OpenID Connect Core 1.0 section 3.1.3
 */
export function redeemAuthorizationResponse(
  config: SessionConfig,
  url: URL,
  { logins, write, toError }: RedeemPorts,
): Promise<LoginResult> {
  return withLock(config.key, async () => {
    const id = readLoginId(url);
    const stored = await logins.find(id);
    if (stored === undefined) return { kind: 'stale' };
    const state = await SigninState.fromStorageString(stored);
    const { returnTo } = readWanted(state);
    try {
      const code = checkResponse(config, state, url.searchParams, toError);
      const record = await redeem(config, state, code);
      await write(record);
      await logins.remove(id);
      return { kind: 'completed', user: record.user, returnTo };
    } catch (caught) {
      const error = toAuthError(caught);
      // A code that the network kept from the server may still be exchanged later.
      if (!error.retryable) await logins.remove(id);
      return { kind: 'failed', error, returnTo };
    }
  });
}

/** What the login asked for, as it was written down before the user left. */
interface Wanted {
  readonly returnTo: string;
  readonly maxAgeSeconds: number | undefined;
  readonly organization: string | undefined;
}

function readWanted(state: SigninState): Wanted {
  const data = isObject(state.data) ? state.data : {};
  const { maxAgeSeconds } = data;
  return {
    returnTo: readString(data['returnTo']) ?? '/',
    maxAgeSeconds: typeof maxAgeSeconds === 'number' ? maxAgeSeconds : undefined,
    organization: readString(data['organization']),
  };
}

/**
 * The code of an authorization response, once it has been checked.
 * @throws AuthError `callback_rejected`, `authorization_failed`
 */
export function checkResponse(
  { issuer, clientId }: SessionConfig,
  login: SigninState,
  response: URLSearchParams,
  toError: RedeemPorts['toError'],
): string {
  if (login.authority !== issuer || login.client_id !== clientId) {
    throw rejected('it is for another issuer or client');
  }
  if ((response.get('iss') ?? issuer) !== issuer) throw rejected('its "iss" is not the issuer');
  if (response.has('error')) throw toError(response);
  const code = response.get('code');
  if (code === null) throw rejected('it has no "code"');
  return code;
}

/**
 * Trades the code for tokens and checks them against what the login asked for.
 * @throws AuthError `callback_rejected`, `authorization_failed`, `network`, `timeout`
 */
export async function redeem(
  config: SessionConfig,
  state: SigninState,
  code: string,
): Promise<TokenRecord> {
  const { maxAgeSeconds, organization } = readWanted(state);
  const readUser = await prepareReadUser(config);
  const tokens = await requestTokens(config.issuer, {
    grant_type: 'authorization_code',
    client_id: config.clientId,
    code,
    code_verifier: state.code_verifier ?? '',
    redirect_uri: state.redirect_uri,
  });
  const wanted = { nonce: state.nonce ?? '', maxAgeSeconds, organization };
  return toTokenRecord(tokens, await readUser(tokens, wanted), state.scope);
}

function rejected(failure: string): AuthError {
  return new AuthError(
    'callback_rejected',
    `The login's answer was refused: ${failure}. Log in again.`,
  );
}
