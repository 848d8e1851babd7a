import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverShare } from '../driver.js';
import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { LoginTransactions } from '../login/transactions.js';
import type { Logouts } from './logouts.js';

/** What a login needs from its driver. */
export interface OidcLoginContext extends Pick<DriverShare, 'end' | 'loadProtocol'> {
  readonly logins: LoginTransactions;
  readonly logouts: Logouts;
  /** Stores the tokens before the state changes. */
  readonly store: (record: TokenRecord) => Promise<void>;
  /** Removes them again if the user has logged out meanwhile. */
  readonly remove?: (record: TokenRecord) => Promise<unknown>;
  /** Sets the tokens of this page. */
  readonly hold: (record: TokenRecord) => void;
}

/** Creates the login of the drivers that call the authorization server themselves. */
export function createOidcLogin(
  config: SessionConfig,
  { end: { revoke }, logins, logouts, loadProtocol, ...tokens }: OidcLoginContext,
): Pick<Driver, 'beginLogin' | 'completeLogin'> {
  return {
    async beginLogin(login) {
      const { beginLogin } = await loadProtocol();
      return beginLogin(config, logins, login);
    },
    async completeLogin(url) {
      const isLoggedOut = logouts.watch();
      const { redeemAuthorizationResponse } = await loadProtocol();
      const result = await redeemAuthorizationResponse(config, url, {
        logins,
        async write(record) {
          if (!isLoggedOut()) await tokens.store(record);
          if (!isLoggedOut()) return tokens.hold(record);
          await tokens.remove?.(record);
          revoke(record.refreshToken);
          throw loggedOut();
        },
        revoke,
        toError: authorizationError,
      });
      // The tokens are gone as well.
      return result.kind === 'completed' && isLoggedOut()
        ? { ...result, kind: 'failed', error: loggedOut() }
        : result;
    },
  };
}

function loggedOut(): AuthError {
  return new AuthError('login_required', 'The user logged out meanwhile. Log in again.');
}
