import { withDeadline } from '../platform/deadline.js';
import { clearOldSessions } from '../migrate/clear-old-sessions.js';
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
import { createRevocations, type Revocations } from './revocations.js';
import { createSendRequest } from './send-request.js';

/** The longest time that a logout waits for the server. */
const NOTIFY_TIMEOUT_MS = 3_000;

/** Ends a session in this browser and at the server. */
export interface SessionEnd extends Omit<Revocations, 'revokeTokens'> {
  /** Removes the session from this browser, except for what the server must still receive. Does not reject. */
  forget(options?: LogoutOptions): Promise<void>;
  /**
   * Sends pending revocations and a pending logout, within 3 s. `isLeaving` if the page is about to redirect to the
   * server's logout. Does not reject; what the server has not received is sent next time.
   */
  notifyServer(isLeaving?: boolean): Promise<void>;
}

/** Creates the end of a session. Sends nothing until it is used. */
export function createSessionEnd(config: SessionConfig, records: SessionRecords): SessionEnd {
  const { key, mode, issuer, clientId, authPath, hintCookie } = config;
  const send = createSendRequest(config);
  const { logoutMethod = 'POST', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  const names = recordNames(key);
  const { revokeTokens, ...revocations } = createRevocations(config, names, records.tokens, send);
  const isHandler = mode === 'token-handler';

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
      clearOldSessions(config);
      if (isHandler) return;
      await Promise.allSettled([
        revocations.forgetTokens(),
        mode === 'sso-cookie' && records.shared.update(names.quietUntil, () => UNTIL_LOGIN),
        records.shared.update(names.logins, () => undefined),
      ]);
    },
    ...revocations,
    notifyServer: (isLeaving = false) =>
      withDeadline((isHandler ? notifyHandler : notifyIssuer)(isLeaving), NOTIFY_TIMEOUT_MS).catch(
        () => {},
      ),
  };
}
