import { createApiFetch } from '../api/api-fetch.js';
import { createFetchJson } from '../api/fetch-json.js';
import * as waiting from '../api/waiting-fetch.js';
import { addWhenSignedOut } from '../api/when-signed-out.js';
import { createFetchUserInfo } from '../api/fetch-user-info.js';
import { isAuthError, toAuthError } from '../errors.js';
import { listenTo, type EventHub } from '../events/event-hub.js';
import type { SessionEvent } from '../events/session-event.js';
import { createCheckUser } from '../user/user-claims.js';
import {
  readLoginOptions,
  readRedirectOptions,
  readTokenOptions,
} from '../login/read-action-options.js';
import { abortable } from '../platform/abortable.js';
import type { RegisteredUser } from '../user/register.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { JsonRequestInit, JsonResult, Session, SessionRequestInit } from '../session.js';
import type { StandardSchema } from '../platform/standard-schema.js';
import { failed, INITIALIZING, signedOut, type SessionState } from '../state.js';
import { createStore } from '../store.js';
import { transition } from '../transition.js';
import { createRecorder, type RecordedFunction } from './recorded-function.js';
import { emitChange } from './test-events.js';
import { createTestApi, resolveUrl } from './test-api.js';
import { createTestDriver } from './test-driver.js';
import { createTestLogins } from './test-logins.js';
import type { TestSessionOptions } from './test-session-options.js';

/** The functions of a session whose calls a test session records. */
type RecordedName =
  | 'start'
  | 'dismissError'
  | 'loginWithRedirect'
  | 'loginWithPopup'
  | 'cancelLogin'
  | 'preloadLogin'
  | 'logout'
  | 'getAccessToken'
  | 'renew'
  | 'info'
  | 'fetch'
  | 'fetchJson'
  | 'fetchUserInfo';

type RecordedFunctions = { readonly [Name in RecordedName]: RecordedFunction<Session[Name]> };

/**
 * A session for tests. Its actions record their calls, for `expect(session.logout).toHaveBeenCalled()` in Vitest and
 * Jest, and can be replaced, as in `session.loginWithPopup.mockRejectedValue(error)`.
 */
export interface TestSession extends Omit<Session, RecordedName>, RecordedFunctions {
  /**
   * Sets the state and notifies the listeners. It also ends the login in progress: signed in without an error, the
   * login has succeeded; with an error, it rejects with that; signed out without one, it rejects with `aborted`. With a
   * `userSchema`, a new user is checked by it as at a login: claims that do not match are the error `claims_rejected`.
   */
  readonly set: (state: SessionState) => void;
  /**
   * Emits an event to the listeners of `on`. By itself a test session emits those of logins and of the end of the
   * session, when its state changes.
   */
  readonly emit: (event: SessionEvent) => void;
}

/**
 * Creates a session that behaves as a real one towards the app, without network, storage, timers or other tabs. It
 * keeps the state it is given until the app logs out or starts a login, or the test calls `set`. `initializing` lasts
 * until then. A `userSchema` checks and types the user as it does in a real session.
 * @throws AuthError `invalid_configuration` for a wrong option
 */
