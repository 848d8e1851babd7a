import * as base64url from 'jose/base64url';
import type { AppContext, Endpoint } from '../context.js';
import { invalidRequest } from '../errors.js';
import { sha256 } from '../platform-crypto.js';
import { randomToken } from '../random.js';
import { readCookies } from '../request-cookies.js';
import { clearCookie, loginCookie, loginCookiePrefix, setCookie } from './cookies.js';
import type { PendingLogin } from './pending-login.js';
import { parseReturnTo } from './return-to.js';
import { readSite, type Site } from './site.js';
import type { TokenHandler } from './token-handler.js';
import { requireVendor } from './vendor.js';
import { addCookie } from '../response-cookies.js';

/** Parameters of a login that are forwarded to the issuer unchanged. */
const PASSED_ON = [
  'login_hint',
  'screen_hint',
  'prompt',
  'ui_locales',
  'max_age',
  'acr_values',
  'organization',
  'connection',
];

const LOGIN_SECONDS = 3600;

/** The most bytes of cookies of open logins: they make every request to the site longer. */
const MAX_PENDING_LENGTH = 4000;

/** `GET /auth/{vendorId}/login`: redirects to the issuer, by the code flow with PKCE (RFC 7636). */
export function loginEndpoint({ server, sealer }: TokenHandler): Endpoint {
  return async (c) => {
    const site = readSite(c);
    const vendor = requireVendor(server, site, c.req.param('vendorId') ?? '');
    const { params, repeated } = c.get('facts');
    if (repeated.length > 0)
      throw invalidRequest(`The parameter ${repeated[0]} was sent more than once.`);
    const returnTo = parseReturnTo(params['returnTo'], site);
    if (returnTo === null)
      throw invalidRequest(`returnTo must be a path or an address of ${site.origin}.`);

    const login: PendingLogin = {
      vendorId: vendor.id,
      redirectUri: vendor.redirectUri,
      state: randomToken(server.random, 24),
      nonce: randomToken(server.random, 24),
      codeVerifier: base64url.encode(server.random.bytes(32)),
      returnTo,
      maxAge: params['max_age'] ?? '',
      organization: params['organization'] ?? '',
      expiresAt: server.clock.now() + LOGIN_SECONDS * 1000,
    };
    const value = await sealer.seal({ kind: 'login', origin: site.origin }, login);
    const cookie = { sameSite: 'Lax', maxAgeSeconds: LOGIN_SECONDS } as const;
    addCookie(c, setCookie(site, loginCookie(site, login.state), value, cookie));
    for (const name of forgottenLogins(c, site, value.length))
      addCookie(c, clearCookie(site, name));
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    return c.redirect(await authorizationUrl(server.issuer, login, params), 302);
  };
}

/** Cookies of the oldest logins, to be removed for a new one. */
function forgottenLogins(c: AppContext, site: Site, newLength: number): string[] {
  // Browsers send the oldest first (RFC 6265 section 5.4).
  const pending = readCookies(c).filter(({ name }) => name.startsWith(loginCookiePrefix(site)));
  let length = newLength;
  return pending
    .toReversed()
    .filter(({ value }) => (length += value.length) > MAX_PENDING_LENGTH)
    .map(({ name }) => name);
}

async function authorizationUrl(
  issuer: string,
  login: PendingLogin,
  params: Readonly<Record<string, string>>,
): Promise<string> {
  const url = new URL('authorize', issuer);
  const own = {
    client_id: login.vendorId,
    redirect_uri: login.redirectUri,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: login.state,
    nonce: login.nonce,
    code_challenge: await sha256(login.codeVerifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(own)) url.searchParams.set(name, value);
  for (const name of PASSED_ON) {
    const value = params[name];
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
