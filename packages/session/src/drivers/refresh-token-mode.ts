import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { createRefreshTokenDriver } from './refresh-token.js';

/** What the `refresh-token` mode runs on. */
export function createModeEngine(context: EngineContext): Engine {
  const scope = [...new Set(`${context.config.scope} offline_access`.split(' '))].join(' ');
  return createEngine(createRefreshTokenDriver, {
    ...context,
    config: { ...context.config, scope },
  });
}
