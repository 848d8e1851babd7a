import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { createTokenHandlerDriver } from './token-handler.js';

/** What the `token-handler` mode runs on. */
export function createModeEngine(context: EngineContext): Engine {
  const { config } = context;
  // The handler's cookies are for its own origin, which is the page's.
  const allowedOrigins = new Set([...config.allowedOrigins, location.origin]);
  return createEngine(createTokenHandlerDriver, {
    ...context,
    config: { ...config, allowedOrigins },
  });
}
