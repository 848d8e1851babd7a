import { timeoutSignal, withDeadline } from '../platform/deadline.js';
import { isObject, readString } from '../platform/json.js';
import type { SessionConfig } from '../options.js';
import { recordNames, UNTIL_LOGIN } from '../storage/record-names.js';
import type { SessionRecords } from '../storage/session-records.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { clearPendingLogout, markLoginAsking, isLogoutPending } from '../storage/pending-logout.js';
import { forgetUser } from './forget-user.js';

/** A logout does not wait longer for the server. */
const TELL_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 2_500;

/** Of more tokens than this, the oldest are dropped. */
const MAX_REVOCATIONS = 20;

/**
 * The end of a session, which needs no code that is loaded on demand: after a deploy that may be gone, and a session
 * that only this page believes to be over would come back.
 */
export interface SessionEnd {
  /** Forgets the session in this browser. Keeps what the server must still be told. Never rejects. */
  forget(): Promise<void>;
  /** Forgets the tokens of this page alone, as with `storage: 'memory'`. Never rejects. */
  forgetTokens(): Promise<void>;
  /** Keeps a refresh token until the server has revoked it. Never rejects. */
  addRevocation(refreshToken: string): Promise<void>;
  /**
   * Tells the server what it has yet to hear, within 3 s. `isLeaving` when the page is about to go for the server.
   * Never rejects; what the server has not heard is told next time.
   */
  tellServer(isLeaving?: boolean): Promise<void>;
}

/** Makes the end of a session; does nothing yet. */
export function createSessionEnd(config: SessionConfig, records: SessionRecords): SessionEnd {
  const { key, mode, issuer, clientId, authPath, hintCookie } = config;
  const { logoutMethod = 'POST', csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  const names = recordNames(key);
  const isHandler = mode === 'token-handler';
  /** The tokens to revoke that storage may have failed to keep. */
  const unsent = new Set<string>();
  /** Whether there may be tokens that could not be read. */
  let isLeftBehind = false;

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
    isLeftBehind = await records.tokens.update(names.tokens, take).then(
      () => false,
      () => true,
    );
    if (refreshToken !== undefined) await addRevocation(refreshToken);
  }

  /** Resolves to how many the server has revoked, or never will; `null` when it has yet to hear of some. */
  async function revokeTokens(): Promise<number | null> {
    const stored = await records.tokens.get(names.revocations).catch(() => undefined);
    const tokens = new Set([...readTokens(stored), ...unsent]);
    const heard = await Promise.all(
      [...tokens].map(async (token) => ((await revoke(token)) ? token : undefined)),
    );
    heard.forEach((token) => token !== undefined && unsent.delete(token));
    if (readTokens(stored).length > 0) {
      const rest = (old: unknown): unknown => readTokens(old).filter((one) => !heard.includes(one));
      await records.tokens.update(names.revocations, rest).catch(() => {});
    }
    return isLeftBehind || heard.includes(undefined) ? null : heard.length;
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
    // Another try would not change a refusal.
    return response !== null && response.status < 500 && response.status !== 429;
  }

  /** Ends the server's own session where its cookie reaches it; a page that leaves for it does so in any case. */
  async function endServerSession(): Promise<boolean> {
    const url = `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId })}`;
    return (await send(url, { mode: 'no-cors', credentials: 'include' })) !== null;
  }

  function setHeard(isLeaving: boolean): void {
    if (isLeaving) clearPendingLogout(key);
    else if (isLogoutPending(key)) markLoginAsking(key);
  }

  async function tellIssuer(isLeaving: boolean): Promise<void> {
    const isPending = isLogoutPending(key);
    const revoked = await revokeTokens();
    if (!isPending || revoked === null) return;
    // A server that has just answered can be reached, so the page will get to the end of the session.
    const isToldByLeaving = isLeaving && revoked > 0;
    if (isToldByLeaving || (await endServerSession())) setHeard(isLeaving);
  }

  async function tellHandler(isLeaving: boolean): Promise<void> {
    if (logoutMethod === 'GET' || !(isLeaving || isLogoutPending(key))) return;
    const response = await send(`${authPath}/logout`, {
      method: 'POST',
      headers: { [csrfHeader]: '1' },
      redirect: 'error',
    });
    if (response?.ok !== true) return;
    setHeard(isLeaving);
    removeCookie(hintCookie);
  }

  return {
    async forget() {
      forgetUser(config);
      if (isHandler) return;
      await Promise.allSettled([
        forgetTokens(),
        mode === 'sso-cookie' && records.shared.update(names.quietUntil, () => UNTIL_LOGIN),
        records.shared.update(names.logins, () => undefined),
      ]);
    },
    forgetTokens,
    addRevocation,
    tellServer: (isLeaving = false) =>
      withDeadline(
        (isHandler ? tellHandler : tellIssuer)(isLeaving),
        TELL_TIMEOUT_MS,
        'The server did not answer.',
      ).catch(() => {}),
  };
}

function readTokens(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((token) => typeof token === 'string') : [];
}

/** `null` when there is no response in time. */
async function send(url: string, init: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, {
      ...init,
      cache: 'no-store',
      // The page may be about to leave.
      keepalive: true,
      signal: timeoutSignal(REQUEST_TIMEOUT_MS),
    });
  } catch {
    return null;
  }
}
