import { abortable } from '../abortable.js';
import type { Driver, DriverEvents, LoginResult } from '../driver.js';
import { isAuthError, type AuthError } from '../errors.js';
import { createLoginTag } from '../login-tag.js';
import type { RecordPorts } from '../oidc/token-grant.js';
import { loadLogin } from '../on-demand/login.js';
import { loadRenewal } from '../on-demand/renewal.js';
import type { SessionConfig } from '../options.js';
import type { EndReason } from '../state.js';
import { openMemoryStore, openRecordStore } from '../storage/records.js';
import { writeSnapshot } from '../storage/snapshot.js';
import {
  DEFAULT_MIN_VALIDITY_SECONDS,
  isFresh,
  parseTokenRecord,
  refreshDueAt,
  type TokenRecord,
} from '../token-record.js';

/** The record in this page, with its end on the clock that nobody can turn back. */
interface HeldRecord {
  readonly record: TokenRecord;
  readonly endsAtMonotonicMs: number;
  readonly dueAt: number;
}

type Refresh = (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord>;

/**
 * Keeps the session by a refresh token, which works on any domain. The tokens are in IndexedDB, where all tabs
 * see them in order; localStorage has only the user's claims, for the first render.
 * @see RFC 9700 section 4.14, OAuth 2.0 for Browser-Based Apps section 6.3
 */
export function createRefreshTokenDriver(config: SessionConfig, events: DriverEvents): Driver {
  const isLocal = config.storage === 'local';
  const records = isLocal ? openRecordStore(openMemoryStore) : openMemoryStore();
  const recordKey = `${config.key}/tokens`;
  let held: HeldRecord | null = null;
  let loadedRefresh: Promise<Refresh> | undefined;

  function hold(record: TokenRecord | null): void {
    held = record && {
      record,
      endsAtMonotonicMs: performance.now() + record.expiresAt - Date.now(),
      dueAt: refreshDueAt(record, Math.random()),
    };
    if (isLocal) writeSnapshot(config.key, record && record.user);
  }

  const ports: RecordPorts = {
    read: async () => parseTokenRecord(await records.get(recordKey)),
    write: (record) => records.update(recordKey, () => record),
    clear: () => records.update(recordKey, () => undefined),
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
  };

  const refresh: Refresh = async (isUsable) => {
    loadedRefresh ??= loadRenewal().then(({ createTokenRefresh }) =>
      createTokenRefresh(config, ports),
    );
    const run = await loadedRefresh.catch((error: unknown) => {
      loadedRefresh = undefined;
      throw error;
    });
    return run(isUsable);
  };

  /** Renews, unless another tab has; a record that this page has outlived will not do. */
  function renew(minValiditySeconds: number): Promise<TokenRecord> {
    const outlived = held?.record.id;
    return refresh(
      (record) => record.id !== outlived && isFresh(record, Date.now(), minValiditySeconds),
    );
  }

  function peekAccessToken(minValiditySeconds: number): string | null {
    if (held === null || !isFresh(held.record, Date.now(), minValiditySeconds)) return null;
    const leftMs = held.endsAtMonotonicMs - performance.now();
    return leftMs > minValiditySeconds * 1000 ? held.record.accessToken : null;
  }

  async function getAccessToken(minValiditySeconds: number): Promise<string> {
    return peekAccessToken(minValiditySeconds) ?? (await renew(minValiditySeconds)).accessToken;
  }

  return {
    async restore() {
      hold(await ports.read());
      return held && held.record.user;
    },
    async beginLogin(request) {
      const { createAuthorizationUrl } = await loadLogin();
      return createAuthorizationUrl(config, {
        ...request,
        openRecords: openRecordStore,
        redirectUri: config.redirectUri ?? `${location.origin}/`,
        tag: createLoginTag(config, request.way),
      });
    },
    async completeLogin(url): Promise<LoginResult> {
      const { redeemAuthorizationResponse } = await loadLogin();
      const outcome = await redeemAuthorizationResponse(config, url, openRecordStore, ports.write);
      if (outcome === null) return { kind: 'stale' };
      if ('error' in outcome) return { kind: 'failed', ...outcome };
      hold(outcome.record);
      return { kind: 'completed', user: outcome.record.user, returnTo: outcome.returnTo };
    },
    peekAccessToken,
    getAccessToken: (minValiditySeconds, signal) =>
      abortable(getAccessToken(minValiditySeconds), signal),
    async refresh() {
      await renew(DEFAULT_MIN_VALIDITY_SECONDS);
    },
    refreshDueAt: () => held && held.dueAt,
    async authorize(request) {
      const token = await getAccessToken(DEFAULT_MIN_VALIDITY_SECONDS);
      const headers = new Headers(request.headers);
      headers.set('authorization', `Bearer ${token}`);
      return new Request(request, { headers });
    },
    async recover(rejected) {
      const current = `Bearer ${held?.record.accessToken}`;
      // Another call's 401 may have renewed it meanwhile.
      if (rejected.headers.get('authorization') === current)
        await renew(DEFAULT_MIN_VALIDITY_SECONDS);
    },
    release: () => hold(null),
    async forget() {
      const record = held?.record ?? (await ports.read().catch(() => null));
      hold(null);
      const renewal = await loadRenewal().catch(() => null);
      await (renewal === null
        ? ports.clear()
        : renewal.forgetSession(config, openRecordStore, ports.clear));
      return async () => {
        if (record?.refreshToken === undefined) return;
        await renewal
          ?.revokeToken(config.issuer, config.clientId, record.refreshToken)
          .catch(() => {});
      };
    },
    endSessionUrl: (returnTo) =>
      `${config.issuer}v2/logout?${new URLSearchParams({ client_id: config.clientId, returnTo })}`,
  };
}

/** The server's word decides that a session is over; its description only says which of two ways. */
function endReason(error: AuthError, record: TokenRecord | undefined): EndReason {
  if (error.oauthError === undefined) {
    return record?.refreshToken === undefined ? 'expired' : 'logged-out-elsewhere';
  }
  return /expired/i.test(error.oauthErrorDescription ?? '') ? 'expired' : 'revoked';
}
