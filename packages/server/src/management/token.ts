import { abortable } from './abortable.js';

/** An access token and its expiry, as shared between processes. */
export interface TokenRecord {
  accessToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Provides the access token of one application. */
export interface TokenSource {
  /** A valid token. Concurrent callers share one request; a failure is not cached. */
  get(signal?: AbortSignal): Promise<string>;
  /** Drops `accessToken` because the API rejected it. Keeps a newer one. */
  drop(accessToken: string): void;
}

/** Gets a new token, or one that another process has fetched and `isWelcome` takes. */
export type LoadToken = (isWelcome: (record: TokenRecord) => boolean) => Promise<TokenRecord>;

interface HeldToken extends TokenRecord {
  /** From here on it is renewed in the background while callers use it. */
  renewAt: number;
  /** From here on callers wait for the next one. */
  unusableAt: number;
}

const leewayMs = 60_000;
const maxJitterMs = 300_000;
const transitMs = 5_000;

/**
 * Keeps the token in memory and renews it shortly before it expires: a minute, or a tenth of a short lifetime, plus up to
 * a twentieth at random, so that processes which started together do not renew together.
 */
export function createTokenSource(
  loadToken: LoadToken,
  random: () => number = Math.random,
): TokenSource {
  let held: HeldToken | undefined;
  let refused: string | undefined;
  let flight: Promise<string> | undefined;

  const hold = ({ accessToken, expiresAt }: TokenRecord): HeldToken => {
    const lifeMs = Math.max(0, expiresAt - Date.now());
    const jitterMs = random() * Math.min(maxJitterMs, lifeMs / 20);
    const renewAt = expiresAt - Math.min(leewayMs, lifeMs / 10) - jitterMs;
    return {
      accessToken,
      expiresAt,
      renewAt,
      unusableAt: expiresAt - Math.min(transitMs, lifeMs / 20),
    };
  };

  const isWelcome = ({ accessToken, expiresAt }: TokenRecord): boolean =>
    accessToken !== held?.accessToken &&
    accessToken !== refused &&
    Date.now() < expiresAt - transitMs;

  const load = async (): Promise<string> => {
    held = hold(await loadToken(isWelcome));
    return held.accessToken;
  };

  const renew = (): Promise<string> => {
    flight ??= load().finally(() => {
      flight = undefined;
    });
    return flight;
  };

  return {
    get(signal) {
      const now = Date.now();
      if (!held || now >= held.unusableAt) return abortable(renew(), signal);
      // A background failure is ignored here: it occurs again, and rejects, once the token is unusable.
      if (now >= held.renewAt) renew().catch(() => undefined);
      return Promise.resolve(held.accessToken);
    },
    drop(accessToken) {
      if (held?.accessToken !== accessToken) return;
      held = undefined;
      // A shared cache may still offer it.
      refused = accessToken;
    },
  };
}
