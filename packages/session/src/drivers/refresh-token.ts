import type { Driver, DriverEvents, LoginResult } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { revokeToken } from '../oidc/token-endpoint.js';
import type * as Protocol from '../oidc/protocol.js';
import { refreshTokenRecord } from '../oidc/token-grant.js';
import { openTransactions } from '../oidc/transactions.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, withLock } from '../refresh.js';
import type { EndReason } from '../state.js';
import {
  openMemoryStore,
  openRecordStore,
  openTabStore,
  readSnapshot,
  writeSnapshot,
} from '../storage.js';
import {
  DEFAULT_MIN_VALIDITY_SECONDS,
  isFresh,
  parseTokenRecord,
  refreshDueAt,
  type TokenRecord,
} from '../token-record.js';

/** A tab that hangs must not keep the user from logging out. */
const LOGOUT_LOCK_TIMEOUT_MS = 2_000;

/** The one place that loads oidc-client-ts; a page with a live session never does. */
const loadProtocol = (): Promise<typeof Protocol> =>
  import('../oidc/protocol.js').catch((error: unknown) => {
    throw new AuthError(
      'network',
      'The code for the login could not be loaded. Try again when the network is back.',
      { cause: error },
    );
  });

/** The record in this page, with its end on the clock that nobody can turn back. */
interface HeldRecord {
  readonly record: TokenRecord;
  readonly endsAtMonotonicMs: number;
  readonly dueAt: number;
}

/**
 * Keeps the session by a refresh token, which works on any domain. The tokens are in IndexedDB, where all tabs
 * see them in order; localStorage has only the user's claims, for the first render.
 * @see RFC 9700 section 4.14, OAuth 2.0 for Browser-Based Apps section 6.3
 */
