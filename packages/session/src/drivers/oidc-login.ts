import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverShare } from '../driver.js';
import type { SessionConfig } from '../options.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { LoginTransactions } from '../login/transactions.js';

/** What a login needs from its driver. */
export interface OidcLoginContext extends Pick<DriverShare, 'loadProtocol'> {
  readonly logins: LoginTransactions;
  /** Stores the tokens before the state changes. */
  readonly write: (record: TokenRecord) => Promise<void>;
}

/** Creates the login of the drivers that call the authorization server themselves. */
export function createOidcLogin(
  config: SessionConfig,
  { logins, write, loadProtocol }: OidcLoginContext,
): Pick<Driver, 'beginLogin' | 'completeLogin'> {
  return {
    async beginLogin(login) {
      const { beginLogin } = await loadProtocol();
      return beginLogin(config, logins, login);
    },
    async completeLogin(url) {
      const { redeemAuthorizationResponse } = await loadProtocol();
      return redeemAuthorizationResponse(config, url, {
        logins,
        write,
        toError: authorizationError,
      });
    },
  };
}
