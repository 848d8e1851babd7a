import type { JWTPayload } from 'jose';
import type { AppContext, ServerContext } from '../context.js';
import { cookieValues } from '../request-cookies.js';
import { ACCESS_COOKIE, HINT_COOKIE, refreshCookie, setCookie } from './cookies.js';
import type { Sealer } from './sealed-values.js';
import type { Site } from './site.js';

/** Claims about the user, as `/auth/userinfo` returns them. */
export type UserClaims = Readonly<Record<string, unknown>>;

/** What the refresh cookie holds. */
export interface HandlerSession {
  /** Binds the access cookie to this session. */
  readonly id: string;
  readonly vendorId: string;
  /** Null when the server gave none. */
  readonly refreshToken: string | null;
  readonly user: UserClaims;
}

/** A session with a valid access token. */
export interface LiveSession {
  readonly session: HandlerSession;
  readonly accessToken: string;
  /** `Set-Cookie` headers for the response; empty when nothing was renewed. */
  readonly cookies: readonly string[];
}

/** The session of a request's refresh cookie; null without one sealed for this site. */
export async function readHandlerSession(
  sealer: Sealer,
  c: AppContext,
  site: Site,
): Promise<HandlerSession | null> {
  const scope = { kind: 'refresh', origin: site.origin } as const;
  for (const value of cookieValues(c, refreshCookie(site))) {
    const session = parseSession(await sealer.open(scope, value));
    if (session) return session;
  }
  return null;
}

/**
 * The access token that belongs to a session, if it is still valid. One that a sibling domain set
 * belongs to another session and is ignored.
 */
export async function readAccessToken(
  server: ServerContext,
  sealer: Sealer,
  c: AppContext,
  site: Site,
  session: HandlerSession,
): Promise<string | null> {
  const scope = { kind: 'access', origin: site.origin } as const;
  for (const value of cookieValues(c, ACCESS_COOKIE)) {
    const { sessionId, token } = (await sealer.open(scope, value)) ?? {};
    if (sessionId !== session.id || typeof token !== 'string') continue;
    if (await isGood(server, token)) return token;
  }
  return null;
}

/** Whether an access token was issued here and has not expired. */
export async function isGood(server: ServerContext, accessToken: string): Promise<boolean> {
  return server.keys.verify(accessToken, server.clock.now()).then(
    () => true,
    () => false,
  );
}

/** The cookies that carry a session from now on. */
export async function sessionCookies(
  server: ServerContext,
  sealer: Sealer,
  site: Site,
  session: HandlerSession,
  accessToken: string,
): Promise<string[]> {
  const { origin } = site;
  const { accessTokenSeconds, refreshTokenIdleSeconds } = server.options.lifetimes;
  const maxAgeSeconds =
    session.refreshToken === null ? accessTokenSeconds : refreshTokenIdleSeconds;
  const [access, refresh] = await Promise.all([
    sealer.seal({ kind: 'access', origin }, { sessionId: session.id, token: accessToken }),
    sealer.seal({ kind: 'refresh', origin }, session),
  ]);
  return [
    setCookie(site, ACCESS_COOKIE, access, { sameSite: 'Lax', maxAgeSeconds: accessTokenSeconds }),
    setCookie(site, refreshCookie(site), refresh, { sameSite: 'Strict', maxAgeSeconds }),
    setCookie(site, HINT_COOKIE, 'true', { sameSite: 'Lax', maxAgeSeconds, isHttpOnly: false }),
  ];
}

/** Claims of the ID token that are about the token, not about the user. */
const TOKEN_CLAIMS = new Set(
  'iss aud azp exp iat nbf jti nonce at_hash c_hash s_hash sid auth_time acr amr act'.split(' '),
);

/** The most that fits into a cookie beside a refresh token. */
const MAX_CLAIMS_BYTES = 1500;

/** The claims about the user; those that do not fit into a cookie are omitted. */
export function userClaims(idToken: JWTPayload): UserClaims {
  const { sub, name, email, ...others } = idToken;
  const kept: Record<string, unknown> = {};
  for (const [claim, value] of Object.entries({ sub, name, email, ...others })) {
    if (value === undefined || TOKEN_CLAIMS.has(claim)) continue;
    const { length } = new TextEncoder().encode(JSON.stringify({ ...kept, [claim]: value }));
    if (length <= MAX_CLAIMS_BYTES) kept[claim] = value;
  }
  return kept;
}

function parseSession(value: Record<string, unknown> | null): HandlerSession | null {
  if (value === null) return null;
  const { id, vendorId, refreshToken, user } = value;
  const isSession = typeof id === 'string' && typeof vendorId === 'string';
  const isToken = refreshToken === null || typeof refreshToken === 'string';
  if (!isSession || !isToken || typeof user !== 'object' || user === null) return null;
  return { id, vendorId, refreshToken, user: { ...user } };
}
