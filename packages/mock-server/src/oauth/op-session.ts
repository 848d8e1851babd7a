import type { AppContext, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { cookieValues } from '../request-cookies.js';
import { endSession, type OpSession, remember } from '../state.js';
import { addCookie } from '../response-cookies.js';

const COOKIE_SECONDS = 30 * 86_400;

/** Name of the session cookie. */
export function sessionCookieName(server: ServerContext): string {
  return `${server.options.vendorId}-auth-token`;
}

/** The live session that the browser's cookie names, if any. Of several cookies all are tried. */
export function readSession(server: ServerContext, c: AppContext): OpSession | null {
  for (const id of cookieValues(c, sessionCookieName(server))) {
    const session = server.state.sessions.get(id);
    if (session && isLive(server, session)) return session;
  }
  return null;
}

/** Whether the browser sent a session cookie, valid or not. */
export function hasSessionCookie(server: ServerContext, c: AppContext): boolean {
  return cookieValues(c, sessionCookieName(server)).length > 0;
}

/** Whether a session has neither ended nor expired. */
export function isLive(server: ServerContext, session: OpSession): boolean {
  const now = server.clock.now();
  const { sessionIdleSeconds, sessionAbsoluteSeconds } = server.options.lifetimes;
  return (
    session.endedAt === null &&
    now < session.lastUsedAt + sessionIdleSeconds * 1000 &&
    now < session.createdAt + sessionAbsoluteSeconds * 1000
  );
}

/** Starts a session for a user who has just authenticated. */
export function startSession(server: ServerContext, userId: string): OpSession {
  const now = server.clock.now();
  const session: OpSession = {
    id: `ses_${randomToken(server.random, 16)}`,
    userId,
    createdAt: now,
    authenticatedAt: now,
    lastUsedAt: now,
    clientIds: [],
    requestedClaims: [],
    endedAt: null,
    endedBecause: null,
  };
  remember(server.state.sessions, session.id, session);
  return session;
}

/**
 * Sends the session cookie. On loopback hosts over http it is Lax and not Secure; elsewhere it is
 * made for cross-site use, and the variant without `Partitioned` is cleared first.
 */
export function sendSessionCookie(server: ServerContext, c: AppContext, sessionId: string): void {
  const name = sessionCookieName(server);
  const lasting = `${name}=${sessionId}; Path=/; HttpOnly; Max-Age=${COOKIE_SECONDS}`;
  if (isPlainLoopback(c.req.url)) {
    addCookie(c, `${lasting}; SameSite=Lax`);
    return;
  }
  const domain = domainAttribute(server, c);
  const common = `${lasting}${domain}`;
  const gone = `${name}=; Path=/; HttpOnly; Secure; SameSite=None; Max-Age=0${domain}`;
  addCookie(c, gone);
  addCookie(c, `${common}; Secure; SameSite=None; Partitioned`);
}

/** Clears the session cookie in the browser. */
export function clearSessionCookie(server: ServerContext, c: AppContext): void {
  const over = `${sessionCookieName(server)}=; Path=/; HttpOnly; Max-Age=0`;
  if (isPlainLoopback(c.req.url)) {
    addCookie(c, `${over}; SameSite=Lax`);
    return;
  }
  const gone = `${over}${domainAttribute(server, c)}`;
  addCookie(c, `${gone}; Secure; SameSite=None`);
  addCookie(c, `${gone}; Secure; SameSite=None; Partitioned`);
}

/** Ends the session of the browser's cookie and clears it; nothing happens without one. */
export function logOut(server: ServerContext, c: AppContext): void {
  const session = readSession(server, c);
  if (session) endSession(session, server.clock.now(), 'the user logged out');
  clearSessionCookie(server, c);
}

/** The engine's rule of thumb for a registrable domain; wrong below co.uk and the like, as there. */
function domainAttribute(server: ServerContext, c: AppContext): string {
  const { hostname } = new URL(c.req.url);
  const isName = /\.[a-z-]+$/i.test(hostname) && !isLoopbackHost(hostname);
  if (server.options.sessionCookieScope === 'host' || !isName) return '';
  return `; Domain=.${hostname.split('.').slice(-2).join('.')}`;
}

function isPlainLoopback(url: string): boolean {
  return url.startsWith('http:') && isLoopbackHost(new URL(url).hostname);
}

/** Whether a host name always means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
