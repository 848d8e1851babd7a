import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverShare } from '../driver.js';
import { toAuthorizationParams } from '../login/login-params.js';
import { createStateTag } from '../login/state-tag.js';
import type { SessionConfig } from '../options.js';
import { requireSecureContext } from '../login/secure-context.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { LoginTransactions } from '../login/transactions.js';
import { findReturnTo } from '../login/return-to.js';

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
    async beginLogin({ options, via, isRetry }) {
      requireSecureContext();
      const { beginLogin } = await loadProtocol();
      return beginLogin(config, logins, {
        params: toAuthorizationParams(options, config.key),
        maxAgeSeconds: options.maxAgeSeconds,
        scope: options.scope,
        returnTo: findReturnTo(options.returnTo, config),
        tag: createStateTag(config, { via, isRetry }),
        isForNextPage: via !== 'popup',
      });
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
