import { converting } from './convert-error.js';
import { MissingScopesError } from './errors.js';
import type { FunctionsContext } from './functions-context.js';
import { withoutRaw } from './raw-id-token.js';
import type {
  Auth0Functions,
  GetTokenSilentlyOptions,
  GetTokenSilentlyVerboseResponse,
  IdToken,
} from './types.js';
import { checkCallParams } from './unsupported.js';

/** A token is not returned in its last seconds, as by `session.getAccessToken`. */
const MIN_VALIDITY_MS = 10_000;

/** Creates the functions that read tokens and their claims. */
export function createTokenFunctions({
  session,
  audience,
  redirectUri,
}: FunctionsContext): Pick<Auth0Functions, 'getAccessTokenSilently' | 'getIdTokenClaims'> {
  const own = { audience, redirect_uri: redirectUri };

  async function getToken({
    authorizationParams,
    cacheMode = 'on',
    timeoutInSeconds,
  }: GetTokenSilentlyOptions): Promise<string | undefined> {
    checkCallParams(authorizationParams, own);
    if (authorizationParams?.scope !== undefined) await requireScope(authorizationParams.scope);
    if (cacheMode === 'off') await session.renew();
    if (cacheMode === 'cache-only' && !(await hasToken())) return undefined;
    const signal =
      timeoutInSeconds === undefined ? undefined : AbortSignal.timeout(timeoutInSeconds * 1000);
    return session.getAccessToken({ signal });
  }

  /** Whether the access token is valid for as long as a call needs. */
  async function hasToken(): Promise<boolean> {
    const expiresAt = (await session.info())?.expiresAt ?? 0;
    return Date.now() + MIN_VALIDITY_MS < expiresAt;
  }

  async function requireScope(wanted: string): Promise<void> {
    const info = await session.info();
    // Without a user the token request rejects, and a token handler keeps the scope to itself.
    if (info === null || info.scope === null) return;
    const granted = info.scope.split(' ');
    const missing = wanted.split(/\s+/).filter((one) => one !== '' && !granted.includes(one));
    if (missing.length === 0) return;
    throw new MissingScopesError('missing_scopes', undefined, {
      message: `The session has no scope "${missing.join(' ')}". Log in with it, e.g. by "getAccessTokenWithPopup({ authorizationParams: { scope } })" in a click.`,
    });
  }

  function getAccessTokenSilently(
    options: GetTokenSilentlyOptions & { detailedResponse: true },
  ): Promise<GetTokenSilentlyVerboseResponse | undefined>;
  function getAccessTokenSilently(options?: GetTokenSilentlyOptions): Promise<string | undefined>;
  async function getAccessTokenSilently(
    options: GetTokenSilentlyOptions = {},
  ): Promise<string | GetTokenSilentlyVerboseResponse | undefined> {
    const token = await converting(getToken(options));
    if (token === undefined || options.detailedResponse !== true) return token;
    const info = await converting(session.info());
    const expiresAt = info?.expiresAt ?? Date.now();
    return withoutRaw('id_token', {
      access_token: token,
      expires_in: Math.max(0, Math.round((expiresAt - Date.now()) / 1000)),
      ...(typeof info?.scope === 'string' && { scope: info.scope }),
    });
  }

  async function getIdTokenClaims(): Promise<IdToken | undefined> {
    await session.ready;
    const { user } = session.getSnapshot();
    if (user === undefined) return undefined;
    const { acr, amr, authTime } = (await converting(session.info())) ?? {};
    return withoutRaw('__raw', {
      ...user,
      iss: session.issuer,
      aud: session.clientId,
      ...(typeof acr === 'string' && { acr }),
      ...(amr && { amr: [...amr] }),
      ...(typeof authTime === 'number' && { auth_time: String(Math.round(authTime / 1000)) }),
    });
  }

  return { getAccessTokenSilently, getIdTokenClaims };
}
