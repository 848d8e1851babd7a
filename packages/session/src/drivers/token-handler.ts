import { authorizationError } from '../authorization-error.js';
import type { Driver, DriverEvents, LoginRequest, LoginResult } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { toLoginParams } from '../login-params.js';
import { createLoginTag, readLoginId } from '../login-tag.js';
import type { SessionConfig } from '../options.js';
import type { EndReason } from '../state.js';
import { hasCookie } from '../storage/cookies.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { readMark, writeMark } from '../storage/marks.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { openTransactions } from '../transactions.js';
import type { User } from '../user.js';
import { askHandler, requestUserinfo } from '../userinfo.js';
import { findReturnTo } from '../way-back.js';

/** Within this time a page that comes to the front again does not ask who is signed in. */
const FRESH_MS = 10_000;

/** Logging out must not wait for a slow server. */
const LOGOUT_TIMEOUT_MS = 2_000;

/**
 * Keeps the session by cookies that a token handler (a backend for frontends) sets on the page's own origin. It
 * never sees a token: it knows who is signed in from the handler's `userinfo`, and that somebody may be from a
 * readable cookie.
 * @see OAuth 2.0 for Browser-Based Apps section 6.1
 */
export function createTokenHandlerDriver(config: SessionConfig, events: DriverEvents): Driver {
  const { key, authPath, hintCookie } = config;
  const {
    returnToParam = 'returnTo',
    logoutMethod = 'POST',
    csrfHeader = 'X-Sesamy-CSRF',
  } = config.tokenHandler;
  // In the tab that began the login: there is nothing in them that another tab could answer.
  const logins = openTransactions(key, (fallback) => fallback());
  const owedLogout = `${key}/logout`;
  let known: User | null = null;
  let asking: Promise<User | null> | undefined;
  let askedAt = -Infinity;
  let logouts = 0;

  function know(user: User | null): void {
    known = user;
    if (config.storage === 'local') writeSnapshot(key, user);
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
    if (logouts > logoutsBefore) return null;
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

  async function tellLogout(): Promise<void> {
    const response = await askHandler(`${authPath}/logout`, LOGOUT_TIMEOUT_MS, {
      method: 'POST',
      headers: { [csrfHeader]: '1' },
      // The page is about to leave.
      keepalive: true,
    });
    if (!response.ok) return;
    writeMark(owedLogout, 0);
    removeCookie(hintCookie);
  }

  async function authorize(request: Request): Promise<Request> {
    if (new URL(request.url).origin !== location.origin) return request;
    const headers = new Headers(request.headers);
    headers.set(csrfHeader, '1');
    return new Request(request, { headers, credentials: 'same-origin' });
  }

  const noToken = (): Promise<never> =>
    Promise.reject(
      new AuthError(
        'invalid_configuration',
        'In the mode "token-handler" no script gets a token. Call the API by session.fetch.',
      ),
    );

  return {
    async restore(isNews) {
      if (readMark(owedLogout) !== 0) {
        // A logout that the handler has not heard of comes first.
        await tellLogout().catch(() => {});
        letGo();
        return null;
      }
      if (!hasCookie(hintCookie)) return end('logged-out-elsewhere');
      known ??= config.storage === 'local' ? (readSnapshot(key) ?? null) : null;
      if (known === null || isNews) return askAnew().catch(keepKnown);
      // Shown at once, and looked after behind it.
      if (performance.now() > askedAt + FRESH_MS) askBehind().catch(() => {});
      return known;
    },
    async beginLogin({ options, way }: LoginRequest) {
      const id = crypto.randomUUID();
      await logins.add(id, findReturnTo(options.returnTo, config));
      writeMark(owedLogout, 0);
      // The way back is an answer like that of an authorization server, so that it is treated like one.
      const answer = new URL(config.redirectUri ?? '/', location.origin);
      answer.searchParams.set('code', '');
      answer.searchParams.set('state', `${id};${createLoginTag(config, way)}`);
      const url = new URL(
        `${authPath}/${encodeURIComponent(config.vendorId)}/login`,
        location.origin,
      );
      const { organization = config.organization, ...params } = toLoginParams(options);
      const own = { organization, [returnToParam]: answer.href };
      for (const [name, value] of [config.authorizationParams, params, own].flatMap(
        Object.entries,
      )) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      return url.href;
    },
    async completeLogin(url): Promise<LoginResult> {
      const id = readLoginId(url);
      const returnTo = await logins.find(id);
      if (returnTo === undefined) return { kind: 'stale' };
      await logins.remove(id);
      if (url.searchParams.has('error')) {
        return { kind: 'failed', error: authorizationError(url.searchParams), returnTo };
      }
      try {
        const user = await askAnew();
        if (user !== null) return { kind: 'completed', user, returnTo };
        return { kind: 'failed', error: authorizationError(url.searchParams), returnTo };
      } catch (error) {
        return { kind: 'failed', error: toAuthError(error), returnTo };
      }
    },
    peekAccessToken: () => null,
    getAccessToken: noToken,
    refresh: async () => {},
    refreshDueAt: () => null,
    authorize,
    async recover() {
      const user = hasCookie(hintCookie) ? await askBehind() : end('expired');
      if (user === null) {
        throw new AuthError('login_required', 'The session is over. Log in again.');
      }
    },
    release: letGo,
    async forget() {
      letGo();
      await logins.clear().catch(() => {});
      if (logoutMethod === 'GET') removeCookie(hintCookie);
      else writeMark(owedLogout, Date.now());
      return async () => {
        if (logoutMethod === 'POST') await tellLogout().catch(() => {});
      };
    },
    endSessionUrl: (returnTo) =>
      `${authPath}/logout?${new URLSearchParams({ [returnToParam]: returnTo })}`,
  };

  function keepKnown(error: unknown): User {
    if (known === null) throw error;
    return known;
  }
}
