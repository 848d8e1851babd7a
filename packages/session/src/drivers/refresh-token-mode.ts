import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { createRefreshTokenDriver } from './refresh-token.js';

/** What the `refresh-token` mode runs on. */
export function createModeEngine(context: EngineContext): Engine {
  return createEngine(createRefreshTokenDriver, context);
}
