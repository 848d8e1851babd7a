import type { Engine } from './engine.js';
import {
  createFlowContext,
  type FlowContext,
  type SessionBase,
  type ModeParts,
} from './flows/flow-context.js';
import { createLogins, type Logins } from './flows/login.js';
import { createLogout } from './flows/logout.js';
import { createRestore, type RestoreOptions } from './flows/restore.js';
import { createStart } from './flows/start.js';
import {
  readLoginOptions,
  readRedirectOptions,
  readTokenOptions,
  requireSignal,
} from './login/read-action-options.js';
import { abortable } from './platform/abortable.js';
import { signalOf } from './platform/signal-of.js';
import type { AccessTokenOptions, Session } from './session.js';

/** The part of a session that is loaded once there is something to do. */
export interface SessionCore extends Pick<
  Session,
  | 'cancelLogin'
  | 'logout'
  | 'getAccessToken'
  | 'renew'
  | 'info'
  | 'fetch'
  | 'fetchJson'
  | 'fetchUserInfo'
> {
  /** Completes a callback or looks for a session, once. Does not reject. */
  start(): Promise<void>;
  /** Looks again for what may have changed since the start. */
  catchUp(options?: RestoreOptions): void;
  /** Returns the access token if it is valid for that long, else `null`. @throws AuthError `invalid_configuration` */
  peekAccessToken(given: AccessTokenOptions | undefined): string | null;
  loginWithRedirect(given: unknown, isRetry?: boolean): Promise<never>;
  /** Logs in by a window that is open already. */
  loginInWindow(popup: Window | null, given: unknown): Promise<void>;
  /** Signs out this page after a logout in another tab. */
  signOutLocally(): void;
  /** Stops the refresh timer, as while the page is hidden. */
  sleep(): void;
  /** For the devtools. */
  readonly context: FlowContext;
}

/** Creates the core of a session, with the parts of its mode. */
export function createSessionCore(base: SessionBase, parts: ModeParts): SessionCore {
  const context = createFlowContext(base, parts);
  const { engine, loadEngine, dispatch, end } = context;
  const restore = createRestore(context);
  const lifecycle = createStart(context, restore, (error) => logins.endRedirect(error));
  const logins: Logins = createLogins(context, lifecycle);
  const { start, catchUp } = lifecycle;
  const sleep = (): void => engine()?.timer.disarm();

  /** Waits for the start, unless the caller aborts. @throws AuthError `invalid_configuration` for what is not a signal */
  async function ready(signal: AbortSignal | null | undefined): Promise<Engine> {
    requireSignal(signal);
    return abortable(start().then(loadEngine), signal);
  }

  return {
    start,
    catchUp,
    loginWithRedirect: async (given, isRetry) =>
      logins.loginWithRedirect(readRedirectOptions(given), isRetry),
    loginInWindow: async (popup, given) => logins.loginInWindow(popup, readLoginOptions(given)),
    cancelLogin: logins.cancel,
    logout: createLogout(context),
    peekAccessToken: (given) =>
      engine()?.driver.peekAccessToken(readTokenOptions(given).minValiditySeconds) ?? null,
    async getAccessToken(given) {
      const { minValiditySeconds, signal } = readTokenOptions(given);
      const { driver } = await ready(signal);
      return driver.getAccessToken(minValiditySeconds, signal);
    },
    renew: async () => (await ready(null)).driver.renew(),
    info: async () => (await ready(null)).driver.info(),
    fetch: async (input, init) => (await ready(signalOf(input, init))).fetch(input, init),
    fetchJson: async (input, init) => (await ready(signalOf(input, init))).fetchJson(input, init),
    fetchUserInfo: async (given) => (await ready(given?.signal)).fetchUserInfo(given ?? {}),
    signOutLocally() {
      sleep();
      engine()?.driver.signOutLocally(true);
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
      if (engine() !== undefined) void end.forgetPageTokens();
    },
    sleep,
    context,
  };
}
