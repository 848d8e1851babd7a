import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { engineMessage, RefusalError } from '../errors.js';
import { stepUrl } from '../login/login-page.js';
import { randomDigits, randomToken } from '../random.js';
import {
  findUser,
  type AuthorizationRequest,
  type Login,
  type OpSession,
  remember,
} from '../state.js';
import { parseAuthorizationRequest } from './authorization-request.js';
import { grantCode, refuse } from './authorization-response.js';
import {
  clearSessionCookie,
  hasSessionCookie,
  readSession,
  sendSessionCookie,
  startSession,
} from './op-session.js';

/** `GET` and `POST /authorize`: responds immediately with a session or `prompt=none`, else with the login page. */
export function authorizeEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const { request, error } = parseAuthorizationRequest(server, c);
    if (error) return refuse(server, c, request, error);
    const session = usableSession(server, c, request);
    if (session && !wantsLoginPage(server, request, session)) {
      return respondFromSession(server, c, request, session);
    }
    if (request.prompt.includes('none')) return loginRequired(server, c, request);
    const login = startLogin(server, request);
    return c.redirect(stepUrl(login, login.oneTimeCode === null ? 'identifier' : 'code'), 302);
  };
}

/** `GET /authorize/resume`: the last step after the login page; once per login. */
export function resumeEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const login = server.state.logins.get(c.get('facts').params['state'] ?? '');
    if (!login)
      throw resumeError(403, 'This login does not exist. Start again from the application.');
    if (login.status === 'completed')
      throw resumeError(409, 'This login has already been completed.');
    if (login.status === 'pending' || login.userId === null) {
      throw resumeError(400, 'This login has not been finished yet.');
    }
    login.status = 'completed';
    const error = membershipError(server, login.request, login.userId);
    if (error) return refuse(server, c, login.request, error);
    const session = startSession(server, login.userId);
    sendSessionCookie(server, c, session.id);
    return grantCode(server, c, login.request, session);
  };
}

/** Keeps a request while its user is at the login page. */
export function startLogin(server: ServerContext, request: AuthorizationRequest): Login {
  const login: Login = {
    id: randomToken(server.random, 16),
    request,
    createdAt: server.clock.now(),
    status: 'pending',
    email: request.loginHint,
    // connection=email with the address of a user sends the code immediately.
    oneTimeCode: skipsIdentifier(server, request) ? randomDigits(server.random, 6) : null,
    wrongCodes: 0,
    userId: null,
  };
  remember(server.state.logins, login.id, login);
  return login;
}

function skipsIdentifier(server: ServerContext, request: AuthorizationRequest): boolean {
  const { connection, loginHint } = request;
  return (
    connection === 'email' && loginHint !== null && findUser(server.state, loginHint) !== undefined
  );
}

/** Why a user may not log in to the requested organization, if so. */
export function membershipError(
  server: ServerContext,
  request: AuthorizationRequest,
  userId: string,
): { error: string; error_description: string } | null {
  const user = server.state.users.get(userId);
  if (!user || user.isBlocked)
    return { error: 'access_denied', error_description: 'User is blocked' };
  if (request.organization === null || user.organizations.includes(request.organization))
    return null;
  return { error: 'access_denied', error_description: 'User is not a member of the organization' };
}

function respondFromSession(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
  session: OpSession,
): Response | Promise<Response> {
  const error = membershipError(server, request, session.userId);
  if (error) {
    const isSilent = request.prompt.includes('none');
    return isSilent ? loginRequired(server, c, request) : refuse(server, c, request, error);
  }
  sendSessionCookie(server, c, session.id);
  return grantCode(server, c, request, session);
}

/** The error of a silent login; clears an invalid session cookie (OIDC Core section 3.1.2.6). */
function loginRequired(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
): Response | Promise<Response> {
  if (hasSessionCookie(server, c)) clearSessionCookie(server, c);
  const error_description = 'Login required';
  return refuse(server, c, request, { error: 'login_required', error_description });
}

/** The browser's session, unless the request requires a younger one (OIDC Core 3.1.2.1, max_age). */
function usableSession(
  server: ServerContext,
  c: AppContext,
  request: AuthorizationRequest,
): OpSession | null {
  const session = readSession(server, c);
  if (!session || !server.state.users.has(session.userId)) return null;
  const { maxAgeSeconds } = request;
  const ageMs = server.clock.now() - session.authenticatedAt;
  return maxAgeSeconds !== null && ageMs > maxAgeSeconds * 1000 ? null : session;
}

function wantsLoginPage(
  server: ServerContext,
  request: AuthorizationRequest,
  session: OpSession,
): boolean {
  const { prompt, screenHint, loginHint } = request;
  if (prompt.includes('none')) return false;
  if (prompt.includes('login') || prompt.includes('select_account')) return true;
  if (screenHint === 'login') return true;
  if (loginHint === null) return false;
  const email = server.state.users.get(session.userId)?.email;
  return email?.toLowerCase() !== loginHint.toLowerCase();
}

function resumeError(status: number, description: string): RefusalError {
  return new RefusalError(
    status,
    'invalid_request',
    description,
    engineMessage(status, description),
  );
}
