import type { SessionConfig } from '../options.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import type { TokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { User } from '../user.js';

/** The user of a session that a cookie keeps, whether or not this page has tokens. */
export interface CookieUser {
  /** The `sub` of the user that this page knows. */
  subject: string | undefined;
  /** Returns the `sub` of the user that this page or another tab knows; `null` for none, `undefined` if not known. */
  readonly lastSubject: () => string | null | undefined;
  /** Returns the remembered user: `null` for none, `undefined` without readable storage. */
  readonly readRemembered: () => User | null | undefined;
  /** Sets the tokens of this page, and remembers their user for the next; `null` removes both. */
  readonly hold: (record: TokenRecord | null) => void;
}

/** Creates the user. Reads nothing until it is used. */
export function createCookieUser(
  { key, storage }: SessionConfig,
  tokens: Pick<TokenHolder, 'hold'>,
): CookieUser {
  const isLocal = storage === 'local';
  const readRemembered = (): User | null | undefined => (isLocal ? readSnapshot(key) : undefined);
  const user: CookieUser = {
    subject: undefined,
    lastSubject() {
      const remembered = readRemembered();
      return user.subject ?? (remembered && remembered.sub);
    },
    readRemembered,
    hold(record) {
      tokens.hold(record);
      user.subject = record?.user.sub;
      if (isLocal) writeSnapshot(key, record && record.user);
    },
  };
  return user;
}
