import type { SessionConfig } from '../options.js';
import { addScope, toAuthorizationParams } from './login-params.js';
import type { LoginRequest, PreparedLogin } from './login-request.js';
import { findReturnTo } from './return-to.js';
import { requireSecureContext } from './secure-context.js';
import { createStateTag } from './state-tag.js';

/** Prepares a login for any driver. @throws AuthError `invalid_configuration` in an insecure context */
export function prepareLogin(
  { options, via, isRetry }: LoginRequest,
  config: SessionConfig,
): PreparedLogin {
  requireSecureContext();
  return {
    params: toAuthorizationParams(options, config.key),
    maxAgeSeconds: options.maxAgeSeconds,
    scope: options.scope ? addScope(config.scope, options.scope) : undefined,
    returnTo: findReturnTo(options.returnTo, config.key),
    tag: createStateTag(config, { via, isRetry }),
    isForNextPage: via !== 'popup',
  };
}
