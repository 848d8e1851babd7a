import { OidcClient, type SigninResponse, type SigninState } from 'oidc-client-ts';
import type { LoginOptions, LoginRequest } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { isObject, readString } from '../json.js';
import type { SessionConfig } from '../options.js';
import type { TokenRecord } from '../token-record.js';
import { verifyIdToken } from './id-token.js';
import { readErrorCode, requestTokens } from './token-endpoint.js';
import { toTokenRecord } from './token-grant.js';
import type { LoginTransactions } from './transactions.js';

/** A login to begin, with what the wire asks for. */
export interface AuthorizationIntent extends LoginRequest {
  readonly redirectUri: string;
  /** Ends up in the OAuth `state`, after the random part. */
  readonly tag: string;
}

/** How a login that was waiting for its answer ended. */
export type LoginOutcome = { readonly returnTo: string } & (
  | { readonly record: TokenRecord }
  | { readonly error: AuthError }
);

/**
 * Makes an authorization request with PKCE (S256), `state` and `nonce`, remembers the transaction, and returns
 * the URL to go to. It asks the network for nothing: Sesamy's endpoints follow from the issuer.
 * @see RFC 7636, OpenID Connect Core 1.0 section 3.1.2.1
 */
export async function createAuthorizationUrl(
  config: SessionConfig,
  transactions: LoginTransactions,
  { options, returnTo, redirectUri, tag }: AuthorizationIntent,
): Promise<string> {
  await transactions.prune();
  const request = await openClient(config, transactions, redirectUri).createSigninRequest({
    nonce: createNonce(),
    url_state: tag,
    state: { returnTo, maxAgeSeconds: options.maxAgeSeconds, organization: options.organization },
    ...toWire(config, options),
  });
  return request.url;
}

/**
 * Answers an authorization response: checks it, trades its code for tokens and checks those, before anything
 * is stored. Returns `null` when no transaction of ours is waiting for it: it was answered before, took longer
 * than ten minutes, or was never asked for.
 * @see RFC 6749 section 4.1.2, RFC 9207 section 2.4, OpenID Connect Core 1.0 section 3.1.3
 */
export async function redeemAuthorizationResponse(
  config: SessionConfig,
  transactions: LoginTransactions,
  url: URL,
): Promise<LoginOutcome | null> {
  const found = await findTransaction(config, transactions, url);
  if (found === null) return null;
  const wanted = readWanted(config, found.state);
  try {
    const code = checkResponse(config, found, url.searchParams.get('iss'));
    return { record: await redeem(config, found.state, code, wanted), returnTo: wanted.returnTo };
  } catch (error) {
    return { error: toAuthError(error), returnTo: wanted.returnTo };
  } finally {
    await transactions.forget(found.state.id);
  }
}

interface FoundTransaction {
  readonly state: SigninState;
  readonly response: SigninResponse;
}

async function findTransaction(
  config: SessionConfig,
  transactions: LoginTransactions,
  url: URL,
): Promise<FoundTransaction | null> {
  try {
    return await openClient(config, transactions, '').readSigninResponseState(url.href);
  } catch {
    return null;
  }
}

/** What the login asked for, as it was written down before the user left. */
interface Wanted {
  readonly returnTo: string;
  readonly maxAgeSeconds: number | undefined;
  readonly organization: string | undefined;
}

function readWanted(config: SessionConfig, state: SigninState): Wanted {
  const data = isObject(state.data) ? state.data : {};
  const { maxAgeSeconds } = data;
  return {
    returnTo: readString(data['returnTo']) ?? '/',
    maxAgeSeconds: typeof maxAgeSeconds === 'number' ? maxAgeSeconds : undefined,
    organization: readString(data['organization']) ?? config.organization,
  };
}

function checkResponse(
  config: SessionConfig,
  { state, response }: FoundTransaction,
  iss: string | null,
): string {
  if (state.authority !== config.issuer || state.client_id !== config.clientId) {
    throw rejected('it belongs to a login at another issuer or for another client');
  }
  if (iss !== null && iss !== config.issuer) {
    throw rejected('its "iss" is not the configured issuer');
  }
  if (response.error !== null) throw refused(response);
  if (response.code === null) throw rejected('it has neither "code" nor "error"');
  return response.code;
}

async function redeem(
  config: SessionConfig,
  state: SigninState,
  code: string,
  { maxAgeSeconds, organization }: Wanted,
): Promise<TokenRecord> {
  const tokens = await requestTokens(config.issuer, {
    grant_type: 'authorization_code',
    client_id: config.clientId,
    code,
    code_verifier: state.code_verifier ?? '',
    redirect_uri: state.redirect_uri,
  });
  const user = verifyIdToken(tokens.idToken ?? '', {
    issuer: config.issuer,
    clientId: config.clientId,
    nonce: state.nonce ?? '',
    serverTimeSeconds: tokens.serverTimeSeconds,
    maxAgeSeconds,
    organization,
  });
  return toTokenRecord(tokens, user);
}

function openClient(
  config: SessionConfig,
  transactions: LoginTransactions,
  redirectUri: string,
): OidcClient {
  return new OidcClient({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: redirectUri,
    scope: config.scope,
    stateStore: transactions,
    metadata: { issuer: config.issuer, authorization_endpoint: `${config.issuer}authorize` },
  });
}

/** Our words to the wire's. What is not asked for is not sent. */
function toWire(config: SessionConfig, options: LoginOptions): Record<string, unknown> {
  const extraQueryParams = {
    screen_hint: options.screenHint,
    connection: options.connection,
    organization: options.organization ?? config.organization,
    ...config.authorizationParams,
  };
  return {
    login_hint: options.loginHint,
    prompt: options.prompt,
    max_age: options.maxAgeSeconds,
    ui_locales: options.uiLocales,
    acr_values: options.acrValues,
    extraQueryParams: Object.fromEntries(
      Object.entries(extraQueryParams).filter(([, value]) => value !== undefined),
    ),
  };
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function refused(response: SigninResponse): AuthError {
  const oauthError = readErrorCode(response.error);
  return new AuthError(
    'authorization_failed',
    `The login was not completed${oauthError === undefined ? '' : ` (${oauthError})`}. Offer to log in again.`,
    { oauthError, oauthErrorDescription: response.error_description ?? undefined },
  );
}

function rejected(failure: string): AuthError {
  return new AuthError(
    'callback_rejected',
    `The login's answer was refused: ${failure}. Nothing was stored. Log in again.`,
  );
}
