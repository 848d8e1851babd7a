import type { Driver } from './driver.js';
import { toAuthError } from './errors.js';
import { watchPage } from './lifecycle.js';
import { createLoginRedirect } from './login-redirect.js';
import { isOwnCallback } from './login-tag.js';
import { loadLogin, loadMode } from './on-demand.js';
import { resolveOptions, type SessionOptions } from './options.js';
import type { RefreshTimer } from './refresh-timer.js';
import type { AccessTokenOptions, LogoutOptions, Session } from './session.js';
import { INITIALIZING, transition, type SessionEvent, type SessionState } from './state.js';
import { readSnapshot } from './storage/snapshot.js';
import { createStore, type Store } from './store.js';
import { createTabs } from './tabs.js';
import type { User } from './user.js';

/** What a session runs on once there is something to run. */
interface Engine {
  readonly driver: Driver;
  readonly timer: RefreshTimer;
  readonly fetch: Session['fetch'];
  readonly fetchJson: Session['fetchJson'];
}

/**
 * Makes a session. Nothing happens until it is read, subscribed to or started.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function createSesamySession(options: SessionOptions): Session {
  const config = resolveOptions(options);
  const tabs = createTabs(config.key);
  const login = createLoginRedirect({ run, start, dispatch });
  let openedStore: Store<SessionState> | undefined;
  let started: Promise<void> | undefined;
  let loading: Promise<Engine> | undefined;
  let engine: Engine | undefined;
  let listeners = 0;
  let stopFollowing: (() => void) | undefined;

  function store(): Store<SessionState> {
    return (openedStore ??= createStore(firstState()));
  }

  function firstState(): SessionState {
    if (typeof window === 'undefined' || isOwnCallback(new URL(location.href), config)) {
      return INITIALIZING;
    }
    const user = remembered();
    return user === null ? INITIALIZING : { status: 'authenticated', user };
  }

  /** Who was signed in when this browser last looked. */
  function remembered(): User | null {
    return config.storage === 'local' ? readSnapshot(config.key) : null;
  }

  function dispatch(event: SessionEvent): boolean {
    const before = store().get();
    const after = transition(before, event);
    store().set(after);
    return after !== before;
  }

  function run(): Promise<Engine> {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  async function load(): Promise<Engine> {
    const { createApiFetch, createDriver, createRefreshTimer, readApiResponse } = await loadMode();
    const driver = createDriver(config, {
      onRenewed(user, isNew) {
        dispatch({ type: 'session-found', user });
        if (isNew) tabs.post('changed');
      },
      onEnded(reason) {
        if (dispatch({ type: 'session-ended', reason })) tabs.post('changed');
      },
    });
    const apiFetch = createApiFetch(driver, config.allowedOrigins);
    engine = {
      driver,
      timer: createRefreshTimer(driver),
      fetch: apiFetch,
      fetchJson: async (input, init) => readApiResponse(await apiFetch(input, init)),
    };
    return engine;
  }

  async function restore(): Promise<boolean> {
    const isKnown = engine !== undefined || remembered() !== null;
    const user = isKnown ? await run().then(({ driver }) => driver.restore()) : null;
    dispatch(user === null ? { type: 'session-absent' } : { type: 'session-found', user });
    arm();
    return user !== null;
  }

  async function begin(): Promise<void> {
    try {
      const url = new URL(location.href);
      if (isOwnCallback(url, config)) await answer(url);
      else await restore();
    } catch (error) {
      // A session that was remembered stays: nobody has said that it is over.
      dispatch({ type: 'login-failed', error: toAuthError(error) });
    }
  }

  async function answer(url: URL): Promise<void> {
    const [{ answerCallback }, { driver }] = await Promise.all([loadLogin(), run()]);
    const isLoginDue = await answerCallback(url, { driver, dispatch, restore });
    if (isLoginDue) login.begin({}, true).catch(() => {});
    else tabs.post('changed');
    arm();
  }

  function start(): Promise<void> {
    if (typeof window === 'undefined') return Promise.resolve();
    return (started ??= begin());
  }

  function ready(): Promise<Engine> {
    return start().then(run);
  }

  function arm(): void {
    if (listeners > 0) engine?.timer.arm();
  }

  function catchUp(): void {
    // What cannot be read now is read at the next occasion.
    started?.then(restore).catch(() => {});
  }

  function follow(): () => void {
    const stopListening = tabs.listen((notice) => {
      if (notice === 'changed') return catchUp();
      engine?.timer.disarm();
      engine?.driver.release();
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    });
    const stopWatching = watchPage({
      onWake: catchUp,
      onSleep: () => engine?.timer.disarm(),
      onRestored() {
        login.abort();
        dispatch({ type: 'page-restored' });
        catchUp();
      },
    });
    catchUp();
    return () => {
      stopListening();
      stopWatching();
      engine?.timer.disarm();
    };
  }

  async function logout({ returnTo = '/' }: LogoutOptions = {}): Promise<void> {
    const { driver, timer } = await run();
    dispatch({ type: 'logout-started' });
    timer.disarm();
    try {
      const revoke = await driver.forget();
      tabs.post('logged-out');
      await revoke();
    } catch (error) {
      throw toAuthError(error);
    } finally {
      location.assign(driver.endSessionUrl(new URL(returnTo, location.origin).href));
    }
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
    async getAccessToken({ minValiditySeconds = 10, signal }: AccessTokenOptions = {}) {
      const token = engine?.driver.peekAccessToken(minValiditySeconds);
      if (typeof token === 'string') return token;
      return (await ready()).driver.getAccessToken(minValiditySeconds, signal);
    },
    fetch: async (input, init) => (await ready()).fetch(input, init),
    fetchJson: async (input, init) => (await ready()).fetchJson(input, init),
  };
}
