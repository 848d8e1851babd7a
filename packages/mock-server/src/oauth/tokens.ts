import type { JWTPayload } from 'jose';
import type { AppContext, ServerContext } from '../context.js';
import { badTokenResponse } from '../control/bad-token-response.js';
import { randomToken } from '../random.js';
import { type RefreshToken, remember, type TokenFamily } from '../state.js';
import type { User } from '../users.js';
import { scopeClaims } from './claims.js';
import { sendSessionCookie } from './op-session.js';
import { loadBadIdToken } from '../control/load-bad-id-token.js';

/** The context class of a login that promises nothing. @see OpenID Connect Core 1.0 section 2, `acr` */
const UNASSURED = '0';

/** What a token response is issued from. */
export interface Grant {
  readonly user: User;
  readonly clientId: string;
  readonly scope: string;
  readonly audience: string;
  readonly issuer: string;
  readonly sessionId: string;
  readonly authenticatedAt: number;
  readonly organization: string | null;
  readonly nonce?: string | null;
  readonly acr?: string | null;
  /** Claims of the ID token for any scope. */
  readonly requestedClaims?: readonly string[];
  readonly refreshToken: string | null;
}

/** The successful response of the token endpoint (RFC 6749 section 5.1). */
export async function tokenAnswer(
  server: ServerContext,
  c: AppContext,
  grant: Grant,
): Promise<Response> {
  const { options } = server;
  const [accessToken, idToken] = await Promise.all([
    server.keys.sign(accessTokenClaims(server, grant)),
    hasScope(grant.scope, 'openid') ? signIdToken(server, c, grant) : null,
  ]);
  // The engine does so although its CORS headers make browsers drop the cookie.
  if (options.fidelity === 'engine') sendSessionCookie(server, c, grant.sessionId);
  const body = {
    access_token: accessToken,
    ...(idToken && { id_token: idToken }),
    ...(grant.refreshToken && { refresh_token: grant.refreshToken }),
    token_type: 'Bearer',
    expires_in: options.lifetimes.accessTokenSeconds,
    ...(options.fidelity === 'documented' && { scope: grant.scope }),
  };
  const fault = c.get('fault')?.effect.tokenAnswer;
  if (fault) return badTokenResponse(body, fault);
  return c.json(body, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
}

async function signIdToken(server: ServerContext, c: AppContext, grant: Grant): Promise<string> {
  const claims = idTokenClaims(server, grant);
  const fault = c.get('fault')?.effect.idToken;
  if (!fault) return server.keys.sign(claims);
  const { signBadIdToken } = await loadBadIdToken();
  return signBadIdToken(server.keys, claims, fault);
}

/** Whether a space-separated scope contains a value. */
export function hasScope(scope: string, value: string): boolean {
  return scope.split(' ').includes(value);
}

/** Starts a refresh token family for a login and returns its first token. */
export function startFamily(
  server: ServerContext,
  family: Omit<TokenFamily, 'id' | 'createdAt' | 'lastUsedAt' | 'revokedAt' | 'revokedBecause'>,
): RefreshToken {
  const now = server.clock.now();
  const id = `fam_${randomToken(server.random, 9)}`;
  remember(server.state.families, id, {
    ...family,
    id,
    createdAt: now,
    lastUsedAt: now,
    revokedAt: null,
    revokedBecause: null,
  });
  return addRefreshToken(server, id, null);
}

/** Adds a token to a family. */
export function addRefreshToken(
  server: ServerContext,
  familyId: string,
  parentId: string | null,
): RefreshToken {
  const id = `rt_${randomToken(server.random, 7)}`;
  const token: RefreshToken = {
    id,
    token: `${id}.${randomToken(server.random, 32)}`,
    familyId,
    parentId,
    issuedAt: server.clock.now(),
    spentAt: null,
    uses: [],
  };
  remember(server.state.refreshTokens, id, token);
  return token;
}

function accessTokenClaims(server: ServerContext, grant: Grant): JWTPayload {
  const { options } = server;
  const { user } = grant;
  return {
    iss: grant.issuer,
    sub: user.sub,
    aud: grant.audience,
    scope: grant.scope,
    tenant_id: options.vendorId,
    sid: grant.sessionId,
    ...(options.fidelity === 'documented' && {
      azp: grant.clientId,
      vendor_id: options.vendorId,
      email: user.email,
      email_verified: user.emailVerified,
    }),
    ...(user.permissions && { permissions: user.permissions }),
    ...(grant.organization && { org_id: grant.organization }),
    ...(options.sendsAuthenticationClaims && {
      auth_time: Math.floor(grant.authenticatedAt / 1000),
      acr: grant.acr ?? UNASSURED,
    }),
    ...lifetime(server),
  };
}

function idTokenClaims(server: ServerContext, grant: Grant): JWTPayload {
  return {
    iss: grant.issuer,
    sub: grant.user.sub,
    aud: grant.clientId,
    sid: grant.sessionId,
    ...(grant.nonce && { nonce: grant.nonce }),
    auth_time: Math.floor(grant.authenticatedAt / 1000),
    ...(grant.acr && { acr: grant.acr }),
    ...(grant.organization && { org_id: grant.organization }),
    ...scopeClaims(grant.user, grant.scope, grant.issuer, grant.requestedClaims),
    ...lifetime(server),
  };
}

function lifetime(server: ServerContext): { iat: number; exp: number } {
  const iat = Math.floor(server.clock.now() / 1000);
  return { iat, exp: iat + server.options.lifetimes.accessTokenSeconds };
}
