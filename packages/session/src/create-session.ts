import { toAuthError } from './errors.js';
import { abortable } from './platform/abortable.js';
import { whenActivated } from './platform/activation.js';
import { createFollowing } from './flows/follow.js';
import { createLogins, type Logins } from './flows/login.js';
import { createLogout } from './flows/logout.js';
import { readRememberedUser } from './flows/remembered-user.js';
import { createRestore } from './flows/restore.js';
import { createStart } from './flows/start.js';
import { findCallback } from './login/find-callback.js';
import {
  readLoginOptions,
  readRedirectOptions,
  readTokenOptions,
} from './login/read-action-options.js';
import { readTaggedLogin } from './login/state-param.js';
import type { Engine } from './engine.js';
import { resolveOptions, type SessionOptions } from './options.js';
import { createSessionCore } from './session-core.js';
import type { Session } from './session.js';
import { INITIALIZING, type SessionState } from './state.js';

/**
 * Creates a session. It does nothing until it is read, subscribed to or started, except that on a login's callback
 * page it starts to load the code for it.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function createSesamySession(options: SessionOptions): Session {
  const config = resolveOptions(options);
  // Before a router or an effect can change the address.
  const callback = { url: findCallback(config) };
  const core = createSessionCore(config, firstState);
  const restore = createRestore(core);
  const lifecycle = createStart({ core, callback, restore, beginLogin });
  const logins: Logins = createLogins(core, lifecycle);
  const logOut = createLogout(core);
  const subscribe = createFollowing(core, lifecycle);
  const { start } = lifecycle;

  function firstState(): SessionState {
    callback.url ??= findCallback(config);
    if (typeof window === 'undefined' || callback.url !== undefined) return INITIALIZING;
    const user = readRememberedUser(config, undefined);
    return user === null ? INITIALIZING : { status: 'authenticated', user, error: null };
  }

  function beginLogin(...login: Parameters<Logins['loginWithRedirect']>): void {
    logins.loginWithRedirect(...login).catch(() => {});
  }

  /** Waits for the start, unless the caller aborts. */
  function ready(signal: AbortSignal | null | undefined): Promise<Engine> {
    return abortable(start().then(core.loadEngine), signal);
  }

  if (callback.url !== undefined) {
    const { via } = readTaggedLogin(callback.url);
    void core.loadLogin(via === 'popup' ? 'popup-callback' : 'redirect');
  }

  return {
    clientId: config.clientId,
    issuer: config.issuer,
    apiUrl: config.apiUrl,
    getSnapshot: () => core.store().get(),
    getServerSnapshot: () => INITIALIZING,
    subscribe,
    dismissError: () => void core.dispatch({ type: 'error-dismissed' }),
    start,
    loginWithRedirect: (given) =>
      attempt(() => logins.loginWithRedirect(readRedirectOptions(given))),
    loginWithPopup: (given) => attempt(() => logins.loginWithPopup(readLoginOptions(given))),
    preloadLogin: core.loadLogin,
    logout: (given) => whenActivated(() => logOut(given)),
    async getAccessToken(given) {
      const { minValiditySeconds, signal } = readTokenOptions(given);
      const token = core.engine()?.driver.peekAccessToken(minValiditySeconds);
      if (typeof token === 'string') return token;
      const { driver } = await ready(signal);
      return driver.getAccessToken(minValiditySeconds, signal);
    },
    fetch: async (input, init) => (await ready(signalOf(input, init))).fetch(input, init),
    fetchJson: async (input, init) => (await ready(signalOf(input, init))).fetchJson(input, init),
    fetchUserInfo: async (given) => (await ready(given?.signal)).fetchUserInfo(given ?? {}),
  };
}

function signalOf(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): AbortSignal | null | undefined {
  return init?.signal ?? (input instanceof Request ? input.signal : undefined);
}

/** Turns what `act` throws into a rejection. */
function attempt<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return act();
  } catch (error) {
    return Promise.reject(toAuthError(error));
  }
}
