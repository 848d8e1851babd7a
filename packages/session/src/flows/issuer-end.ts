import { clearOldSessions } from '../migrate/clear-old-sessions.js';
import { isLogoutPending } from '../storage/logout-marker.js';
import { recordNames, UNTIL_LOGIN } from '../storage/record-names.js';
import { forgetUser } from './forget-user.js';
import { createRevocations } from './revocations.js';
import { createSendRequest } from './send-request.js';
import { markReceived, notifyInTime, type CreateEnd } from './session-end.js';

/** Creates the end of a session whose tokens are in this browser. */
export const createIssuerEnd: CreateEnd = (config, records) => {
  const { key, mode, issuer, clientId } = config;
  const send = createSendRequest(config);
  const names = recordNames(key);
  const { addRevocation, forgetTokens, revokeTokens, revoke } = createRevocations(
    config,
    names,
    records.tokens,
    send,
  );

  /** Ends the server's session if the browser sends its cookie. A redirect to the logout always does. */
  async function endServerSession(): Promise<boolean> {
    const url = `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId })}`;
    return (await send(url, { mode: 'no-cors', credentials: 'include' })) !== null;
  }

  async function notify(isLeaving: boolean): Promise<void> {
    const isPending = isLogoutPending(key);
    const revoked = await revokeTokens();
    // Another tab may have logged in meanwhile.
    if (!isPending || revoked === null || !isLogoutPending(key)) return;
    // The server has just responded, so the redirect will reach its logout.
    const isEndedByLeaving = isLeaving && revoked > 0;
    if (isEndedByLeaving || (await endServerSession())) markReceived(key, isLeaving);
  }

  const notifyServer = notifyInTime(notify);

  /** `isDue` is called in each transaction. */
  async function forgetSession(isDue: () => boolean): Promise<void> {
    clearOldSessions(config);
    await Promise.allSettled([
      forgetTokens(isDue),
      mode === 'sso-cookie' &&
        records.shared.update(names.quietUntil, (old) => (isDue() ? UNTIL_LOGIN : old)),
    ]);
  }

  return {
    async forget(options) {
      forgetUser(config, options);
      await Promise.allSettled([
        forgetSession(() => true),
        records.shared.update(names.logins, () => undefined),
      ]);
    },
    // A login removes the marker of the logout before it stores anything.
    forgetRest: () => forgetSession(() => isLogoutPending(key)),
    async forgetPageTokens() {
      // Another tab removes and revokes stored tokens.
      if (records.tokens.isLasting) return;
      await forgetTokens();
      await notifyServer();
    },
    addRevocation,
    revoke,
    notifyServer,
  };
};
