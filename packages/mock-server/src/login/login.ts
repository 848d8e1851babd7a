import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { engineMessage, RefusalError } from '../errors.js';
import { refuse } from '../oauth/authorization-response.js';
import { randomDigits } from '../random.js';
import { findUser, type Login } from '../state.js';
import { createUser } from '../users.js';
import { codePage, identifierPage, stepUrl } from './login-page.js';

/** `GET /u/login/identifier` */
export function showIdentifierEndpoint(server: ServerContext): Endpoint {
  return (c) => identifierPage(server, c, requireLogin(server, c));
}

/** `POST /u/login/identifier`: an e-mail address, a test user, or Cancel. */
export function submitIdentifierEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const login = requireLogin(server, c);
    const { params } = c.get('facts');
    if (params['user'] !== undefined) return finish(server, c, login, params['user']);
    if (params['action'] === 'cancel') return cancel(server, c, login);
    const email = (params['email'] ?? '').trim();
    login.email = email.slice(0, 320);
    if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 320) {
      return identifierPage(server, c, login, 'invalidEmail');
    }
    const isSignup = login.request.screenHint === 'signup';
    if (!findUser(server.state, email) && !isSignup)
      return identifierPage(server, c, login, 'unknownEmail');
    login.oneTimeCode = randomDigits(server.random, 6);
    return c.redirect(stepUrl(login, 'code'), 303);
  };
}

/** `GET /u/login/code` */
export function showCodeEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const login = requireLogin(server, c);
    return login.oneTimeCode === null
      ? c.redirect(stepUrl(login, 'identifier'), 303)
      : codePage(c, login);
  };
}

/** `POST /u/login/code`: the one-time code. */
export function submitCodeEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const login = requireLogin(server, c);
    const { params } = c.get('facts');
    if (params['action'] === 'cancel') return cancel(server, c, login);
    if (params['action'] === 'back' || login.oneTimeCode === null) {
      login.oneTimeCode = null;
      return c.redirect(stepUrl(login, 'identifier'), 303);
    }
    if ((params['code'] ?? '').replaceAll(/\s/g, '') !== login.oneTimeCode) {
      login.wrongCodes += 1;
      return codePage(c, login, 'wrongCode');
    }
    return finish(server, c, login, userForEmail(server, login.email ?? '').id);
  };
}

function finish(
  server: ServerContext,
  c: AppContext,
  login: Login,
  userId: string,
): Response | Promise<Response> {
  const user = server.state.users.get(userId);
  if (!user) return identifierPage(server, c, login, 'unknownEmail');
  if (user.isBlocked) return identifierPage(server, c, login, 'blocked');
  login.status = 'authenticated';
  login.userId = user.id;
  return c.redirect(`${login.request.issuer}authorize/resume?state=${login.id}`, 303);
}

function cancel(server: ServerContext, c: AppContext, login: Login): Response | Promise<Response> {
  login.status = 'completed';
  return refuse(server, c, login.request, {
    error: 'access_denied',
    error_description: 'The user cancelled the login',
  });
}

/** The user of an address; signing up makes one. */
function userForEmail(server: ServerContext, email: string): { id: string } {
  const known = findUser(server.state, email);
  if (known) return known;
  const now = server.clock.now();
  const created = createUser(
    { id: email.toLowerCase(), email, sub: `email|${email.toLowerCase()}` },
    now,
  );
  server.state.users.set(created.id, created);
  return created;
}

function requireLogin(server: ServerContext, c: AppContext): Login {
  const id = new URL(c.req.url).searchParams.get('state') ?? '';
  const login = server.state.logins.get(id);
  const isOver =
    login && server.clock.now() >= login.createdAt + server.options.lifetimes.loginSeconds * 1000;
  if (login && login.status !== 'completed' && !isOver) return login;
  const text = 'This login is over or was never started. Start again from the application.';
  throw new RefusalError(400, 'invalid_request', text, engineMessage(400, text));
}
