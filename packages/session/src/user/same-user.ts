import type { User } from '../user.js';

/**
 * Whether two users have the same claims, so that a refresh without changes renders nothing. Claims in another order
 * count as different: one extra render is cheaper than sorting.
 */
export function isSameUser(one: User, other: User): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