export function createTestSession(options: TestSessionOptions = {}): TestSession {
  const {
    user,
    state,
    accessToken = 'test-access-token',
    profile,
    info,
    respond,
    ...given
  } = options;
  const config = resolveOptions({ clientId: 'test-client', ...given });
  const hub: EventHub = createStore<SessionEvent | null>(null);
  const check = createCheckUser(config.userSchema);

  /** Returns the state that a real session has after `before` once it has checked the user of `next`. */
  function admit(next: SessionState, before: SessionState): SessionState {
    if (next.status !== 'authenticated' || next.user === before.user) return next;
    try {
      return { ...next, user: check(next.user) };
    } catch (error) {
      return failed(before, toAuthError(error));
    }
  }

  const store = createStore(admit(state ?? firstState(user), INITIALIZING), (...change) =>
    emitChange(hub, ...change),
  );
  const logins = createTestLogins(store, config.issuer, ready);
  const { record, recordAsync } = createRecorder();

  let lastUser: RegisteredUser | undefined;
  const keepUser = (): void => {
    lastUser = store.get().user ?? lastUser;
  };
  keepUser();
  store.subscribe(keepUser);

  const driver = createTestDriver(config, () => store.get().user, accessToken);

  function subscribe(listener: () => void): () => void {
    const unsubscribe = store.subscribe(listener);
    return () => void unsubscribe();
  }

  const dismissError = (): void => store.set(transition(store.get(), { type: 'error-dismissed' }));

  /** Resolves once the session has left `initializing`, as the start of a real one does. */
  function ready(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (store.get().status === 'initializing') return;
        stop();
        resolve();
      };
      const stop = store.subscribe(look);
      look();
    });
  }

  const send = createTestApi(config, { respond, profile }, () => store.get().user);
  const sendAuthorized = addWhenSignedOut(
    createApiFetch(driver, driver.allowedOrigins, send),
    { getSnapshot: () => store.get(), subscribe, dismissError, lastUser: () => lastUser },
    async () => waiting,
  );

  async function fetch(input: RequestInfo | URL, init?: SessionRequestInit): Promise<Response> {
    if (store.get().status === 'initializing') {
      await abortable(ready(), init?.signal ?? (input instanceof Request ? input.signal : null));
    }
    const resolved = typeof input === 'string' ? resolveUrl(input) : input;
    return sendAuthorized(resolved, init).catch(unwrap);
  }

  const sendForJson = createFetchJson(fetch);
  const recordedFetchJson = recordAsync(
    'fetchJson',
    (input: RequestInfo | URL, init?: JsonRequestInit): Promise<unknown> =>
      sendForJson(input, init),
  );

  // A recorded function has no type parameters.
  function fetchJson<Schema extends StandardSchema, HasMeta extends boolean>(
    input: RequestInfo | URL,
    init?: JsonRequestInit<Schema, HasMeta>,
  ): Promise<JsonResult<Schema, HasMeta>>;
  function fetchJson(input: RequestInfo | URL, init?: JsonRequestInit): Promise<unknown> {
    return recordedFetchJson(input, init);
  }

  return {
    clientId: config.clientId,
    issuer: config.issuer,
    apiUrl: config.apiUrl,
    getSnapshot: () => store.get(),
    getServerSnapshot: () => INITIALIZING,
    subscribe,
    on: (type, listener) => listenTo(hub, type, listener),
    emit: (event) => hub.set(event),
    set: (next) => logins.set(admit(next, store.get())),
    start: recordAsync('start', ready),
    ready: ready(),
    dismissError: record('dismissError', dismissError),
    loginWithRedirect: recordAsync('loginWithRedirect', async (given?) =>
      logins.loginWithRedirect(readRedirectOptions(given)),
    ),
    loginWithPopup: recordAsync('loginWithPopup', async (given?) =>
      logins.loginWithPopup(readLoginOptions(given)),
    ),
    cancelLogin: record('cancelLogin', logins.cancel),
    preloadLogin: recordAsync('preloadLogin', async (_via?) => {}),
    logout: recordAsync('logout', async (given?) =>
      logins.set(given?.local === true ? signedOut('logged-out') : { status: 'logging-out' }),
    ),
    getAccessToken: recordAsync('getAccessToken', async (given?) => {
      const { signal } = readTokenOptions(given);
      await abortable(ready(), signal);
      return driver.readAccessToken();
    }),
    fetch: recordAsync('fetch', fetch),
    renew: recordAsync('renew', async () => {
      await ready();
      driver.expectUser();
    }),
    info: recordAsync('info', async () => {
      await ready();
      if (store.get().user === undefined) return null;
      const unknown = { expiresAt: null, scope: null, acr: null, amr: null, authTime: null };
      // Without a token handler or an issuer to find, the mode that works anywhere.
      const mode = config.mode === 'auto' ? 'refresh-token' : config.mode;
      return { mode, ...unknown, ...info };
    }),
    fetchJson: Object.assign(fetchJson, recordedFetchJson),
    fetchUserInfo: recordAsync('fetchUserInfo', async (options?) => {
      await abortable(ready(), options?.signal);
      driver.expectUser();
      return createFetchUserInfo(config, driver, send)(options).catch(unwrap);
    }),
  };
}

function firstState(user: RegisteredUser | undefined): SessionState {
  if (user === undefined) return signedOut('none');
  return { status: 'authenticated', user, error: null };
}

/** Rejects with the test session's own error, which the real session's code took for one of the network. */
function unwrap(error: unknown): never {
  throw isAuthError(error) && isAuthError(error.cause) ? error.cause : error;
}
