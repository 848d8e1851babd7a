import { isObject, readString } from './platform/json.js';

/**
 * The signed-in person: the claims of the ID Token, without those that only matter to the protocol.
 * @see OpenID Connect Core 1.0 section 5.1
 */
export interface User {
  /** Subject identifier; the only claim to key data by. */
  readonly sub: string;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
  readonly picture?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly locale?: string;
  /** Seconds since the epoch from Sesamy, an ISO string from Auth0. */
  readonly updated_at?: number | string;
  readonly org_id?: string;
  readonly org_name?: string;
  /** Any other claim the server put in. */
  readonly [claim: string]: unknown;
}

/** Whether a stored value can serve as a user. */
export function isUser(value: unknown): value is User {
  return isObject(value) && readString(value['sub']) !== undefined;
}

/**
 * Whether two users have the same claims, so that a refresh that changes nothing renders nothing. Claims in
 * another order count as others: that costs one render and spares sorting.
 */
export function isSameUser(one: User, other: User): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
