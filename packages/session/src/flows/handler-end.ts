import { clearOldSessions } from '../migrate/clear-old-sessions.js';
import type { LogoutOptions } from '../session.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { clearPendingLogout, isLogoutPending } from '../storage/logout-marker.js';
import { forgetUser } from './forget-user.js';
import { createSendRequest } from './send-request.js';
import { markReceived, notifyInTime, type CreateEnd } from './session-end.js';

/** Creates the end of a session whose tokens are at a token handler. */
export const createHandlerEnd: CreateEnd = (config) => {
  const { key, authPath, hintCookie } = config;
  const send = createSendRequest(config);
  const { logoutMethod = 'POST', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;

  async function notify(isLeaving: boolean): Promise<void> {
    if (logoutMethod === 'GET' || !(isLeaving || isLogoutPending(key))) return;
    const response = await send(`${authPath}/logout`, {
      method: 'POST',
      headers: { [csrfHeader]: '1' },
      redirect: 'error',
    });
    if (response?.ok !== true) return;
    markReceived(key, isLeaving);
    removeCookie(hintCookie);
  }

  async function forget(options?: LogoutOptions): Promise<void> {
    forgetUser(config, options);
    // The entry may have marked it before the mode was chosen.
    if (logoutMethod === 'GET') clearPendingLogout(key);
    clearOldSessions(config);
  }

  return {
    forget,
    forgetRest: forget,
    // The handler keeps and revokes the tokens.
    forgetPageTokens: async () => {},
    addRevocation: async () => {},
    revoke() {},
    notifyServer: notifyInTime(notify),
  };
};
