import { checkEarly } from '#check-early';
import { listenTo, type EventHub } from '../events/event-hub.js';
import { createFollowing } from './follow.js';
import { createEntryLogins } from './load-to-login.js';
import { loadToLogout } from './load-to-logout.js';
import { startSession } from './load-to-start.js';
import type { SessionEvent } from '../events/session-event.js';
import type { SessionEntry } from './session-entry.js';
import { openSessionStore } from './session-store.js';
import { INTERNALS, type Inspectable } from '../inspection/internals.js';
import { findCallback } from '../login/find-callback.js';
import { readTaggedLogin } from '../login/state-param.js';
import { createLoaders } from '../on-demand/loaders.js';
import type { SessionOptions } from '../options.js';
import { abortable } from '../platform/abortable.js';
import { loadOnce } from '../platform/load-once.js';
import { requireBrowser } from '../platform/require-browser.js';
import { signalOf } from '../platform/signal-of.js';
import { resolveBase } from '../options/resolve-base.js';
import type { SessionCore } from '../session-core.js';
import type { Session } from '../session.js';
import { INITIALIZING, withError } from '../state.js';
import { createStore } from '../store.js';
import { createTabs } from '../tabs/notices.js';

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
  const hub: EventHub = createStore<SessionEvent | null>(null);
  const store = openSessionStore(config, callback, hub);
  const entry: SessionEntry = {
    options,
    config,
    callback,
    hub,
    probe: {},
    tabs: createTabs(config.key),
    loaders,
    store,
    loadCore: loadOnce(async () => {
      const { createSessionCore } = await loaders.mode();
      return (entry.core = createSessionCore({ ...entry, store: store(), beginLogin, subscribe }));
    }),
  };
  const logins = createEntryLogins(entry);
  const subscribe = createFollowing(entry);
  const start = (): Promise<void> => startSession(entry);

  function beginLogin(given: unknown, isRetry?: boolean): void {
    logins.loginWithRedirect(given, isRetry).catch(() => {});
  }

  /** Resolves to the core when the session has started, unless the caller aborts. */
  async function ready(signal: AbortSignal | null | undefined): Promise<SessionCore> {
    requireBrowser();
    return abortable(start().then(entry.loadCore), signal);
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
    ...logins,
    preloadLogin: (via = 'redirect') => loaders.prepare(via),
    logout: (given) => loadToLogout(entry, given),
    getAccessToken: async (given) =>
      entry.core?.peekAccessToken(given) ?? (await ready(given?.signal)).getAccessToken(given),
    renew: async () => (await ready(null)).renew(),
    info: async () => (await ready(null)).info(),
    fetch: async (input, init) => (await ready(signalOf(input, init))).fetch(input, init),
    fetchJson: async (input, init) => (await ready(signalOf(input, init))).fetchJson(input, init),
    fetchUserInfo: async (given) => (await ready(given?.signal)).fetchUserInfo(given),
    [INTERNALS]: () => entry,
  };
  return session;
}
