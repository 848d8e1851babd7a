import { createEngine, type Engine, type EngineContext } from '../engine.js';
import { requireHandlerPath } from './handler-path.js';
import { createTokenHandlerDriver } from './token-handler.js';
import { createHandlerEnd } from '../flows/handler-end.js';
import type { ModeCode } from '../on-demand/mode-code.js';
import { createSessionCore as createCore } from '../session-core.js';
import { createPageRecords } from '../storage/page-records.js';

/** Creates the core of a session in the `token-handler` mode. */
export const createSessionCore: ModeCode['createSessionCore'] = (base) =>
  createCore(base, {
    createRecords: createPageRecords,
    createEnd: createHandlerEnd,
    checkPage: requireHandlerPath,
  });

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
