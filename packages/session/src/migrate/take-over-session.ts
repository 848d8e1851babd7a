import { isAuthError } from '../errors.js';
import { refreshTokenRecord } from '../oidc/renewal.js';
import type { SessionConfig } from '../options.js';
import { withLock } from '../tokens/refresh.js';
import { coversScope, type TokenRecord } from '../tokens/token-record.js';
import type { TokenStore } from '../tokens/token-store.js';
import { clearOldSessions } from './clear-old-sessions.js';
import type { OldSession } from './take-over.js';

/** What a take-over uses of the driver. */
export interface TakeOverContext {
  readonly store: TokenStore;
  /** Whether the user has logged out since the take-over began. */
  readonly isLoggedOut: () => boolean;
}

/**
 * Renews the session of another library, and stores it in place of the old one. It holds the session's lock, so that of
 * several tabs one sends the refresh token. The renewed ID Token is verified as always, and must be of the stored user.
 * @returns the record, also of another tab; `null` if there is no session to take over, or the server refuses it, which
 * removes it
 * @throws AuthError what a renewal throws that may succeed later: everything stays as it is
 */
export function takeOverSession(
  config: SessionConfig,
  { store, isLoggedOut }: TakeOverContext,
): Promise<TokenRecord | null> {
  return withLock(config.key, async () => {
    const stored = await store.read();
    if (stored !== null) return stored;
    const sessions = (config.takeOver ?? [])
      .flatMap((library) => library.find(config))
      .filter((session) => suits(session, config));
    if (sessions.length === 0) return null;
    const record = await renewFirst(sessions, config, store);
    if (record !== null && !isLoggedOut()) await store.put(record);
    clearOldSessions(config);
    if (record === null || !isLoggedOut()) return record;
    await store.replace(record, undefined);
    store.revoke(record);
    return null;
  });
}

/** Whether the session is for the same API, and for all of the scope: a refresh cannot widen it. */
function suits(
  { audience, scope }: OldSession,
  { authorizationParams, scope: wanted }: SessionConfig,
): boolean {
  const { audience: wantedAudience = null } = authorizationParams;
  if (audience !== undefined && audience !== wantedAudience) return false;
  // A session with a refresh token has these, although some servers do not list them.
  const covered = scope === undefined ? undefined : `openid offline_access ${scope}`;
  return coversScope({ scope: covered, requestedScope: covered }, wanted);
}

/** Renews the first session that the server does not refuse. */
async function renewFirst(
  sessions: readonly OldSession[],
  config: SessionConfig,
  store: TokenStore,
): Promise<TokenRecord | null> {
  for (const session of sessions) {
    const old = toRecord(session, config);
    try {
      const record = await refreshTokenRecord(config, old, store.revoke);
      // Without an ID Token the response does not say whose session it is.
      if (record.user !== old.user) return record;
      store.revoke(record);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return null;
}

/** Returns the old session as a record whose access token has expired. */
function toRecord(
  { refreshToken, subject, scope }: OldSession,
  config: SessionConfig,
): TokenRecord {
  return {
    id: '',
    accessToken: '',
    issuedAt: 0,
    expiresAt: 0,
    refreshToken,
    scope,
    requestedScope: scope === undefined ? undefined : config.scope,
    user: { sub: subject },
  };
}

/** Whether the server or a check of its response refuses the session for good. */
function isRefusal(error: unknown): boolean {
  return (
    isAuthError(error) && (error.code === 'login_required' || error.code === 'callback_rejected')
  );
}
