import { authorizationError } from '../authorization-error.js';
import type { Driver } from '../driver.js';
import { toLoginParams } from '../login-params.js';
import { createLoginTag } from '../login-tag.js';
import { loadProtocol } from '../on-demand/protocol.js';
import { isOwnCallback } from '../own-callback.js';
import type { SessionConfig } from '../options.js';
import { requireSecureContext } from '../secure-context.js';
import type { TokenRecord } from '../token-record.js';
import type { LoginTransactions } from '../transactions.js';
import { findReturnTo } from '../way-back.js';

/**
 * Makes the login of the drivers that talk to the authorization server themselves. `write` keeps the tokens, before
 * anybody hears of them.
 */
export function createOidcLogin(
  config: SessionConfig,
  logins: LoginTransactions,
  write: (record: TokenRecord) => Promise<void>,
): Pick<Driver, 'beginLogin' | 'completeLogin' | 'preloadLogin'> {
  // About to be needed; nothing is lost when it fails now.
  if (isOwnCallback(new URL(location.href), config)) loadProtocol().catch(() => {});
  return {
    preloadLogin: loadProtocol,
    async beginLogin({ options, way }) {
      requireSecureContext();
      const { beginLogin } = await loadProtocol();
      return beginLogin(config, logins, {
        params: toLoginParams(options, config.key),
        maxAgeSeconds: options.maxAgeSeconds,
        returnTo: findReturnTo(options.returnTo, config),
        tag: createLoginTag(config, way),
        isForNextPage: way !== 'popup',
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
