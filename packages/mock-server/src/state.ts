import { type Client, createClient } from './clients.js';
import type { RateWindow } from './management-api/rate-limit.js';
import type { ManagementRecords } from './management-api/records.js';
import { seedRecords } from './management-api/seed.js';
import type { RequestedClaims } from './oauth/claims-request.js';
import type { ResolvedOptions } from './options.js';
import { RefreshTokenMap } from './refresh-token-map.js';
import { createUser, type User } from './users.js';

export type { RefreshToken } from './refresh-token-map.js';

/** The authorization request, after validation. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseMode: 'query' | 'fragment' | 'form_post' | 'web_message';
  readonly scope: string;
  readonly audience: string;
  readonly state: string | null;
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  readonly codeChallengeMethod: 'S256' | 'plain';
  readonly prompt: readonly string[];
  readonly maxAgeSeconds: number | null;
  readonly loginHint: string | null;
  readonly screenHint: string | null;
  readonly uiLocales: string | null;
  readonly acrValues: string | null;
  readonly organization: string | null;
  readonly connection: string | null;
  readonly requestedClaims: RequestedClaims;
  /** The issuer that the request was sent to. */
  readonly issuer: string;
}

/** One visit to the login page. */
export interface Login {
  readonly id: string;
  readonly request: AuthorizationRequest;
  readonly createdAt: number;
  status: 'pending' | 'authenticated' | 'completed';
  email: string | null;
  oneTimeCode: string | null;
  wrongCodes: number;
  userId: string | null;
}

/** The server's own session with a browser (the "OP session"). */
export interface OpSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  authenticatedAt: number;
  lastUsedAt: number;
  /** Ids of the clients that received tokens in this session. */
  clientIds: string[];
  /** Claims that the session's newest authorization request wants at `/userinfo`, for any scope. */
  requestedClaims: readonly string[];
  endedAt: number | null;
  endedBecause: string | null;
}

/** An authorization code and what it stands for. */
export interface AuthorizationCode {
  readonly code: string;
  readonly request: AuthorizationRequest;
  readonly userId: string;
  readonly sessionId: string;
  readonly authenticatedAt: number;
  readonly issuedAt: number;
  usedAt: number | null;
}

/** All refresh tokens that descend from one login of one client. */
export interface TokenFamily {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly scope: string;
  readonly audience: string;
  readonly organization: string | null;
  readonly issuer: string;
  readonly authenticatedAt: number;
  /** The authentication context class of the login, where one was requested. */
  readonly acr?: string | null;
  readonly createdAt: number;
  lastUsedAt: number;
  revokedAt: number | null;
  revokedBecause: string | null;
}

/** A session of the token handler that was logged out; its cookies may still be in flight. */
export interface HandlerLogout {
  readonly at: number;
}

/** The state of a server: plain data, so that it can be copied and restored. */
export interface ServerState {
  users: Map<string, User>;
  clients: Map<string, Client>;
  logins: Map<string, Login>;
  sessions: Map<string, OpSession>;
  codes: Map<string, AuthorizationCode>;
  families: Map<string, TokenFamily>;
  refreshTokens: RefreshTokenMap;
  /** By the id of the handler's session. */
  handlerLogouts: Map<string, HandlerLogout>;
  /** What the Management API serves, by collection. */
  management: ManagementRecords;
  /** Calls left at the Management API, by client. */
  rateLimits: Map<string, RateWindow>;
}

/** The state a server starts with. */
export function createState(options: ResolvedOptions): ServerState {
  return {
    users: new Map(options.users.map((user) => [user.id, createUser(user)])),
    clients: new Map(options.clients.map((client) => [client.clientId, createClient(client)])),
    logins: new Map(),
    sessions: new Map(),
    codes: new Map(),
    families: new Map(),
    refreshTokens: new RefreshTokenMap(),
    handlerLogouts: new Map(),
    management: seedRecords(options.vendorId),
    rateLimits: new Map(),
  };
}

/** More than any test reads; beyond it the oldest entries are dropped. */
const MAX_ENTRIES = 20_000;

/** Adds to a map that would otherwise grow for as long as the server runs. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size <= MAX_ENTRIES) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

/** Finds a user by `sub`, e-mail (any case) or id. */
export function findUser(state: ServerState, by: string): User | undefined {
  const direct = state.users.get(by);
  if (direct) return direct;
  const email = by.toLowerCase();
  for (const user of state.users.values()) {
    if (user.sub === by || user.email.toLowerCase() === email) return user;
  }
  return undefined;
}

/** Ends a session; ended sessions are kept so that their tokens are rejected by name. */
export function endSession(session: OpSession, now: number, because: string): void {
  if (session.endedAt !== null) return;
  session.endedAt = now;
  session.endedBecause = because;
}

/** Revokes a refresh token family, and with it every token in it. */
export function revokeFamily(family: TokenFamily, now: number, because: string): void {
  if (family.revokedAt !== null) return;
  family.revokedAt = now;
  family.revokedBecause = because;
}