export function createRefreshTokenDriver(config: SessionConfig, events: DriverEvents): Driver {
  const isLocal = config.storage === 'local';
  const tokens = isLocal ? openRecordStore(openMemoryStore) : openMemoryStore();
  const transactions = openTransactions(openRecordStore(openTabStore), config.key);
  const recordKey = `${config.key}/tokens`;
  const tag = `sesamy-kit:${config.clientId}`;
  const retryTag = `${tag}:retry`;
  let held: HeldRecord | null = null;

  const hold = (record: TokenRecord | null): TokenRecord | null => {
    held = record && {
      record,
      endsAtMonotonicMs: performance.now() + record.expiresAt - Date.now(),
      dueAt: refreshDueAt(record, Math.random()),
    };
    if (isLocal) writeSnapshot(config.key, record && record.user);
    return record;
  };

  const read = async (): Promise<TokenRecord | null> =>
    parseTokenRecord(await tokens.get(recordKey));

  const forget = async (): Promise<void> => {
    hold(null);
    await Promise.all([tokens.delete(recordKey), transactions.clear()]);
  };

  /** A record that the tabs share by now instead of the one held here, if it will do. */
  const isBetter = (minValiditySeconds: number): ((record: TokenRecord) => boolean) => {
    const outlived = held?.record.accessToken;
    return (record) =>
      record.accessToken !== outlived && isFresh(record, Date.now(), minValiditySeconds);
  };

  const refresh = createRefresh<TokenRecord>({
    lockName: config.key,
    read,
    request: (record) => refreshTokenRecord(config, record),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
    write: (record) => tokens.set(recordKey, record),
    clear: () => tokens.delete(recordKey),
    onSettled(outcome) {
      if ('grant' in outcome) {
        hold(outcome.grant);
        events.onRenewed(outcome.grant.user, outcome.isNew);
      } else if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const reason = endReason(outcome.error, held?.record);
        hold(null);
        events.onEnded(reason);
      }
    },
  });

  const peekAccessToken = (minValiditySeconds: number): string | null => {
    if (held === null || !isFresh(held.record, Date.now(), minValiditySeconds)) return null;
    const leftMs = held.endsAtMonotonicMs - performance.now();
    return leftMs > minValiditySeconds * 1000 ? held.record.accessToken : null;
  };

  const getAccessToken = async (minValiditySeconds: number): Promise<string> => {
    const heldToken = peekAccessToken(minValiditySeconds);
    if (heldToken !== null) return heldToken;
    return (await refresh(isBetter(minValiditySeconds))).accessToken;
  };

  return {
    peek: () => (isLocal ? readSnapshot(config.key) : null),
    ownsCallback: (url) => [tag, retryTag].includes(readTag(url)) && hasAnswer(url),
    isRetry: (url) => readTag(url) === retryTag,
    async restore() {
      return hold(await read())?.user ?? null;
    },
    async beginLogin(request) {
      const { createAuthorizationUrl } = await loadProtocol();
      return createAuthorizationUrl(config, transactions, {
        ...request,
        redirectUri: config.redirectUri ?? `${location.origin}/`,
        tag: request.isRetry ? retryTag : tag,
      });
    },
    async completeLogin(url): Promise<LoginResult> {
      const { redeemAuthorizationResponse } = await loadProtocol();
      // Two tabs may hold the same answer, and a code that is spent twice ends the session it opened.
      const outcome = await withLock(config.key, async () => {
        const redeemed = await redeemAuthorizationResponse(config, transactions, url);
        if (redeemed !== null && 'record' in redeemed) {
          await tokens.set(recordKey, redeemed.record);
        }
        return redeemed;
      });
      if (outcome === null) return { kind: 'stale' };
      if ('error' in outcome) return { kind: 'failed', ...outcome };
      hold(outcome.record);
      return { kind: 'completed', user: outcome.record.user, returnTo: outcome.returnTo };
    },
    peekAccessToken,
    getAccessToken,
    async authorize(request) {
      const token = await getAccessToken(DEFAULT_MIN_VALIDITY_SECONDS);
      const headers = new Headers(request.headers);
      headers.set('authorization', `Bearer ${token}`);
      return new Request(request, { headers });
    },
    async recover(rejected) {
      const spent = rejected.headers.get('authorization');
      await refresh(
        (record) =>
          `Bearer ${record.accessToken}` !== spent &&
          isFresh(record, Date.now(), DEFAULT_MIN_VALIDITY_SECONDS),
      );
    },
    async refresh() {
      await refresh(isBetter(DEFAULT_MIN_VALIDITY_SECONDS));
    },
    refreshDueAt: () => held?.dueAt ?? null,
    release: () => void hold(null),
    async forget() {
      const { refreshToken } = held?.record ?? (await read().catch(() => null)) ?? {};
      // Under the lock, so that a refresh in another tab cannot write its tokens after us.
      await withLock(config.key, forget, LOGOUT_LOCK_TIMEOUT_MS).catch(forget);
      return async () => {
        if (refreshToken === undefined) return;
        await revokeToken(config.issuer, config.clientId, refreshToken).catch(() => {});
      };
    },
    endSessionUrl: (returnTo) =>
      `${config.issuer}v2/logout?${new URLSearchParams({ client_id: config.clientId, returnTo })}`,
  };
}

/** Our mark on the OAuth `state`: it tells our answers, even stale ones, from those meant for somebody else. */
function readTag(url: URL): string {
  const state = url.searchParams.get('state') ?? '';
  return state.slice(state.indexOf(';') + 1);
}

function hasAnswer(url: URL): boolean {
  return url.searchParams.has('code') || url.searchParams.has('error');
}

/** The server's word decides that a session is over; its description only says which of two ways. */
function endReason(error: AuthError, record: TokenRecord | undefined): EndReason {
  if (error.oauthError === undefined) {
    return record?.refreshToken === undefined ? 'expired' : 'logged-out-elsewhere';
  }
  return /expired/i.test(error.oauthErrorDescription ?? '') ? 'expired' : 'revoked';
}
