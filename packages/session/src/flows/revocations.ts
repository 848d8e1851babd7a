import type { SessionConfig } from '../options.js';
import { isObject, readString } from '../platform/json.js';
import type { RecordNames } from '../storage/record-names.js';
import type { RecordStore } from '../storage/records.js';
import type { SendRequest } from './send-request.js';

/** The oldest tokens beyond this number are dropped. */
const MAX_REVOCATIONS = 20;

/** The refresh tokens that the server has yet to revoke. */
export interface Revocations {
  /** Stores a refresh token until the server has revoked it. Does not reject. */
  readonly addRevocation: (refreshToken: string) => Promise<void>;
  /**
   * Removes the tokens of this session, unless `isDue` returns `false` when they are read, and stores the refresh token
   * until it is revoked. Does not reject.
   */
  readonly forgetTokens: (isDue?: () => boolean) => Promise<void>;
  /** Resolves to the number of tokens that the server has revoked or refused; `null` if it has not received some. */
  readonly revokeTokens: () => Promise<number | null>;
  /** Revokes, in the background, a refresh token that is not stored, if there is one. */
  readonly revoke: (refreshToken: string | undefined) => void;
}

/** Creates the list. Sends nothing until it is used. */
export function createRevocations(
  { issuer, clientId }: SessionConfig,
  names: RecordNames,
  records: RecordStore,
  send: SendRequest,
): Revocations {
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
    await records.update(names.revocations, add).catch(() => {});
  }

  async function forgetTokens(isDue = () => true): Promise<void> {
    let refreshToken: string | undefined;
    const take = (old: unknown): unknown => {
      if (!isDue()) return old;
      refreshToken = isObject(old) ? readString(old['refreshToken']) : undefined;
      return undefined;
    };
    hasUnreadTokens = await records.update(names.tokens, take).then(
      () => false,
      () => true,
    );
    if (refreshToken !== undefined) await addRevocation(refreshToken);
  }

  async function revokeTokens(): Promise<number | null> {
    const stored = await records.get(names.revocations).catch(() => undefined);
    const tokens = new Set([...readTokens(stored), ...unsent]);
    const received = await Promise.all(
      [...tokens].map(async (token) => ((await revokeOnce(token)) ? token : undefined)),
    );
    received.forEach((token) => token !== undefined && unsent.delete(token));
    if (readTokens(stored).length > 0) {
      const rest = (old: unknown): unknown =>
        readTokens(old).filter((one) => !received.includes(one));
      await records.update(names.revocations, rest).catch(() => {});
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

  return {
    addRevocation,
    forgetTokens,
    revokeTokens,
    revoke: (token) => void (token && revokeOnce(token)),
  };
}

function readTokens(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((token) => typeof token === 'string') : [];
}
