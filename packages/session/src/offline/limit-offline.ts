import { AuthError } from '../errors.js';
import { listen } from '../platform/listen.js';
import type { Session } from '../session.js';
import { INITIALIZING, type SessionState } from '../state.js';
import { createTrust, type Trust } from './trust.js';

/** Options of {@link limitOffline}. */
export interface OfflineLimitOptions {
  /** How long a remembered user counts as signed in without a confirmation by the server. */
  readonly maxOfflineSeconds: number;
}

/**
 * Returns the session with a limit on how long its remembered user counts as signed in while the authorization server
 * cannot be reached. Use it in place of the session. Without it, only an explicit response of the server ends a session.
 *
 * A login and a renewal confirm the session; it calls `renew` when half of the limit has passed without one. Beyond the
 * limit the state is `unauthenticated` with the reason `expired` and a `network` error, so that guards do not redirect.
 * The tokens stay: once the server is reached, the user is signed in again. A page that is opened beyond the limit is
 * `initializing` until the server has responded.
 *
 * The limit includes sleep and the time without a page. A clock that is set back does not extend it.
 * @throws AuthError `invalid_configuration` if the limit is not a positive number
 */
export function limitOffline(
  session: Session,
  { maxOfflineSeconds }: OfflineLimitOptions,
): Session {
  if (!(maxOfflineSeconds > 0) || !Number.isFinite(maxOfflineSeconds)) {
    throw new AuthError('invalid_configuration', '"maxOfflineSeconds" must be a positive number.');
  }
  const name = `sesamy-kit-offline:${encodeURIComponent(session.clientId)}@${session.issuer}`;
  const trust = createTrust(session, name, maxOfflineSeconds * 1000);
  let shown: { readonly trust: Trust; readonly inner: SessionState; readonly state: SessionState };
  let stopFollowing = (): void => {};
  let listenerCount = 0;

  function getSnapshot(): SessionState {
    const current = trust.get();
    const inner = session.getSnapshot();
    if (inner.status !== 'authenticated' || current === 'trusted') return inner;
    if (shown?.inner !== inner || shown.trust !== current) {
      shown = { inner, trust: current, state: distrusted(current) };
    }
    return shown.state;
  }

  function onState(): void {
    const { status } = session.getSnapshot();
    if (status === 'unauthenticated' || status === 'logging-out') trust.forget();
    // The event of a login comes after the state, and confirms it.
    else if (status === 'authenticated') queueMicrotask(() => void trust.check());
  }

  function follow(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const onWake = (): void => void trust.check();
    listen(document, 'visibilitychange', onWake, signal);
    listen(window, 'online', onWake, signal);
    listen(window, 'pageshow', onWake, signal);
    listen(window, 'storage', (event) => void (event.key === name && trust.onRecord()), signal);
    const stops = [
      session.subscribe(onState),
      session.on('login-succeeded', trust.onConfirmed),
      session.on('renewed', trust.onConfirmed),
      session.on('taken-over', trust.onConfirmed),
      trust.follow(),
    ];
    return () => {
      stop.abort();
      for (const stopListening of stops) stopListening();
    };
  }

  function subscribe(listener: () => void): () => void {
    listenerCount += 1;
    if (listenerCount === 1) stopFollowing = follow();
    const stops = [session.subscribe(listener), trust.subscribe(listener)];
    let isStopped = false;
    return () => {
      if (isStopped) return;
      isStopped = true;
      for (const stopListening of stops) stopListening();
      listenerCount -= 1;
      if (listenerCount === 0) stopFollowing();
    };
  }

  async function start(): Promise<void> {
    await session.start();
    await trust.check();
  }

  const limited = { ...session, getSnapshot, subscribe, start };
  return {
    ...limited,
    ready: readyOf(limited),
    loginWithRedirect: refuseAutomatic(session, limited),
  };
}

/** Returns the `ready` of a limited session, which may be `initializing` although the session has a user. */
function readyOf({ getSnapshot, start }: Session): Session['ready'] {
  async function whenKnown(): Promise<void> {
    if (getSnapshot().status === 'initializing') await start();
  }
  // oxlint-disable-next-line unicorn/no-thenable
  return { then: (...listeners) => whenKnown().then(...listeners) };
}

/** Returns a login that no guard starts while the user of the session does not count. */
function refuseAutomatic(session: Session, limited: Session): Session['loginWithRedirect'] {
  return async (options) => {
    const { user, error } = limited.getSnapshot();
    const isUnreached = user === undefined && session.getSnapshot().user !== undefined;
    if (options?.isAutomatic === true && isUnreached && error) throw error;
    return session.loginWithRedirect(options);
  };
}

function distrusted(trust: Trust): SessionState {
  if (trust === 'unknown') return INITIALIZING;
  return {
    status: 'unauthenticated',
    reason: 'expired',
    error: new AuthError(
      'network',
      'The server could not confirm the session for too long. Connect to the network.',
    ),
  };
}
