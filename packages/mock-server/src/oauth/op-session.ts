import { getCookie } from 'hono/cookie';
import type { AppContext, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { endSession, type OpSession, remember } from '../state.js';

const COOKIE_SECONDS = 30 * 86_400;

/** Name of the session cookie. */
export function sessionCookieName(server: ServerContext): string {
  return `${server.options.vendorId}-auth-token`;
}

/** The live session that the browser's cookie names, if any. */
export function readSession(server: ServerContext, c: AppContext): OpSession | null {
  const id = getCookie(c, sessionCookieName(server));
  const session = id === undefined ? undefined : server.state.sessions.get(id);
  return session && isLive(server, session) ? session : null;
}

/** Whether a session has neither been ended nor run out. */
export function isLive(server: ServerContext, session: OpSession): boolean {
  const now = server.clock.now();
  const { sessionIdleSeconds, sessionAbsoluteSeconds } = server.options.lifetimes;
  return (
    session.endedAt === null &&
    now < session.lastUsedAt + sessionIdleSeconds * 1000 &&
    now < session.createdAt + sessionAbsoluteSeconds * 1000
  );
}

/** Starts a session for a user who has just shown who they are. */
export function startSession(server: ServerContext, userId: string): OpSession {
  const now = server.clock.now();
  const session: OpSession = {
    id: `ses_${randomToken(server.random, 16)}`,
    userId,
    createdAt: now,
    authenticatedAt: now,
    lastUsedAt: now,
    clientIds: [],
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
  const common = `${name}=${sessionId}; Path=/; HttpOnly; Max-Age=${COOKIE_SECONDS}`;
  if (isPlainLoopback(c.req.url)) {
    c.header('set-cookie', `${common}; SameSite=Lax`, { append: true });
    return;
  }
  c.header('set-cookie', `${name}=; Path=/; HttpOnly; Secure; SameSite=None; Max-Age=0`, {
    append: true,
  });
  c.header('set-cookie', `${common}; Secure; SameSite=None; Partitioned`, { append: true });
}

/** Clears the session cookie in the browser. */
export function clearSessionCookie(server: ServerContext, c: AppContext): void {
  const gone = `${sessionCookieName(server)}=; Path=/; HttpOnly; Max-Age=0`;
  if (isPlainLoopback(c.req.url)) {
    c.header('set-cookie', `${gone}; SameSite=Lax`, { append: true });
    return;
  }
  c.header('set-cookie', `${gone}; Secure; SameSite=None`, { append: true });
  c.header('set-cookie', `${gone}; Secure; SameSite=None; Partitioned`, { append: true });
}

/** Ends the session of the browser's cookie and clears it; nothing happens without one. */
export function logOut(server: ServerContext, c: AppContext): void {
  const session = readSession(server, c);
  if (session) endSession(session, server.clock.now(), 'the user logged out');
  clearSessionCookie(server, c);
}

function isPlainLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && isLoopbackHost(hostname);
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
