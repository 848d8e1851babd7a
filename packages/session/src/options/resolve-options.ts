import { checkOptions } from './check-options.js';
import type { SessionConfig, SessionOptions } from '../options.js';
import { withoutUndefined } from '../platform/without-undefined.js';
import { resolveBase } from './resolve-base.js';

/**
 * Checks the options and fills in Sesamy's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function resolveOptions(options: SessionOptions): SessionConfig {
  checkOptions(options);
  const base = resolveBase(options);
  const { vendorId = base.clientId, scope = 'profile email', allowedOrigins = [] } = options;
  const { navigate } = options;
  const apiUrls = base.mode === 'token-handler' ? [] : [base.apiUrl];
  return {
    ...base,
    redirectUri: base.redirectUri && new URL(base.redirectUri).href,
    fallbackMode: options.fallbackMode,
    vendorId,
    scope: [...new Set(`openid ${scope}`.match(/\S+/g))].join(' '),
    organization: options.organization,
    verifySignature: options.verifySignature,
    allowedOrigins: new Set([...apiUrls, ...allowedOrigins].map((url) => new URL(url).origin)),
    authorizationParams: withoutUndefined({
      ...options.authorizationParams,
      audience: base.audience,
    }),
    toPage: typeof navigate === 'object' ? navigate.toPage : navigate,
  };
}
