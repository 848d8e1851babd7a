import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { createRefreshTokenDriver } from './refresh-token.js';

export { createIssuerCore as createSessionCore } from './issuer-core.js';

/** Creates the engine of the `refresh-token` mode. */
export function createModeEngine(context: EngineContext): Engine {
  const scope = [...new Set(`${context.config.scope} offline_access`.split(' '))].join(' ');
  return createEngine(createRefreshTokenDriver, {
    ...context,
    config: { ...context.config, scope },
  });
}
