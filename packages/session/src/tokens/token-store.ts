import { AuthError } from '../errors.js';
import type { SessionEnd } from '../flows/session-end.js';
import type { SessionConfig } from '../options.js';
import { recordNames } from '../storage/record-names.js';
import type { RecordStore } from '../storage/records.js';
import { readSnapshot } from '../storage/snapshot.js';
import { coversScope, parseTokenRecord, type TokenRecord } from './token-record.js';

/** The token record that all tabs of a session share. */
export interface TokenStore {
  /** @throws AuthError `timeout` when the browser's storage cannot be read, which does not end a remembered session */
  read(): Promise<TokenRecord | null>;
  /**
   * Returns the record, or `null` if its scope is too narrow. Such a record stays for tabs of an older deploy, until the
   * next login.
   */
  asUsable(record: TokenRecord | null): TokenRecord | null;
  /** Stores the record, whatever was there. */
  put(record: TokenRecord): Promise<void>;
  /** Replaces the record if it is still `expected`. Resolves to whether it was. */
  replace(expected: TokenRecord, next: TokenRecord | undefined): Promise<boolean>;
  /** Removes and revokes a record, if there is one and it is still stored. Does not reject. */
  discard(record: TokenRecord | undefined): Promise<void>;
  /** Whether the record was removed, rather than replaced. */
  isForgotten(): Promise<boolean>;
  /** Revokes, in the background, a token that this browser no longer uses. */
  readonly revoke: (record: TokenRecord) => void;
}

/** Creates the store. Opens nothing until it is used. */
export function createTokenStore(
  { key, storage, scope }: SessionConfig,
  records: RecordStore,
  end: SessionEnd,
): TokenStore {
  const name = recordNames(key).tokens;

  async function replace(expected: TokenRecord, next: TokenRecord | undefined): Promise<boolean> {
    let isExpected = false;
    await records.update(name, (old) => {
      isExpected = parseTokenRecord(old)?.id === expected.id;
      return isExpected ? next : old;
    });
    return isExpected;
  }

  function revoke({ refreshToken }: TokenRecord): void {
    if (refreshToken === undefined) return;
    void end.addRevocation(refreshToken).then(() => end.notifyServer());
  }

  return {
    async read() {
      const record = parseTokenRecord(await records.get(name));
      const isUnread = record === null && storage === 'local' && !records.isLasting;
      if (isUnread && readSnapshot(key)) {
        throw new AuthError('timeout', "The browser's storage cannot be read. Reload the page.");
      }
      return record;
    },
    asUsable: (record) => (record !== null && coversScope(record, scope) ? record : null),
    put: (record) => records.put(name, record),
    replace,
    async discard(record) {
      if (record && (await replace(record, undefined).catch(() => false))) revoke(record);
    },
    isForgotten: () =>
      records.get(name).then(
        (record) => record === undefined,
        () => false,
      ),
    revoke,
  };
}
