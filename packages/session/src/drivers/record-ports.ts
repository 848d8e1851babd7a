import type { DriverEvents } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import type { RecordPorts } from '../oidc/renewal.js';
import type { EndReason } from '../state.js';
import type { TokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { TokenStore } from '../tokens/token-store.js';
import type { Logouts } from './logouts.js';

/** What the ports use of their driver. */
export interface RecordContext {
  readonly store: TokenStore;
  readonly logouts: Logouts;
  readonly events: DriverEvents;
  readonly tokens: Pick<TokenHolder, 'record'>;
  /** Sets the tokens of this page, and remembers their user for the next; `null` removes both. */
  readonly hold: (record: TokenRecord | null) => void;
}

/** Creates the ports by which renewals read and store the record that the tabs share. */
export function createRecordPorts({
  store,
  logouts,
  events,
  tokens,
  hold,
}: RecordContext): RecordPorts {
  let isLoggedOutInFlight = (): boolean => false;

  return {
    revoke: store.revoke,
    onStart() {
      isLoggedOutInFlight = logouts.watch();
    },
    read: async () => store.asUsable(await store.read()),
    async write(record, spent) {
      const isKept = await store.replace(spent, record).catch(async () => {
        if (isLoggedOutInFlight()) return false;
        // The used token must not be read again.
        await store.put(record);
        return true;
      });
      // After a logout, no other tab has the new token.
      if (!isKept && (await store.isForgotten())) store.revoke(record);
      return isKept;
    },
    clear: async (record) => void (await store.replace(record, undefined)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        // A flight that ends after a logout must not restore the session.
        if (isLoggedOutInFlight()) throw new AuthError('login_required', 'Logged out.');
        hold(outcome.grant);
        events.onRenewed(outcome.grant.user, outcome.isNew);
        events.onRenewal(outcome.isNew);
        return;
      }
      events.onRenewalFailed(outcome.error);
      if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const reason = endReason(outcome.error, tokens.record);
        hold(null);
        events.onEnded(reason);
      }
    },
  };
}

/** Returns why the session ended; the server's description distinguishes `expired` from `revoked`. */
function endReason(error: AuthError, record: TokenRecord | undefined): EndReason {
  if (error.oauthError === undefined) {
    return record?.refreshToken === undefined ? 'expired' : 'logged-out-elsewhere';
  }
  return /expired/i.test(error.oauthErrorDescription ?? '') ? 'expired' : 'revoked';
}
