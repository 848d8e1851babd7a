import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { createTokenHandlerDriver } from './token-handler.js';

export { createSessionCore } from '../session-core.js';

/** Creates the engine of the `token-handler` mode. */
export function createModeEngine(context: EngineContext): Engine {
  const { config } = context;
  // The handler's cookies belong to the page's own origin.
  const allowedOrigins = new Set([...config.allowedOrigins, location.origin]);
  return createEngine(createTokenHandlerDriver, {
    ...context,
    config: { ...config, allowedOrigins },
  });
}
