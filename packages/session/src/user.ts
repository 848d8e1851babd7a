import { isObject, readString } from './platform/json.js';

/**
 * The signed-in user: the claims of the ID Token without the protocol claims.
 * @see OpenID Connect Core 1.0 section 5.1
 */
export interface User {
  /** Subject identifier. Key data by this claim only. */
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
  /** Any other claim of the ID Token. */
  readonly [claim: string]: unknown;
}

/** What every user has, also one that a `userSchema` returns. */
export interface UserIdentity {
  /** Subject identifier. Key data by this claim only. */
  readonly sub: string;
}

/** Whether a stored value is a user. */
export function isUser(value: unknown): value is User {
  return isObject(value) && readString(value['sub']) !== undefined;
}
