import { isObject, readString } from '../platform/json.js';
import { isUser, type User } from '../user.js';

/** The tokens that the tabs share. Instants are epoch milliseconds of this device's clock. */
export interface TokenRecord {
  /** Changes at each login and refresh, so that tabs recognize a new record. */
  readonly id: string;
  readonly accessToken: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
  /** The granted scope; `undefined` in a record of an older version. */
  readonly scope?: string | undefined;
  /** The scope that the login requested; the server may have granted less. */
  readonly requestedScope?: string | undefined;
  /** When the request for these tokens was sent; `undefined` in a record of an older version. */
  readonly requestedAt?: number | undefined;
  /** `undefined` in a record of an older version. */
  readonly authentication?: Authentication | undefined;
  readonly user: User;
}

/** How and when the user authenticated, as far as the server says. */
export interface Authentication {
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** Epoch milliseconds of this device's clock. */
  readonly authTime?: number;
}

/**
 * Whether the login requested, or was granted, all of `wanted`. If not, e.g. after a deploy that needs more, a new login
 * is due. A scope that was requested but not granted needs no new login: the server would refuse it again.
 */
export function coversScope(
  { scope = '', requestedScope }: Pick<TokenRecord, 'scope' | 'requestedScope'>,
  wanted: string,
): boolean {
  if (requestedScope === undefined) return true;
  const covered = `${scope} ${requestedScope}`.split(' ');
  return wanted.split(' ').every((one) => covered.includes(one));
}

/** A token is not returned in its last seconds: it would expire in transit. */
const MIN_VALIDITY_SECONDS = 10;

/** Returns the default minimum validity: 10 s, or half of a short lifetime, so that the token serves more than one call. */
export function defaultMinValiditySeconds({ issuedAt, expiresAt }: TokenRecord): number {
  return Math.min(MIN_VALIDITY_SECONDS, (expiresAt - issuedAt) / 2000);
}

/** A token issued this recently was not refused because of its age. */
const YOUNG_MS = 30_000;

/** Whether the token is so new that another one would be refused as well. */
export function isYoung({ issuedAt }: TokenRecord, now: number): boolean {
  return now >= issuedAt && now < issuedAt + YOUNG_MS;
}

/** A clock set back by up to a minute was corrected; one set back further was wrong. */
const CLOCK_CORRECTION_MS = 60_000;

/**
 * Whether the access token is valid for another `minValiditySeconds`. If the clock reads a time before the token was
 * issued, it was set back, and the expiry cannot be judged.
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

/** Returns when to refresh ahead: a minute before expiry, or half-way through a short lifetime, with jitter. */
export function refreshDueAt(record: TokenRecord, random: number): number {
  const leadMs = Math.min(60_000, (record.expiresAt - record.issuedAt) / 2);
  return record.expiresAt - leadMs * (1 + random / 2);
}

/** Parses a stored value; returns `null` for anything but a complete record. */
export function parseTokenRecord(value: unknown): TokenRecord | null {
  if (!isObject(value)) return null;
  const { issuedAt, expiresAt, user } = value;
  const id = readString(value['id']);
  const accessToken = readString(value['accessToken']);
  if (id === undefined || accessToken === undefined || !isUser(user)) return null;
  if (typeof issuedAt !== 'number' || typeof expiresAt !== 'number') return null;
  // Written so that it also rejects NaN.
  if (!(issuedAt < expiresAt)) return null;
  return {
    id,
    accessToken,
    issuedAt,
    expiresAt,
    refreshToken: readString(value['refreshToken']),
    scope: readString(value['scope']),
    requestedScope: readString(value['requestedScope']),
    requestedAt: readNumber(value['requestedAt']),
    authentication: parseAuthentication(value['authentication']),
    user,
  };
}

function parseAuthentication(value: unknown): Authentication | undefined {
  if (!isObject(value)) return undefined;
  const { acr, amr, authTime } = value;
  return {
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: amr.filter((method) => typeof method === 'string') }),
    ...(typeof authTime === 'number' && { authTime }),
  };
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
