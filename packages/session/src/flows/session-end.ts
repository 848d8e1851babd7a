import { withDeadline } from '../platform/deadline.js';
import { isObject, readString } from '../platform/json.js';
import type { SessionConfig } from '../options.js';
import type { LogoutOptions } from '../session.js';
import { recordNames, UNTIL_LOGIN } from '../storage/record-names.js';
import type { SessionRecords } from '../storage/session-records.js';
import { removeCookie } from '../storage/hint-cookie.js';
import {
  clearPendingLogout,
  markPromptRequired,
  isLogoutPending,
} from '../storage/pending-logout.js';
import { forgetUser } from './forget-user.js';

/** The longest time that a logout waits for the server. */
const NOTIFY_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 2_500;

/** The oldest tokens beyond this number are dropped. */
const MAX_REVOCATIONS = 20;

/** Ends a session in this browser and at the server. */
export interface SessionEnd {
  /** Removes the session from this browser, except for what the server must still receive. Does not reject. */
  forget(options?: LogoutOptions): Promise<void>;
  /** Removes the tokens of this page only, e.g. with `storage: 'memory'`. Does not reject. */
  forgetTokens(): Promise<void>;
  /** Stores a refresh token until the server has revoked it. Does not reject. */
  addRevocation(refreshToken: string): Promise<void>;
  /**
   * Sends pending revocations and a pending logout, within 3 s. `isLeaving` if the page is about to redirect to the
   * server's logout. Does not reject; what the server has not received is sent next time.
   */
  notifyServer(isLeaving?: boolean): Promise<void>;
}

/** Creates the end of a session. Sends nothing until it is used. */
export function createSessionEnd(config: SessionConfig, records: SessionRecords): SessionEnd {
  const { key, mode, issuer, clientId, authPath, hintCookie } = config;
  const send = createSend(config);
  const { logoutMethod = 'POST', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  const names = recordNames(key);
  const isHandler = mode === 'token-handler';
  /** Tokens to revoke that may not have been stored. */
  const unsent = new Set<string>();
  /** The revocations in flight, until the records are without their tokens. */
  const sending = new Map<string, Promise<boolean>>();
  /** Whether there may be tokens that could not be read. */
  let hasUnreadTokens = false;

  async function addRevocation(refreshToken: string): Promise<void> {
    unsent.add(refreshToken);
    const add = (old: unknown): unknown =>
      [...readTokens(old), refreshToken].slice(-MAX_REVOCATIONS);
    await records.tokens.update(names.revocations, add).catch(() => {});
  }

  async function forgetTokens(): Promise<void> {
    let refreshToken: string | undefined;
    const take = (old: unknown): undefined => {
      refreshToken = isObject(old) ? readString(old['refreshToken']) : undefined;
    };
    hasUnreadTokens = await records.tokens.update(names.tokens, take).then(
      () => false,
      () => true,
    );
    if (refreshToken !== undefined) await addRevocation(refreshToken);
  }

  /** Resolves to the number of tokens that the server has revoked or refused; `null` if it has not received some. */
  async function revokeTokens(): Promise<number | null> {
    const stored = await records.tokens.get(names.revocations).catch(() => undefined);
    const tokens = new Set([...readTokens(stored), ...unsent]);
    const received = await Promise.all(
      [...tokens].map(async (token) => ((await revokeOnce(token)) ? token : undefined)),
    );
    received.forEach((token) => token !== undefined && unsent.delete(token));
    if (readTokens(stored).length > 0) {
      const rest = (old: unknown): unknown =>
        readTokens(old).filter((one) => !received.includes(one));
      await records.tokens.update(names.revocations, rest).catch(() => {});
    }
    tokens.forEach((token) => sending.delete(token));
    return hasUnreadTokens || received.includes(undefined) ? null : received.length;
  }

  /** Joins a revocation of the same token that is in flight. */
  function revokeOnce(token: string): Promise<boolean> {
    const revoking = sending.get(token) ?? revoke(token);
    sending.set(token, revoking);
    return revoking;
  }

  /** @see RFC 7009 section 2.1 */
  async function revoke(token: string): Promise<boolean> {
    const body = { client_id: clientId, token, token_type_hint: 'refresh_token' };
    const response = await send(`${issuer}oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams(body),
      credentials: 'omit',
      redirect: 'error',
    });
    // A retry would not change a refusal.
    return response !== null && response.status < 500 && response.status !== 429;
  }

  /** Ends the server's session if the browser sends its cookie. A redirect to the logout always does. */
  async function endServerSession(): Promise<boolean> {
    const url = `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId })}`;
    return (await send(url, { mode: 'no-cors', credentials: 'include' })) !== null;
  }

  function setReceived(isLeaving: boolean): void {
    if (isLeaving) clearPendingLogout(key);
    else if (isLogoutPending(key)) markPromptRequired(key);
  }

  async function notifyIssuer(isLeaving: boolean): Promise<void> {
    const isPending = isLogoutPending(key);
    const revoked = await revokeTokens();
    if (!isPending || revoked === null) return;
    // The server has just responded, so the redirect will reach its logout.
    const isEndedByLeaving = isLeaving && revoked > 0;
    if (isEndedByLeaving || (await endServerSession())) setReceived(isLeaving);
  }

  async function notifyHandler(isLeaving: boolean): Promise<void> {
    if (logoutMethod === 'GET' || !(isLeaving || isLogoutPending(key))) return;
    const response = await send(`${authPath}/logout`, {
      method: 'POST',
      headers: { [csrfHeader]: '1' },
      redirect: 'error',
    });
    if (response?.ok !== true) return;
    setReceived(isLeaving);
    removeCookie(hintCookie);
  }

  return {
    async forget(options) {
      forgetUser(config, options);
      if (isHandler) return;
      await Promise.allSettled([
        forgetTokens(),
        mode === 'sso-cookie' && records.shared.update(names.quietUntil, () => UNTIL_LOGIN),
        records.shared.update(names.logins, () => undefined),
      ]);
    },
    forgetTokens,
    addRevocation,
    notifyServer: (isLeaving = false) =>
      withDeadline((isHandler ? notifyHandler : notifyIssuer)(isLeaving), NOTIFY_TIMEOUT_MS).catch(
        () => {},
      ),
  };
}

function readTokens(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((token) => typeof token === 'string') : [];
}

/** Creates a function that resolves to `null` if there is no response in time. */
function createSend({
  fetch: platformFetch = fetch,
}: SessionConfig): (url: string, init: RequestInit) => Promise<Response | null> {
  return async (url, init) => {
    try {
      return await platformFetch(url, {
        ...init,
        cache: 'no-store',
        // The page may be about to unload.
        keepalive: true,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch {
      return null;
    }
  };
}
