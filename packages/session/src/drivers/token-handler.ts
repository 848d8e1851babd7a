import { abortable } from '../platform/abortable.js';
import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverEvents, DriverShare, LoginResult, Recovery } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { requireHandlerPath } from './handler-path.js';
import { toLoginParams } from '../login/login-params.js';
import { createLoginTag, readLoginId } from '../login/state-param.js';
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
import { findReturnTo } from '../login/way-back.js';

/** Within this time a page that comes to the front again does not ask who is signed in. */
const FRESH_MS = 10_000;

/**
 * Keeps the session by cookies that a token handler (a backend for frontends) sets on the page's own origin. It
 * never sees a token: it knows who is signed in from the handler's `userinfo`, and that somebody may be from a
 * readable cookie.
 * @see OAuth 2.0 for Browser-Based Apps section 6.1
 */
export function createTokenHandlerDriver(
  config: SessionConfig,
  events: DriverEvents,
  { end: sessionEnd }: DriverShare,
): Driver {
  const { key, authPath, hintCookie } = config;
  const { returnToParam = 'returnTo', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  // In the tab that began the login: there is nothing in them that another tab could answer.
  const logins = openTransactions(key, (fallback) => fallback());
  const isLocal = config.storage === 'local';
  let known: User | null = null;
  let isLetGo = false;
  let asking: Promise<User | null> | undefined;
  let askedAt = -Infinity;
  let logouts = 0;

  function know(user: User | null): void {
    known = user;
    isLetGo = user === null;
    writeSnapshot(key, isLocal ? user : null);
  }

  function letGo(): void {
    logouts += 1;
    know(null);
  }

  function end(reason: EndReason): null {
    removeCookie(hintCookie);
    const wasKnown = known ?? readSnapshot(key);
    letGo();
    if (wasKnown) events.onEnded(reason);
    return null;
  }

  /** Who is signed in, by the handler's word; callers share one request. */
  function ask(): Promise<User | null> {
    asking ??= look().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function look(): Promise<User | null> {
    const logoutsBefore = logouts;
    const user = await requestUserinfo(authPath);
    // An answer from before a logout would bring the session back.
    if (logouts > logoutsBefore || isLogoutPending(key)) return null;
    askedAt = performance.now();
    if (user === null) return end('expired');
    know(user);
    return user;
  }

  /** An answer to a question that was asked before something happened is of no use after it. */
  async function askAnew(): Promise<User | null> {
    await asking?.catch(() => {});
    return ask();
  }

  /** Tells the session what it was not waiting for. */
  async function askBehind(): Promise<User | null> {
    const user = await ask();
    if (user !== null) events.onRenewed(user, false);
    return user;
  }

  async function authorize(request: Request): Promise<Request> {
    if (new URL(request.url).origin !== location.origin) return request;
    if (!hasCookie(hintCookie)) end('logged-out-elsewhere');
    // The handler's cookies may still be there, and would speak for whoever has logged out.
    if (isLetGo || isLogoutPending(key)) throw over();
    const headers = new Headers(request.headers);
    headers.set(csrfHeader, '1');
    return new Request(request, { headers, credentials: 'same-origin' });
  }

  async function recover(): Promise<Recovery> {
    const user = hasCookie(hintCookie) ? await askBehind() : end('expired');
    if (user === null) throw over();
    return 'confirmed';
  }

  return {
    async restore(isNews) {
      if (isLogoutPending(key)) {
        events.onEnded('logged-out');
        return null;
      }
      if (!hasCookie(hintCookie)) return end('logged-out-elsewhere');
      const snapshot = isLocal ? readSnapshot(key) : undefined;
      // Another tab may have found out about somebody else.
      if (snapshot !== undefined) known = snapshot;
      if (known !== null) isLetGo = false;
      const shown = known;
      if (shown === null) return askAnew();
      if (isNews) {
        const logoutsBefore = logouts;
        return askAnew().catch(() => (logouts > logoutsBefore ? null : shown));
      }
      // Shown at once, and looked after behind it.
      if (performance.now() > askedAt + FRESH_MS) askBehind().catch(() => {});
      return shown;
    },
    async beginLogin({ options, way }) {
      requireSecureContext();
      requireHandlerPath(config);
      const state = `${crypto.randomUUID()};${createLoginTag(config, way)}`;
      // The way back is an answer like that of an authorization server, so that it is treated like one.
      const answer = new URL(config.redirectUri ?? '/', location.origin);
      answer.searchParams.set('code', '');
      answer.searchParams.set('state', state);
      const returnTo = findReturnTo(options.returnTo, config);
      await logins.add(readLoginId(answer), returnTo).catch(() => {});
      // A logout that was heard after the login would end the new session.
      await sessionEnd.tellServer();
      const { organization = config.organization, ...params } = toLoginParams(options, key);
      const own = { organization, [returnToParam]: answer.href };
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
      // Without storage the answer is nobody's, but the session that it brought is found all the same.
      const returnTo = await logins.find(id).catch(() => undefined);
      if (returnTo === undefined) return { kind: 'stale' };
      try {
        if (searchParams.has('error')) throw authorizationError(searchParams);
        // The handler's cookies are this login's now, whoever was known or owed a logout before.
        clearPendingLogout(key);
        know(null);
        const user = await askAnew();
        if (user !== null) {
          await logins.remove(id);
          return { kind: 'completed', user, returnTo };
        }
        throw new AuthError(
          'authorization_failed',
          'The token handler knows nobody. Check its cookies.',
        );
      } catch (caught) {
        const error = toAuthError(caught);
        if (!error.retryable) await logins.remove(id);
        return { kind: 'failed', error, returnTo };
      }
    },
    subject: () => known?.sub,
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
    release() {
      // What the tabs share is not this page's to change.
      logouts += 1;
      known = null;
      isLetGo = true;
    },
    preload: async () => {},
  };
}

function over(): AuthError {
  return new AuthError('login_required', 'The session is over. Log in again.');
}
