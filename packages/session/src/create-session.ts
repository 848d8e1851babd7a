import { checkEarly } from '#check-early';
import { AuthError, toAuthError } from './errors.js';
import { abortable } from './platform/abortable.js';
import { whenActivated } from './platform/activation.js';
import { withDeadline } from './platform/deadline.js';
import { loadOnce } from './platform/load-once.js';
import { signalOf } from './platform/signal-of.js';
import { emitEnd, listenTo, type EventHub } from './events/event-hub.js';
import { createFollowing } from './flows/follow.js';
import { forgetUser } from './flows/forget-user.js';
import { logOutWithoutCore } from './flows/logout-without-core.js';
import { openPopup } from './flows/popup.js';
import { dropReloadedLogin, reloadForLogin } from './flows/reload-for-login.js';
import { isStartNeeded, readRememberedUser } from './flows/remembered-user.js';
import { findCallback } from './login/find-callback.js';
import { readTaggedLogin } from './login/state-param.js';
import { createLoaders } from './on-demand/loaders.js';
import type { SessionOptions } from './options.js';
import { readTypedUser } from './read-user.js';
import { resolveBase } from './resolve-base.js';
import { INTERNALS, type Inspectable } from './inspection/internals.js';
import type { SessionCore } from './session-core.js';
import type { Session } from './session.js';
import { failed, INITIALIZING, signedOut, withError, type SessionState } from './state.js';
import { createStore, type Store } from './store.js';
import { createTabs } from './tabs/notices.js';

/** How long a logout waits for its code. */
const LOGOUT_LOAD_TIMEOUT_MS = 3_000;

