import type { Driver } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import type { CheckUser } from '../user/user-claims.js';
import type { User } from '../user.js';

/** A driver whose users are checked. */
export interface CheckedDriver {
  readonly driver: Driver;
  /** Checks a user of the driver. @throws AuthError `claims_rejected`, `invalid_configuration` */
  readonly admit: CheckUser;
}

/**
 * Checks the users of a driver. While the session that the driver has is of a user who was rejected, nothing is sent
 * with its credentials.
 * @param onRejected called with each user who is rejected; returns whether that user stays signed in
 */
export function checkUsersOf(
  driver: Driver,
  check: CheckUser,
  onRejected: (claims: User, error: AuthError) => boolean,
): CheckedDriver {
  let isRejected = false;

  function admit(claims: User): User {
    try {
      const user = check(claims);
      isRejected = false;
      return user;
    } catch (caught) {
      const error = toAuthError(caught);
      isRejected = !onRejected(claims, error);
      throw error;
    }
  }

  function expectAdmitted(): void {
    if (!isRejected) return;
    throw new AuthError(
      'login_required',
      'No user is signed in: the claims of the last one do not match "userSchema".',
    );
  }

  return {
    admit,
    driver: {
      ...driver,
      async restore(options) {
        const claims = await driver.restore(options);
        if (claims === null) isRejected = false;
        return claims && admit(claims);
      },
      async completeLogin(url) {
        const result = await driver.completeLogin(url);
        if (result.kind !== 'completed') return result;
        try {
          return { ...result, user: admit(result.user) };
        } catch (error) {
          return { kind: 'failed', error: toAuthError(error), returnTo: result.returnTo };
        }
      },
      subject: () => (isRejected ? undefined : driver.subject()),
      info: async () => (isRejected ? null : driver.info()),
      refreshDueAt: () => (isRejected ? null : driver.refreshDueAt()),
      peekAccessToken: (seconds) => (isRejected ? null : driver.peekAccessToken(seconds)),
      async getAccessToken(...wanted) {
        expectAdmitted();
        return driver.getAccessToken(...wanted);
      },
      async authorize(request) {
        expectAdmitted();
        return driver.authorize(request);
      },
    },
  };
}
