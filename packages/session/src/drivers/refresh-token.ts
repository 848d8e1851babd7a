import { abortable } from '../abortable.js';
import type { Driver, DriverEvents, LoginResult } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
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
  let logouts = 0;
  let logoutsBeforeFlight = 0;
  let loadedRefresh: Promise<Refresh> | undefined;

  function hold(record: TokenRecord | null): void {
    held = record && {
      record,
      endsAtMonotonicMs: performance.now() + record.expiresAt - Date.now(),
      dueAt: refreshDueAt(record, Math.random()),
    };
    if (record === null) writeSnapshot(config.key, null);
    else if (records.isLasting) writeSnapshot(config.key, record.user);
  }

  function letGo(): void {
    logouts += 1;
    hold(null);
  }

  const read = async (): Promise<TokenRecord | null> =>
    parseTokenRecord(await records.get(recordKey));

  /** Changes the record if it is still `expected`; answers whether it was. */
  async function replace(expected: TokenRecord, next: TokenRecord | undefined): Promise<boolean> {
    let isExpected = false;
    await records.update(recordKey, (old) => {
      isExpected = parseTokenRecord(old)?.id === expected.id;
      return isExpected ? next : old;
    });
    return isExpected;
  }

  const ports: RecordPorts = {
    read() {
      logoutsBeforeFlight = logouts;
      return read();
    },
    write: (record, spent) => replace(spent, record),
    clear: async (record) => void (await replace(record, undefined)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        // What a flight brings home after a logout would bring the session back.
        if (logouts > logoutsBeforeFlight) throw new AuthError('login_required', 'Logged out.');
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
  function renew(minValiditySeconds?: number): Promise<TokenRecord> {
    const outlived = held?.record.id;
    return refresh(
      (record) => record.id !== outlived && isFresh(record, Date.now(), minValiditySeconds),
    );
  }

  function peekAccessToken(
    minValiditySeconds: number = DEFAULT_MIN_VALIDITY_SECONDS,
  ): string | null {
    if (held === null || !isFresh(held.record, Date.now(), minValiditySeconds)) return null;
    const leftMs = held.endsAtMonotonicMs - performance.now();
    return leftMs > minValiditySeconds * 1000 ? held.record.accessToken : null;
  }

  async function getAccessToken(minValiditySeconds?: number): Promise<string> {
    return peekAccessToken(minValiditySeconds) ?? (await renew(minValiditySeconds)).accessToken;
  }

  async function authorize(request: Request): Promise<Request> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${await getAccessToken()}`);
    return new Request(request, { headers });
  }

  return {
    async restore() {
      const before = held?.record;
      let logoutsBefore: number;
      let record: TokenRecord | null;
      do {
        logoutsBefore = logouts;
        record = await read();
      } while (logouts > logoutsBefore);
      hold(record);
      if (record === null && before?.refreshToken !== undefined) {
        events.onEnded('logged-out-elsewhere');
      }
      return record && record.user;
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
      const outcome = await redeemAuthorizationResponse(config, url, openRecordStore, (record) =>
        records.update(recordKey, () => record),
      );
      if (outcome === null) return { kind: 'stale' };
      if ('error' in outcome) return { kind: 'failed', ...outcome };
      hold(outcome.record);
      return { kind: 'completed', user: outcome.record.user, returnTo: outcome.returnTo };
    },
    peekAccessToken,
    getAccessToken: (minValiditySeconds, signal) =>
      abortable(getAccessToken(minValiditySeconds), signal),
    async refresh() {
      await renew();
    },
    // Without a refresh token there is nothing to do ahead of the end.
    refreshDueAt: () => (held?.record.refreshToken === undefined ? null : held.dueAt),
    authorize: (request) => abortable(authorize(request), request.signal),
    async recover(rejected) {
      const current = `Bearer ${held?.record.accessToken}`;
      // Another call's 401 may have renewed it meanwhile.
      if (rejected.headers.get('authorization') !== current) return;
      await abortable(renew(), rejected.signal);
    },
    release() {
      const record = held?.record;
      letGo();
      // Of a session in memory this page has the only record.
      if (record !== undefined) replace(record, undefined).catch(() => {});
    },
    async forget() {
      const before = await read().catch(() => null);
      const take = async (): Promise<TokenRecord | null> => {
        const record = await read();
        await records.update(recordKey, () => undefined);
        return record;
      };
      letGo();
      await take().catch(() => {});
      return () =>
        loadRenewal()
          .then(({ endSession }) => endSession(config, openRecordStore, { take, before }))
          .catch(() => {});
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