/**
 * Creates a session. Nothing happens until it is read, subscribed to or started, except that on the page of a login's
 * callback the code for it starts to load.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function createSesamySession(options: SessionOptions): Session {
  checkEarly(options);
  const config = resolveBase(options);
  // Before a router or an effect can change the address.
  const callback = { url: findCallback(config) };
  const loaders = createLoaders(config);
  const tabs = createTabs(config.key);
  const probe = {};
  const hub: EventHub = {};
  let opened: Store<SessionState> | undefined;
  let core: SessionCore | undefined;
  let started: Promise<void> | undefined;
  let popupLogin: Promise<void> | undefined;

  const store = (): Store<SessionState> =>
    (opened ??= createStore(firstState(), (...change) => emitEnd(hub, ...change)));

  function firstState(): SessionState {
    callback.url ??= findCallback(config);
    if (typeof window === 'undefined' || callback.url !== undefined) return INITIALIZING;
    const user = readTypedUser(readRememberedUser(config, undefined), config.userSchema);
    return user === null ? INITIALIZING : { status: 'authenticated', user, error: null };
  }

  const loadCore = loadOnce(async () => {
    const { createSessionCore } = await loaders.mode();
    core = createSessionCore({
      options,
      store: store(),
      tabs,
      loaders,
      probe,
      hub,
      callback,
      beginLogin,
      subscribe,
    });
    return core;
  });

  const subscribe = createFollowing({
    config,
    tabs,
    store,
    core: () => core,
    loadCore,
    isStartNeeded: isNeeded,
    started: () => started,
  });

  /** Loads the core for a login. */
  async function loadForLogin(): Promise<SessionCore> {
    await start();
    return loadCore();
  }

  /**
   * Makes the error of a login the state's error, unless the core has done so. A page that is about to reload for its
   * code does not show it.
   */
  function showFailure(caught: unknown): AuthError {
    const error = toAuthError(caught);
    if (core === undefined || error.code === 'chunk_load_failed') {
      store().set(failed(store().get(), error));
      hub.bus?.set({ type: 'login-failed', error });
    }
    return error;
  }

  /** Whether the start has anything to do. */
  async function isNeeded(): Promise<boolean> {
    return callback.url !== undefined || isStartNeeded(config);
  }

  async function begin(): Promise<void> {
    try {
      if (await isNeeded()) {
        await (await loadCore()).start();
      } else if (store().get() === INITIALIZING) {
        store().set(signedOut('none'));
      }
    } catch (error) {
      // The login that the page was reloaded for has failed as well, and must not start at a later load.
      const isForLogin = dropReloadedLogin(config.key);
      const state = store().get();
      // A remembered user stays signed in: the server has not ended the session.
      if (isForLogin || state === INITIALIZING) store().set(failed(state, toAuthError(error)));
    }
  }

  function start(): Promise<void> {
    if (typeof window === 'undefined') return Promise.resolve();
    return (started ??= whenActivated(begin));
  }

  async function loginWithRedirect(given: unknown, isRetry?: boolean): Promise<never> {
    requireBrowser();
    void loaders.prepare('redirect');
    try {
      return await reloadForLogin(config.key, given, async () =>
        (await loadForLogin()).loginWithRedirect(given, isRetry),
      );
    } catch (error) {
      throw showFailure(error);
    }
  }

  function beginLogin(given: unknown, isRetry?: boolean): void {
    loginWithRedirect(given, isRetry).catch(() => {});
  }

  async function logInByPopup(given: unknown): Promise<void> {
    requireBrowser();
    // In the click's own task, or the browser blocks the popup.
    const popup = openPopup();
    try {
      await (await loadForLogin()).loginInWindow(popup, given);
    } catch (error) {
      throw showFailure(error);
    } finally {
      popup?.close();
    }
  }

  /** Resolves to the core when the session has started, unless the caller aborts. */
  async function ready(signal: AbortSignal | null | undefined): Promise<SessionCore> {
    requireBrowser();
    return abortable(start().then(loadCore), signal);
  }

  if (callback.url !== undefined) {
    const { via } = readTaggedLogin(callback.url);
    void loaders.prepare(via === 'popup' ? 'popup-callback' : 'redirect');
  }

  const session: Session & Inspectable = {
    clientId: config.clientId,
    issuer: config.issuer,
    apiUrl: config.apiUrl,
    getSnapshot: () => store().get(),
    getServerSnapshot: () => INITIALIZING,
    subscribe,
    on: (type, listener) => listenTo(hub, type, listener),
    dismissError: () => store().set(withError(store().get(), null)),
    start,
    // A copy of the session's members must not start it, so this is no getter.
    ready: {
      // oxlint-disable-next-line unicorn/no-thenable
      then: (...listeners) =>
        (store().get() === INITIALIZING ? start() : Promise.resolve()).then(...listeners),
    },
    loginWithRedirect: (given) => loginWithRedirect(given),
    loginWithPopup(given) {
      if (popupLogin !== undefined) return popupLogin;
      void loaders.prepare('popup');
      popupLogin = logInByPopup(given).finally(() => {
        popupLogin = undefined;
      });
      return popupLogin;
    },
    cancelLogin: () => core?.cancelLogin(),
    preloadLogin: (via = 'redirect') => loaders.prepare(via),
    logout: async (given) => {
      requireBrowser();
      await whenActivated(async () => {
        // First what needs no code.
        store().set({ status: 'logging-out' });
        forgetUser(config, given);
        const loading = withDeadline(loadCore(), LOGOUT_LOAD_TIMEOUT_MS);
        const running = await loading.catch(() => undefined);
        if (running !== undefined) return running.logout(given);
        await logOutWithoutCore(config, { store: store(), tabs }, given);
      });
    },
    getAccessToken: async (given) =>
      core?.peekAccessToken(given) ?? (await ready(given?.signal)).getAccessToken(given),
    renew: async () => (await ready(null)).renew(),
    info: async () => (await ready(null)).info(),
    fetch: async (input, init) => (await ready(signalOf(input, init))).fetch(input, init),
    fetchJson: async (input, init) => (await ready(signalOf(input, init))).fetchJson(input, init),
    fetchUserInfo: async (given) => (await ready(given?.signal)).fetchUserInfo(given),
    [INTERNALS]: () => ({ options, probe, core: () => core, loadCore }),
  };
  return session;
}

/** @throws AuthError `invalid_configuration` on a server */
function requireBrowser(): void {
  if (typeof window === 'undefined') {
    throw new AuthError('invalid_configuration', 'This needs a browser.');
  }
}
