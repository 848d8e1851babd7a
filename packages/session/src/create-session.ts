import { createApiFetch } from './api.js';
import { answerCallback } from './callback.js';
import { createRefreshTokenDriver } from './drivers/refresh-token.js';
import { AuthError, toAuthError } from './errors.js';
import { watchPage } from './lifecycle.js';
import { createLoginRedirect } from './login-redirect.js';
import { resolveOptions, type SessionOptions } from './options.js';
import { createRefreshTimer } from './refresh-timer.js';
import { INITIALIZING, transition, type SessionEvent, type SessionState } from './state.js';
import { createStore, type Store } from './store.js';
import type { AccessTokenOptions, LogoutOptions, Session } from './session.js';
import { createTabs } from './tabs.js';
import { DEFAULT_MIN_VALIDITY_SECONDS } from './token-record.js';

/**
 * Makes a session. Nothing happens until it is read, subscribed to or started.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function createSesamySession(options: SessionOptions): Session {
  const config = resolveOptions(options);
  const tabs = createTabs(config.key);
  let openedStore: Store<SessionState> | undefined;
  let started: Promise<void> | undefined;
  let stopFollowing: (() => void) | undefined;
  let listeners = 0;

  const driver = createRefreshTokenDriver(config, {
    onRenewed(user, isNew) {
      dispatch({ type: 'session-found', user });
      if (isNew) tabs.post('changed');
    },
    onEnded(reason) {
      if (dispatch({ type: 'session-ended', reason })) tabs.post('changed');
    },
  });
  const timer = createRefreshTimer(driver);
  const login = createLoginRedirect({ driver, start, dispatch });
  const apiFetch = createApiFetch(driver, config.allowedOrigins);

  function store(): Store<SessionState> {
    return (openedStore ??= createStore(firstState()));
  }

  function firstState(): SessionState {
    if (typeof window === 'undefined' || driver.ownsCallback(new URL(location.href))) {
      return INITIALIZING;
    }
    const user = driver.peek();
    return user === null ? INITIALIZING : { status: 'authenticated', user };
  }

  function dispatch(event: SessionEvent): boolean {
    const before = store().get();
    const after = transition(before, event);
    store().set(after);
    return after !== before;
  }

  async function restore(): Promise<boolean> {
    const user = await driver.restore().catch(() => null);
    dispatch(user === null ? { type: 'session-absent' } : { type: 'session-found', user });
    timer.arm();
    return user !== null;
  }

  async function begin(): Promise<void> {
    const url = new URL(location.href);
    if (!driver.ownsCallback(url)) return void (await restore());
    const wasStale = await answerCallback(url, { driver, dispatch, restore });
    if (wasStale) void login.begin({}, true).catch(() => {});
    else tabs.post('changed');
    timer.arm();
  }

  function start(): Promise<void> {
    if (typeof window === 'undefined') return Promise.resolve();
    return (started ??= begin());
  }

  function follow(): () => void {
    const stopListening = tabs.listen((notice) => {
      if (notice === 'changed') return void restore();
      driver.release();
      timer.disarm();
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    });
    const stopWatching = watchPage({
      onWake: () => void start().then(restore),
      onSleep: () => timer.disarm(),
      onRestored() {
        login.abort();
        if (store().get().status === 'logging-out') {
          dispatch({ type: 'session-ended', reason: 'logged-out' });
        }
        void restore();
      },
    });
    return () => {
      stopListening();
      stopWatching();
      timer.disarm();
    };
  }

  async function logout({ returnTo = '/' }: LogoutOptions = {}): Promise<void> {
    const target = new URL(returnTo, location.origin);
    dispatch({ type: 'logout-started' });
    timer.disarm();
    try {
      const revoke = await driver.forget();
      tabs.post('logged-out');
      await revoke();
    } catch (error) {
      throw toAuthError(error);
    } finally {
      location.assign(driver.endSessionUrl(target.href));
    }
  }

  async function getAccessToken({
    minValiditySeconds = DEFAULT_MIN_VALIDITY_SECONDS,
    signal,
  }: AccessTokenOptions = {}): Promise<string> {
    const token = driver.peekAccessToken(minValiditySeconds);
    if (token !== null) return token;
    const renewed = start().then(() => driver.getAccessToken(minValiditySeconds));
    return abortable(renewed, signal);
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
        unsubscribe();
        if (--listeners === 0) stopFollowing?.();
      };
    },
    start,
    loginWithRedirect: (loginOptions = {}) => login.begin(loginOptions, false),
    logout,
    getAccessToken,
    async fetch(input, init) {
      await start();
      return apiFetch(input, init);
    },
  };
}

/** Stops waiting when the caller says so; the work itself goes on for the others. */
async function abortable<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  let stopWaiting: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stopWaiting = (): void =>
      reject(new AuthError('aborted', 'The caller stopped waiting.', { cause: signal?.reason }));
    if (signal?.aborted === true) stopWaiting();
    signal?.addEventListener('abort', stopWaiting);
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    throw toAuthError(error);
  } finally {
    if (stopWaiting !== undefined) signal?.removeEventListener('abort', stopWaiting);
  }
}
