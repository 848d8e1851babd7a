import { abortable } from '../platform/abortable.js';
import { userChanged } from '../api/user-changed.js';
import type { Credentials } from './credentials.js';
import {
  defaultMinValiditySeconds,
  isFresh,
  isYoung,
  refreshDueAt,
  type TokenRecord,
} from './token-record.js';

/** The access token that a driver holds in this page. */
export interface TokenHolder extends Credentials {
  readonly record: TokenRecord | undefined;
  /** When to refresh ahead of expiry, in epoch milliseconds. */
  readonly dueAt: number | undefined;
  hold(record: TokenRecord | null): void;
  /** Treats the token as expired. */
  readonly expire: () => void;
}

/** The record in this page, with its expiry on the monotonic clock. */
interface HeldRecord {
  readonly record: TokenRecord;
  readonly endsAtMonotonicMs: number;
  readonly dueAt: number;
}

/** Resolves to a record that the caller can use, from the network if no stored one suffices; see `createRefresh`. */
export type Refresh = (
  isUsable: (record: TokenRecord) => boolean,
  isStrict?: boolean,
) => Promise<TokenRecord>;

/**
 * Creates an empty holder.
 * @param canRenew returns whether a record's tokens can be renewed
 * @param onDropped called with a record that another one, or none, replaces
 */
export function createTokenHolder(
  refresh: Refresh,
  canRenew: (record: TokenRecord) => boolean = () => true,
  onDropped: (record: TokenRecord) => void = () => {},
): TokenHolder {
  let held: HeldRecord | null = null;
  let expiredId: string | undefined;

  /** Renews, unless another tab has; the record held by this page does not suffice. */
  function renew(minValiditySeconds?: number): Promise<TokenRecord> {
    const outlived = held?.record.id;
    return refresh(
      (record) => record.id !== outlived && isFresh(record, Date.now(), minValiditySeconds),
    );
  }

  function peekAccessToken(wantedSeconds?: number): string | null {
    if (held === null || held.record.id === expiredId) return null;
    const minValiditySeconds = wantedSeconds ?? defaultMinValiditySeconds(held.record);
    if (!isFresh(held.record, Date.now(), minValiditySeconds)) return null;
    const leftMs = held.endsAtMonotonicMs - performance.now();
    return leftMs > minValiditySeconds * 1000 ? held.record.accessToken : null;
  }

  async function getAccessToken(minValiditySeconds?: number): Promise<string> {
    const token = peekAccessToken(minValiditySeconds);
    if (token !== null) return token;
    const before = held?.record.user.sub;
    const { accessToken, user } = await renew(minValiditySeconds);
    if (before !== undefined && before !== user.sub) throw userChanged();
    return accessToken;
  }

  async function authorize(request: Request): Promise<Request> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${await getAccessToken()}`);
    return new Request(request, { headers });
  }

  return {
    get record() {
      return held?.record;
    },
    get dueAt() {
      return held?.dueAt;
    },
    hold(record) {
      if (held !== null && held.record.id !== record?.id) onDropped(held.record);
      held = record && {
        record,
        endsAtMonotonicMs: performance.now() + record.expiresAt - Date.now(),
        dueAt: refreshDueAt(record, Math.random()),
      };
    },
    expire() {
      expiredId = held?.record.id;
    },
    peekAccessToken,
    getAccessToken: (minValiditySeconds, signal) =>
      abortable(getAccessToken(minValiditySeconds), signal),
    async refresh() {
      await renew();
    },
    async renew() {
      const calledAt = Date.now();
      await refresh(({ requestedAt = 0 }) => requestedAt >= calledAt, true);
    },
    authorize: (request) => abortable(authorize(request), request.signal),
    async recover(rejected) {
      const current = held?.record;
      // Another call may have renewed it after its 401, or the user has logged out.
      const isCurrent = rejected.headers.get('authorization') === `Bearer ${current?.accessToken}`;
      if (current === undefined || !isCurrent) return 'renewed';
      if (!canRenew(current) || isYoung(current, Date.now())) return 'none';
      await abortable(renew(), rejected.signal);
      return 'renewed';
    },
  };
}
