import { abortable } from '../platform/abortable.js';
import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverEvents, DriverShare, LoginResult, Recovery } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { requireHandlerPath } from './handler-path.js';
import { toAuthorizationParams } from '../login/login-params.js';
import { createStateTag, readLoginId } from '../login/state-param.js';
import type { SessionConfig } from '../options.js';
import { requireSecureContext } from '../login/secure-context.js';
import type { EndReason } from '../state.js';
import { hasCookie } from '../storage/cookies.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { clearPendingLogout, isLogoutPending } from '../storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { openTransactions } from '../login/transactions.js';
import type { User } from '../user.js';
import { requestUserinfo } from './handler-userinfo.js';
import { findReturnTo } from '../login/return-to.js';

/** A page that becomes visible again does not revalidate the user within this time. */
const FRESH_MS = 10_000;

/**
 * Creates the driver that keeps the session with cookies, which a token handler (a backend for frontends) sets on the
 * page's own origin. It never sees a token: the user comes from the handler's `userinfo`, and a readable cookie
 * hints that there may be one.
 * @see OAuth 2.0 for Browser-Based Apps section 6.1
 */
export function createTokenHandlerDriver(
  config: SessionConfig,
  events: DriverEvents,
  { end: sessionEnd }: DriverShare,
): Driver {
  const { key, authPath, hintCookie } = config;
  const { returnToParam = 'returnTo', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  // Only the tab that started a login can complete it.
  const logins = openTransactions(key, (fallback) => fallback());
  const isLocal = config.storage === 'local';
  let currentUser: User | null = null;
  let isSignedOut = false;
  let pendingUser: Promise<User | null> | undefined;
  let fetchedAt = -Infinity;
  let logouts = 0;

  function setUser(user: User | null): void {
    currentUser = user;
    isSignedOut = user === null;
    writeSnapshot(key, isLocal ? user : null);
  }

  function signOutLocally(): void {
    logouts += 1;
    setUser(null);
  }

  function end(reason: EndReason): null {
    removeCookie(hintCookie);
    const wasKnown = currentUser ?? readSnapshot(key);
    signOutLocally();
    if (wasKnown) events.onEnded(reason);
    return null;
  }

  /** Resolves to the handler's signed-in user; callers share one request. */
  function fetchUser(): Promise<User | null> {
    pendingUser ??= probeSession().finally(() => {
      pendingUser = undefined;
    });
    return pendingUser;
  }

  async function probeSession(): Promise<User | null> {
    const logoutsBefore = logouts;
    const user = await requestUserinfo(authPath);
    // A response from before a logout must not restore the session.
    if (logouts > logoutsBefore || isLogoutPending(key)) return null;
    fetchedAt = performance.now();
    if (user === null) return end('expired');
    setUser(user);
    return user;
  }

  /** Fetches the user again: the response of a pending request may be out of date. */
  async function refetchUser(): Promise<User | null> {
    await pendingUser?.catch(() => {});
    return fetchUser();
  }

  /** Fetches the user and notifies the session. */
  async function revalidateUser(): Promise<User | null> {
    const user = await fetchUser();
    if (user !== null) events.onRenewed(user, false);
    return user;
  }

  async function authorize(request: Request): Promise<Request> {
    if (new URL(request.url).origin !== location.origin) return request;
    if (!hasCookie(hintCookie)) end('logged-out-elsewhere');
    // The handler's cookies may still exist, and would authorize requests for the user who has logged out.
    if (isSignedOut || isLogoutPending(key)) throw sessionEnded();
    const headers = new Headers(request.headers);
    headers.set(csrfHeader, '1');
    return new Request(request, { headers, credentials: 'same-origin' });
  }

  async function recover(): Promise<Recovery> {
    const user = hasCookie(hintCookie) ? await revalidateUser() : end('expired');
    if (user === null) throw sessionEnded();
    return 'confirmed';
  }

  return {
    async restore({ revalidate }) {
      if (isLogoutPending(key)) {
        events.onEnded('logged-out');
        return null;
      }
      if (!hasCookie(hintCookie)) return end('logged-out-elsewhere');
      const snapshot = isLocal ? readSnapshot(key) : undefined;
      // Another tab may have stored another user.
      if (snapshot !== undefined) currentUser = snapshot;
      if (currentUser !== null) isSignedOut = false;
      const shown = currentUser;
      if (shown === null) return refetchUser();
      if (revalidate) {
        const logoutsBefore = logouts;
        return refetchUser().catch(() => (logouts > logoutsBefore ? null : shown));
      }
      // Return the known user now, and revalidate in the background.
      if (performance.now() > fetchedAt + FRESH_MS) revalidateUser().catch(() => {});
      return shown;
    },
    async beginLogin({ options, via, isRetry }) {
      requireSecureContext();
      requireHandlerPath(config);
      const state = `${crypto.randomUUID()};${createStateTag(config, { via, isRetry })}`;
      // The handler returns to a URL with `code` and `state`, which is handled like any other callback.
      const callback = new URL(config.redirectUri ?? '/', location.origin);
      callback.searchParams.set('code', '');
      callback.searchParams.set('state', state);
      const returnTo = findReturnTo(options.returnTo, config);
      await logins.add(readLoginId(callback), returnTo).catch(() => {});
      // A logout request that arrived after the login would end the new session.
      await sessionEnd.tellServer();
      const { organization = config.organization, ...params } = toAuthorizationParams(options, key);
      const own = { organization, [returnToParam]: callback.href };
      const path = `${authPath}/${encodeURIComponent(config.vendorId)}/login`;
      const url = new URL(path, location.origin);
      for (const [name, value] of [config.authorizationParams, params, own].flatMap(
        Object.entries,
      )) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return { url: url.href, state };
    },
    async completeLogin(url): Promise<LoginResult> {
      const { searchParams } = url;
      const id = readLoginId(url);
      // Without storage the callback looks stale; `restore()` still finds the session.
      const returnTo = await logins.find(id).catch(() => undefined);
      if (returnTo === undefined) return { kind: 'stale' };
      try {
        if (searchParams.has('error')) throw authorizationError(searchParams);
        // The handler's cookies now belong to this login, whatever user or pending logout there was before.
        clearPendingLogout(key);
        setUser(null);
        const user = await refetchUser();
        if (user !== null) {
          await logins.remove(id);
          return { kind: 'completed', user, returnTo };
        }
        throw new AuthError(
          'authorization_failed',
          'The token handler has no session. Check its cookies.',
        );
      } catch (caught) {
        const error = toAuthError(caught);
        if (!error.retryable) await logins.remove(id);
        return { kind: 'failed', error, returnTo };
      }
    },
    subject: () => currentUser?.sub,
    peekAccessToken: () => null,
    getAccessToken: () =>
      Promise.reject(
        new AuthError(
          'invalid_configuration',
          'With a token handler no script gets a token. Call the API by session.fetch.',
        ),
      ),
    refresh: async () => {},
    refreshDueAt: () => null,
    authorize,
    recover: (rejected) => abortable(recover(), rejected.signal),
    signOutLocally() {
      // The snapshot is shared with the other tabs, so it stays.
      logouts += 1;
      currentUser = null;
      isSignedOut = true;
    },
    preload: async () => {},
  };
}

function sessionEnded(): AuthError {
  return new AuthError('login_required', 'The session has ended. Log in again.');
}
