import { createProbedFetch, type ApiProbe } from './api/probed-fetch.js';
import { createFetchJson } from './api/fetch-json.js';
import type { WaitContext } from './api/waiting-fetch.js';
import { addWhenSignedOut } from './api/when-signed-out.js';
import { isAuthError, toAuthError } from './errors.js';
import { emitterOf } from './events/emitter.js';
import type { EventHub } from './events/event-hub.js';
import { checkUsersOf } from './drivers/checked-driver.js';
import { createCheckUser } from './user/user-claims.js';
import { completeCallback, type CallbackOutcome } from './flows/callback.js';
import type { Driver, DriverEvents, DriverShare } from './driver.js';
import { createFetchUserInfo } from './api/fetch-user-info.js';
import { leaveForLogin, type WantedLogin } from './flows/leave-for-login.js';
import type { BeginLogin } from './login/login-request.js';
import { prepareLogin } from './login/prepare-login.js';
import type { SessionConfig } from './options.js';
import { createRefreshTimer, type RefreshTimer } from './flows/refresh-timer.js';
import type { Session } from './session.js';
import type { SessionState } from './state.js';
import type { Store } from './store.js';
import type { User } from './user.js';
import type { StateEvent } from './transition.js';
import type { Tabs } from './tabs/notices.js';

/** What a session runs on, loaded on demand; there is one per mode. */
export interface Engine extends Pick<Session, 'fetch' | 'fetchJson' | 'fetchUserInfo'> {
  readonly driver: Driver;
  readonly timer: RefreshTimer;
  /** Begins a login, without leaving the page. */
  readonly beginLogin: BeginLogin;
  /** See {@link completeCallback}; `restore` restores an earlier session. */
  readonly completeCallback: (
    url: URL,
    restore: () => Promise<boolean>,
  ) => Promise<CallbackOutcome>;
  /** See {@link leaveForLogin}. */
  readonly leaveForLogin: (wanted: () => WantedLogin) => Promise<never>;
}

/** The code of a mode. */
export interface ModeEngine {
  readonly createModeEngine: (context: EngineContext) => Engine;
}

/** What an engine needs from its session. */
export interface EngineContext extends DriverShare {
  readonly config: SessionConfig;
  readonly store: Store<SessionState>;
  readonly hub: EventHub;
  readonly tabs: Tabs;
  readonly probe: ApiProbe;
  /** Returns whether the event changed the state. */
  readonly dispatch: (event: StateEvent) => boolean;
  /** Sets the refresh timer while the session has listeners. */
  readonly arm: () => void;
  /** What calls that wait for a login need. */
  readonly waiting: Omit<WaitContext, 'send'>;
}

/** Creates the engine of a mode from its driver. */
export function createEngine(
  createDriver: (config: SessionConfig, events: DriverEvents, share: DriverShare) => Driver,
  { config, store, hub, tabs, probe, dispatch, arm, waiting, ...share }: EngineContext,
): Engine {
  const events: DriverEvents = {
    onRenewed(claims, isNew) {
      findUser(claims);
      arm();
      if (isNew) tabs.post('changed');
    },
    onEnded(reason) {
      if (dispatch({ type: 'session-ended', reason })) tabs.post('changed');
    },
    onRenewal(isOwn) {
      emitterOf(hub)?.(isOwn ? { type: 'renewed' } : { type: 'taken-over', what: 'renewal' });
    },
    onRenewalFailed(error) {
      // The timer reports its failures once it has set the next try.
      if (!timer.isFiring() || isSessionEnd(error)) reportFailure(error);
    },
  };

  function reportFailure(caught: unknown): void {
    // Without a user there was nothing to renew.
    const emit = emitterOf(hub);
    if (emit === undefined || store.get().user === undefined) return;
    const error = toAuthError(caught);
    const retryAt = isSessionEnd(error) ? null : timer.nextAt();
    emit({ type: 'renewal-failed', error, retryable: error.retryable, retryAt });
  }

  /** A renewal has used up its token, so claims that do not match must not lose the session. */
  function findUser(claims: User): void {
    try {
      dispatch({ type: 'session-found', user: admit(claims) });
    } catch {
      // The state has the error.
    }
  }

  const { driver, admit } = checkUsersOf(
    createDriver(config, events, share),
    createCheckUser(config.userSchema),
    ({ sub }, error) => {
      dispatch({ type: 'claims-rejected', sub, error });
      return store.get().user !== undefined;
    },
  );
  const timer = createRefreshTimer(driver, reportFailure);
  const send = createProbedFetch(driver, config, probe);
  const fetch = addWhenSignedOut(send, waiting);
  const beginLogin: BeginLogin = async (request) =>
    driver.beginLogin(prepareLogin(request, config));
  return {
    driver,
    timer,
    beginLogin,
    completeCallback: (url, restore) =>
      completeCallback(url, { config, driver, dispatch, restore }),
    leaveForLogin: (wanted) => leaveForLogin({ beginLogin, config }, wanted),
    fetch,
    fetchJson: createFetchJson(fetch),
    fetchUserInfo: createFetchUserInfo(config, driver),
  };
}

function isSessionEnd(error: unknown): boolean {
  return isAuthError(error) && error.code === 'login_required';
}
