import { isObject, readString } from '../platform/json.js';
import { isUser, type User } from '../user.js';

/** What the tabs share of a session in the browser. Instants are epoch milliseconds of this device's clock. */
export interface TokenRecord {
  /** Another one at each login and refresh, so that tabs can tell a new record from the one they hold. */
  readonly id: string;
  readonly accessToken: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
  /** What was granted; `undefined` in a record of an older version. */
  readonly scope?: string | undefined;
  /** What the login asked for, of which the server may have granted less. */
  readonly requestedScope?: string | undefined;
  readonly user: User;
}

/**
 * Whether the login asked for all of `scope`, or was granted it. Where it did not, as after a deploy that needs more, a
 * new login is due. What a server has refused to grant it would refuse again, so that alone makes no login due.
 */
export function coversScope({ scope = '', requestedScope }: TokenRecord, wanted: string): boolean {
  if (requestedScope === undefined) return true;
  const covered = `${scope} ${requestedScope}`.split(' ');
  return wanted.split(' ').every((one) => covered.includes(one));
}

/** A token is not handed out in its last seconds: it would expire on the way. */
const MIN_VALIDITY_SECONDS = 10;

/** How long a token must still be valid by default: 10 s, or half of a short life, so that it serves more than one call. */
export function defaultMinValiditySeconds({ issuedAt, expiresAt }: TokenRecord): number {
  return Math.min(MIN_VALIDITY_SECONDS, (expiresAt - issuedAt) / 2000);
}

/** A token that was issued this short a time ago was not refused because of its age. */
const YOUNG_MS = 30_000;

/** Whether the token is so new that another would meet with the same answer. */
export function isYoung({ issuedAt }: TokenRecord, now: number): boolean {
  return now >= issuedAt && now < issuedAt + YOUNG_MS;
}

/** A clock that runs a minute backwards has been corrected; one that runs further has been wrong. */
const CLOCK_CORRECTION_MS = 60_000;

/**
 * Whether the access token is good for another `minValiditySeconds`. A clock that stands before the token
 * was issued has been turned back, so what it says of the expiry means nothing.
 */
export function isFresh(
  record: TokenRecord,
  now: number,
  minValiditySeconds: number = defaultMinValiditySeconds(record),
): boolean {
  return (
    now >= record.issuedAt - CLOCK_CORRECTION_MS &&
    now + minValiditySeconds * 1000 < record.expiresAt
  );
}

/** When to refresh ahead: a minute before the end, or half-way through a shorter life, and not all users at once. */
export function refreshDueAt(record: TokenRecord, random: number): number {
  const leadMs = Math.min(60_000, (record.expiresAt - record.issuedAt) / 2);
  return record.expiresAt - leadMs * (1 + random / 2);
}

/** Reads a stored value; anything that is not a whole record counts as none. */
export function parseTokenRecord(value: unknown): TokenRecord | null {
  if (!isObject(value)) return null;
  const { issuedAt, expiresAt, user } = value;
  const id = readString(value['id']);
  const accessToken = readString(value['accessToken']);
  if (id === undefined || accessToken === undefined || !isUser(user)) return null;
  if (typeof issuedAt !== 'number' || typeof expiresAt !== 'number') return null;
  // Written so that it refuses NaN, which no timer could wait for.
  if (!(issuedAt < expiresAt)) return null;
  return {
    id,
    accessToken,
    issuedAt,
    expiresAt,
    refreshToken: readString(value['refreshToken']),
    scope: readString(value['scope']),
    requestedScope: readString(value['requestedScope']),
    user,
  };
}
