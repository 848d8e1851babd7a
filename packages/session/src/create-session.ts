import { abortable } from './platform/abortable.js';
import { whenActivated } from './platform/activation.js';
import { answerOnce } from './flows/answer-once.js';
import { expectAutomatic } from './flows/automatic-login.js';
import type { LoginOptions } from './login/login-options.js';
import type { Engine } from './engine.js';
import { toAuthError } from './errors.js';
import { findHeldCallback } from './flows/held-callback.js';
import { requireHandlerPath } from './drivers/handler-path.js';
import { createFollow } from './flows/follow.js';
import { readLoginWay } from './login/state-param.js';
import { findCallback } from './login/find-callback.js';
import { loadOnce } from './platform/load-once.js';
import { createLogout } from './flows/logout.js';
import { createAheadLoader, type Upcoming } from './on-demand/ahead.js';
import { loadMode } from './on-demand/mode.js';
import { loadPopup } from './on-demand/popup.js';
import { whenIdle } from './on-demand/when-idle.js';
import {
  readLoginOptions,
  readRedirectOptions,
  readTokenOptions,
} from './login/read-action-options.js';
import { createRedirectLogin } from './flows/redirect-login.js';
import { reloadForLogin, takeReloadedLogin } from './flows/reload-for-login.js';
import { createSessionEnd } from './flows/session-end.js';
import { createSessionRecords, recordNames } from './storage/session-records.js';
import { resolveOptions, type SessionOptions } from './options.js';
import { openPopup } from './flows/popup.js';
import type { Session } from './session.js';
import { INITIALIZING, transition, type SessionEvent, type SessionState } from './state.js';
import { hasCookie } from './storage/cookies.js';
import { isLogoutPending } from './storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from './storage/snapshot.js';
import { createStore, type Store } from './store.js';
import { createTabs } from './tabs/notices.js';
import type { User } from './user.js';

