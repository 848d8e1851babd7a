import type { AppContext, Endpoint } from '../context.js';
import { engineMessage, invalidRequest, RefusalError } from '../errors.js';
import { BackChannelError, requestTokens } from './back-channel.js';
import { cookieValues } from '../request-cookies.js';
import { clearCookie, loginCookie } from './cookies.js';
import { isPendingLogin, type PendingLogin } from './pending-login.js';
import { readSite, type Site } from './site.js';
import { createHandlerSession, type TokenHandler } from './token-handler.js';
import { requireVendor } from './vendor.js';
import { addCookie } from '../response-cookies.js';

/**
 * `GET /auth/{vendorId}/callback`: exchanges the code, sets the cookies and leads back to where the
 * login began. Without the cookie of that login nothing is set and nothing changes.
 */
export function callbackEndpoint(handler: TokenHandler): Endpoint {
  return async (c) => {
    const site = readSite(c);
    const { params, repeated } = c.get('facts');
    const { id: vendorId } = requireVendor(handler.server, site, c.req.param('vendorId') ?? '');
    if (repeated.length > 0)
      throw invalidRequest(`The parameter ${repeated[0]} was sent more than once.`);
    const login = await findLogin(handler, c, site, params['state'] ?? '');
    if (login?.vendorId !== vendorId) throw unknownLogin();

    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    addCookie(c, clearCookie(site, loginCookie(site, login.state)));
    const refused = findError(handler, params);
    if (refused !== null) return c.redirect(withError(login.returnTo, ...refused), 302);
    try {
      const { cookies } = await handler.startOnce(login.state, () =>
        exchange(handler, site, login, params['code'] ?? ''),
      );
      for (const cookie of cookies) addCookie(c, cookie);
      return c.redirect(login.returnTo, 302);
    } catch (error) {
      if (!(error instanceof BackChannelError)) throw error;
      const code = SHOWN_ERRORS.has(error.code) ? error.code : 'server_error';
      return c.redirect(withError(login.returnTo, code, 'The login could not be finished.'), 302);
    }
  };
}

async function exchange(
  handler: TokenHandler,
  site: Site,
  login: PendingLogin,
  code: string,
): ReturnType<typeof createHandlerSession> {
  const response = await requestTokens(handler.server, handler.backChannel, {
    grant_type: 'authorization_code',
    client_id: login.vendorId,
    code,
    redirect_uri: login.redirectUri,
    code_verifier: login.codeVerifier,
  });
  return createHandlerSession(handler, site, login, response);
}

/** Errors of the token endpoint that are passed to the site. */
const SHOWN_ERRORS = new Set(['access_denied', 'temporarily_unavailable']);

/** The error of the authorization response: the issuer's, or of a failed check. */
function findError(
  { server }: TokenHandler,
  { iss, error, error_description = '', code }: Readonly<Record<string, string>>,
): [error: string, description: string] | null {
  const isFromIssuer =
    iss === server.issuer || (iss === undefined && !server.options.sendsIssParameter);
  if (!isFromIssuer) return ['server_error', 'The response is not from the expected issuer.'];
  if (error !== undefined) return [error.slice(0, 100), error_description.slice(0, 500)];
  return code ? null : ['server_error', 'The issuer sent no code.'];
}

async function findLogin(
  { server, sealer }: TokenHandler,
  c: AppContext,
  site: Site,
  state: string,
): Promise<PendingLogin | null> {
  if (state === '') return null;
  for (const value of cookieValues(c, loginCookie(site, state))) {
    const login = await sealer.open({ kind: 'login', origin: site.origin }, value);
    if (!isPendingLogin(login) || login.state !== state) continue;
    if (server.clock.now() < login.expiresAt) return login;
  }
  return null;
}

function withError(returnTo: string, error: string, description: string): string {
  const url = new URL(returnTo);
  url.searchParams.append('error', error);
  if (description !== '') url.searchParams.append('error_description', description);
  return url.href;
}

function unknownLogin(): RefusalError {
  const text =
    'This browser did not begin this login, or it has expired. Start again from the site.';
  return new RefusalError(400, 'invalid_request', text, engineMessage(400, text));
}
