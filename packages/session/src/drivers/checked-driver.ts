import type { Driver } from '../driver.js';
import { toAuthError } from '../errors.js';
import type { CheckUser } from '../flows/check-user.js';

/** Returns the driver with its users checked. */
export function checkUsersOf(driver: Driver, check: CheckUser): Driver {
  return {
    ...driver,
    async restore(options) {
      const user = await driver.restore(options);
      return user && check(user);
    },
    async completeLogin(url) {
      const result = await driver.completeLogin(url);
      if (result.kind !== 'completed') return result;
      try {
        return { ...result, user: check(result.user) };
      } catch (error) {
        return { kind: 'failed', error: toAuthError(error), returnTo: result.returnTo };
      }
    },
  };
}