/**
 * Creates a session. Nothing happens until it is read, subscribed to or started, except that on the page of a login's
 * callback the code for it starts to load.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function createSesamySession(options: SessionOptions): Session {
  const config = resolveOptions(options);
  const tabs = createTabs(config.key);
  const records = createSessionRecords(config);
  const end = createSessionEnd(config, records);
  const ahead = createAheadLoader(config.mode);
  // Before a router or an effect can move the page on.
  let callbackUrl = findCallback(config);
  let openedStore: Store<SessionState> | undefined;
  let started: Promise<void> | undefined;
  let engine: Engine | undefined;
  let answering: Promise<void> | undefined;
  let popupLogin: Promise<void> | undefined;
  let listeners = 0;
  let stopFollowing: (() => void) | undefined;

  function store(): Store<SessionState> {
    return (openedStore ??= createStore(firstState()));
  }

  function firstState(): SessionState {
    callbackUrl ??= findCallback(config);
    if (typeof window === 'undefined' || callbackUrl !== undefined) return INITIALIZING;
    const user = remembered();
    return user === null ? INITIALIZING : { status: 'authenticated', user, error: null };
  }

  /** Who was signed in when this browser last looked, as far as it can remember. */
  function remembered(): User | null {
    if (!hasTrace()) {
      // What is left of a session that nobody ended here, such as by a plain link to the logout.
      writeSnapshot(config.key, null);
      return null;
    }
    const snapshot = recall();
    if (snapshot !== undefined) return snapshot;
    const state = openedStore?.get();
    return state?.status === 'authenticated' ? state.user : null;
  }

  function recall(): User | null | undefined {
    return config.storage === 'local' ? readSnapshot(config.key) : undefined;
  }

  function dispatch(event: SessionEvent): boolean {
    const before = store().get();
    const after = transition(before, event);
    store().set(after);
    return after !== before;
  }

  const run = loadOnce(async () => {
    const { createModeEngine } = await loadMode(config.mode);
    engine = await createModeEngine({
      config,
      tabs,
      dispatch,
      arm,
      records,
      end,
      loadProtocol: ahead.loadProtocol,
    });
    return engine;
  });

  /** Loads the code of a login or callback side by side. */
  async function prepareLogin(upcoming: Upcoming = 'redirect'): Promise<void> {
    await Promise.allSettled([run(), ahead.prepare(upcoming)]);
  }

  /** Whether there may be a session; without a trace of one it is not worth loading what can look. */
  function hasTrace(): boolean {
    if (config.mode === 'token-handler') return hasCookie(config.hintCookie);
    return config.mode === 'sso-cookie' || recall() !== null;
  }

  /** The record decides; the snapshot may have been cleared, or never written for want of space. */
  async function hasTokens(): Promise<boolean> {
    if (config.mode !== 'refresh-token') return false;
    const record = await records.tokens.get(recordNames(config.key).tokens).catch(() => undefined);
    return record !== undefined;
  }

  /** Looks for a session. */
  async function restore(isNews = false): Promise<boolean> {
    // What another tab has just said counts for more than a marker that may be out of date.
    if (!isNews && isLogoutPending(config.key)) return finishLogout();
    const isWorthIt = isNews || engine !== undefined || hasTrace() || (await hasTokens());
    const user = isWorthIt ? await findUser(isNews) : null;
    dispatch(user === null ? { type: 'session-absent' } : { type: 'session-found', user });
    arm();
    if (user !== null) prepare();
    return user !== null;
  }

  async function findUser(isNews: boolean): Promise<User | null> {
    const { driver } = await run();
    const isShown = store().get().status === 'authenticated';
    let isForgotten = recall() === null;
    const user = await driver.restore(isNews);
    isForgotten ||= isLogoutPending(config.key);
    // Another tab has logged out since this page has begun to show the user, and its notice is still on the way.
    if (user === null && isShown && isForgotten) {
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    }
    return user;
  }

  /** Ends what a logout could not: the server has not heard of it, or the browser's storage has not. */
  async function finishLogout(): Promise<false> {
    const isStart = store().get().status === 'initializing';
    engine?.timer.disarm();
    engine?.driver.release();
    // The user must not wait for the server to see it.
    dispatch({ type: 'session-ended', reason: isStart ? 'logged-out' : 'logged-out-elsewhere' });
    await end.forget();
    await end.tellServer();
    return false;
  }

  /** Loads what a signed-in page will need, while the deploy that made the page is there. */
  function prepare(): void {
    whenIdle(() => {
      engine?.driver.preload().catch(() => {});
      void end.tellServer();
    });
  }

  async function begin(): Promise<void> {
    try {
      requireHandlerPath(config);
      await answerOrRestore();
    } catch (error) {
      // A session that was remembered stays: no server has said that it is over.
      dispatch({ type: 'start-failed', error: toAuthError(error) });
    }
    const login = takeReloadedLogin(config.key);
    if (login !== undefined) loginWithRedirect(login).catch(() => {});
  }

  /** Answers a callback that waits for it; else looks for a session. */
  async function answerOrRestore(isNews?: boolean): Promise<void> {
    const url = callbackUrl ?? findCallback(config) ?? findHeldCallback(config);
    if (url === undefined) await restore(isNews);
    else await (answering ??= answer(url).finally(() => (answering = undefined)));
  }

  async function answer(url: URL): Promise<void> {
    const { isOwn, failure } = answerOnce(config.key, async () => {
      await answerHere(url);
      const state = store().get();
      return 'error' in state ? state.error : null;
    });
    const error = await failure;
    if (isOwn) return;
    callbackUrl = undefined;
    if (error !== null) dispatch({ type: 'login-failed', error });
    await restore(true);
  }

  async function answerHere(url: URL): Promise<void> {
    const running = await run();
    callbackUrl = undefined;
    const isLoginDue = await running.answerCallback(url, restore);
    if (isLoginDue) loginWithRedirect({ isAutomatic: true }, 'retry').catch(() => {});
    else tabs.post('changed');
    arm();
    if (store().get().status === 'authenticated') prepare();
  }

  /** Begins a login; what stops it is the session's last error. */
  async function logIn<Result>(
    via: 'redirect' | 'popup',
    begin: () => Promise<Result>,
    expectAllowed?: (state: SessionState) => unknown,
  ): Promise<Result> {
    void prepareLogin(via);
    await start();
    const state = store().get();
    expectAllowed?.(state);
    const wasSignedIn = state.status === 'authenticated';
    try {
      dispatch({ type: 'login-started', via });
      return await begin();
    } catch (caught) {
      const error = toAuthError(caught);
      // Who has signed in elsewhere meanwhile needs this login no more.
      if (wasSignedIn || store().get().status !== 'authenticated') {
        dispatch({ type: 'login-failed', error });
      }
      throw error;
    }
  }

  const loginWithRedirect = createRedirectLogin((wanted) =>
    logIn(
      'redirect',
      () =>
        reloadForLogin(
          config.key,
          () => wanted().request,
          async () => (await run()).leaveForLogin(wanted),
        ),
      (state) => wanted().request.isAutomatic === true && expectAutomatic(state),
    ),
  );

  function loginWithPopup(loginOptions: LoginOptions): Promise<void> {
    if (popupLogin !== undefined) return popupLogin;
    // In the click's own task, or the browser blocks it.
    const popup = openPopup();
    popupLogin = logIn('popup', async () => {
      const [{ driver }, { logInByPopup }] = await Promise.all([run(), loadPopup()]);
      const user = await logInByPopup(popup, driver, loginOptions);
      dispatch({ type: 'login-completed', user });
      tabs.post('changed');
      arm();
      prepare();
    }).finally(() => {
      popup?.close();
      popupLogin = undefined;
      catchUp();
    });
    return popupLogin;
  }

  const logOut = createLogout({ config, end, tabs, dispatch, engine: () => engine });

  function start(): Promise<void> {
    if (typeof window === 'undefined') return Promise.resolve();
    return (started ??= whenActivated(begin));
  }

  function ready(): Promise<Engine> {
    return start().then(run);
  }

  /** Waits for the start, for as long as the request's own signal lets it. */
  function readyFor(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Engine> {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    return abortable(ready(), signal);
  }

  function arm(): void {
    if (listeners > 0) engine?.timer.arm();
  }

  function catchUp(isNews?: boolean): void {
    // What cannot be read now is read at the next occasion.
    started?.then(() => answerOrRestore(isNews)).catch(() => {});
  }

  /** After a logout in another tab. */
  function letGo(): void {
    engine?.timer.disarm();
    engine?.driver.release();
    dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    // Tokens in memory only this page knows.
    if (engine !== undefined && !records.tokens.isLasting) {
      void end.forgetTokens().then(() => end.tellServer());
    }
  }

  const follow = createFollow({
    tabs,
    catchUp,
    onLoggedOut: letGo,
    onSleep: () => engine?.timer.disarm(),
    onRestored: () => dispatch({ type: 'page-restored', user: remembered() }),
  });

  if (callbackUrl !== undefined) {
    void prepareLogin(readLoginWay(callbackUrl) === 'popup' ? 'popup-callback' : 'redirect');
  }

  return {
    clientId: config.clientId,
    issuer: config.issuer,
    apiUrl: config.apiUrl,
    getSnapshot: () => store().get(),
    getServerSnapshot: () => INITIALIZING,
    subscribe(listener) {
      const unsubscribe = store().subscribe(listener);
      if (listeners++ === 0) stopFollowing = follow();
      return () => {
        if (unsubscribe() && --listeners === 0) stopFollowing?.();
      };
    },
    dismissError: () => void dispatch({ type: 'error-dismissed' }),
    start,
    loginWithRedirect: (given) => attempt(() => loginWithRedirect(readRedirectOptions(given))),
    loginWithPopup: (given) => attempt(() => loginWithPopup(readLoginOptions(given))),
    preloadLogin: prepareLogin,
    logout: (logoutOptions) => whenActivated(() => logOut(logoutOptions)),
    async getAccessToken(given) {
      const { minValiditySeconds, signal } = readTokenOptions(given);
      const token = engine?.driver.peekAccessToken(minValiditySeconds);
      if (typeof token === 'string') return token;
      const { driver } = await abortable(ready(), signal);
      return driver.getAccessToken(minValiditySeconds, signal);
    },
    fetch: async (input, init) => (await readyFor(input, init)).fetch(input, init),
    fetchJson: async (input, init) => (await readyFor(input, init)).fetchJson(input, init),
    async fetchUserInfo(given) {
      const { signal } = given ?? {};
      const running = await abortable(ready(), signal);
      return running.fetchUserInfo({ signal });
    },
  };
}

/** Rejects with what `act` throws. */
function attempt<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return act();
  } catch (error) {
    return Promise.reject(toAuthError(error));
  }
}
