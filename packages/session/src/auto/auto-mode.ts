import type { Engine, EngineContext } from '../engine.js';
import { AuthError, isAuthError } from '../errors.js';
import type { ModeCode } from '../on-demand/mode-code.js';
import type { BaseConfig, SessionMode } from '../options.js';
import { readModeChoice } from '../storage/mode-choice.js';
import { chooseMode, noteFailure } from './choose-mode.js';
import { withHandledApi } from './handled-api.js';

/**
 * Chooses the mode of a session with `mode: 'auto'`, and loads its code.
 * @throws AuthError `chunk_load_failed`, `timeout`, `network`
 */
export async function choose(
  config: BaseConfig,
  loadMode: (config: BaseConfig) => Promise<ModeCode>,
): Promise<ModeCode> {
  const mode = await chooseMode(config);
  const { createSessionCore, createModeEngine } = await loadMode({ ...config, mode });
  return {
    createSessionCore: ({ options, ...base }) =>
      createSessionCore({ ...base, options: { ...options, mode }, key: config.key }),
    createModeEngine(context) {
      const engine = createModeEngine(watchLogins(context, mode));
      const chosen = asChosen(engine, mode, config);
      return mode === 'token-handler'
        ? withHandledApi(chosen, config.apiUrl, context.config.apiUrl)
        : chosen;
    },
  };
}

/** Notes a login that shows that the mode does not work here. */
function watchLogins(context: EngineContext, mode: SessionMode): EngineContext {
  return {
    ...context,
    dispatch(event) {
      if (event.type === 'login-failed') judge(event.error, context.config, mode);
      return context.dispatch(event);
    },
  };
}

/** Adds to the engine of a mode what only a chosen one needs. */
function asChosen(engine: Engine, mode: SessionMode, config: BaseConfig): Engine {
  const { driver } = engine;

  /** A page that has loaded another mode than the one chosen since would start a login that no page completes. */
  function requireCurrent(): void {
    const choice = readModeChoice(config);
    if (choice === null || choice.mode === mode) return;
    throw new AuthError(
      'chunk_load_failed',
      'The mode of the session has changed: reload the page.',
    );
  }

  async function judged<Result>(result: Promise<Result>): Promise<Result> {
    try {
      return await result;
    } catch (error) {
      judge(error, config, mode);
      throw error;
    }
  }

  return {
    ...engine,
    driver: {
      ...driver,
      restore: (options) => judged(driver.restore(options)),
      getAccessToken: (minValiditySeconds, signal) => {
        const token = driver.getAccessToken(minValiditySeconds, signal);
        // A token handler never gives one.
        return mode === 'sso-cookie' ? judged(token) : token;
      },
    },
    async beginLogin(request) {
      requireCurrent();
      return engine.beginLogin(request);
    },
    async leaveForLogin(wanted) {
      requireCurrent();
      return engine.leaveForLogin(wanted);
    },
  };
}

function judge(error: unknown, config: BaseConfig, mode: SessionMode): void {
  if (isAuthError(error) && error.code === 'invalid_configuration') noteFailure(config, mode);
}
