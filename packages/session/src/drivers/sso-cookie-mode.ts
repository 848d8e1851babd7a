import { warnInDevelopment } from '../development.js';
import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { isSameSite } from '../storage/same-site.js';
import { createModeEngine as createFallbackEngine } from './refresh-token-mode.js';
import { createSsoCookieDriver } from './sso-cookie.js';

export { createIssuerCore as createSessionCore } from './issuer-core.js';

/** Creates the engine of the `sso-cookie` mode, or of its fallback if the issuer's cookies do not reach this page. */
export function createModeEngine(context: EngineContext): Engine {
  const { issuer, fallbackMode } = context.config;
  if (!isSameSite(issuer)) {
    if (fallbackMode !== undefined) return createFallbackEngine(context);
    warnInDevelopment(
      `${issuer} is on another site than ${location.origin}, or cookies are blocked, so it does not receive its session cookie here and users do not stay signed in. Give the authorization server a domain of this site, use the mode "refresh-token", or set fallbackMode: "refresh-token".`,
    );
  }
  return createEngine(createSsoCookieDriver, context);
}
