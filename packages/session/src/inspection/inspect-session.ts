import type { ApiProbe } from '../api/probed-fetch.js';
import { isObject, readString } from '../platform/json.js';
import { readJwt } from '../oidc/jwt.js';
import type { SessionConfig } from '../options.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { Session } from '../session.js';
import { listEntries, type StoredEntry } from '../storage/list-entries.js';
import { openChannel } from '../tabs/notices.js';
import { describeConfiguration, type ConfiguredOption } from './configuration.js';
import { INTERNALS, type SessionInternals } from './internals.js';

/** What an access token is good for. Never the token. Instants are epoch milliseconds. */
export interface AccessTokenFacts {
  /** By the issuer's clock; `undefined` if the token does not say. */
  readonly expiresAt: number | undefined;
  /** When the kit renews it ahead of expiry; `null` for never. */
  readonly renewalDueAt: number | null;
  readonly scope: string | undefined;
  readonly audience: readonly string[];
  /** Whether it is a JSON Web Token, which says what it is good for. */
  readonly isReadable: boolean;
}

/** A look inside a session, for devtools. It gives no token and no value that is stored. Not for apps: it may change. */
export interface SessionInspection {
  /** The name of the session's lock and channel, and how the names of its entries begin. */
  readonly key: string;
  /** Whether a token handler keeps the tokens, so that this page has none. */
  readonly isHandled: boolean;
  /** Whether a login's callback from elsewhere signs its user in for good: no cookie of a server matters. */
  readonly canSignInByCode: boolean;
  readonly configuration: readonly ConfiguredOption[];
  /** Lists what is stored, by name. */
  readonly listEntries: () => Promise<readonly StoredEntry[]>;
  /** Returns what the current access token is good for; `null` for none, or an expired one. */
  readonly readAccessToken: () => AccessTokenFacts | null;
  /** Treats the access token as expired, in this page only: the next call that needs one renews it. */
  readonly expireAccessToken: () => Promise<void>;
  /** Ends the session as a logout in another tab does. The server is notified. */
  readonly endElsewhere: () => Promise<void>;
  /** Lets `probe` watch the calls of `session.fetch`; returns a function that stops it. */
  readonly watchRequests: (probe: ApiProbe) => () => void;
}

/** Looks inside a session. Returns `null` for a session of another make, e.g. a test double. */
export function inspectSession(session: Session): SessionInspection | null {
  const internals = readInternals(session);
  if (internals === null) return null;
  const { options, probe, loadCore } = internals;
  const given = resolveOptions(options);
  /** With `auto`, the mode is known once the core is loaded. */
  const config = (): SessionConfig => internals.core?.context.config ?? given;
  const loadEngine = async () => (await loadCore()).context.loadEngine();

  return {
    key: given.key,
    get isHandled() {
      return config().mode === 'token-handler';
    },
    get canSignInByCode() {
      return config().mode === 'refresh-token';
    },
    get configuration() {
      return describeConfiguration(config(), given.mode === 'auto');
    },
    listEntries: () => listEntries(config()),
    readAccessToken() {
      const driver = internals.core?.context.engine()?.driver;
      const token = driver?.peekAccessToken(0) ?? null;
      return token === null
        ? null
        : { ...readFacts(token), renewalDueAt: driver?.refreshDueAt() ?? null };
    },
    async expireAccessToken() {
      (await loadEngine()).driver.expireAccessToken?.();
    },
    async endElsewhere() {
      const { end } = (await loadCore()).context;
      await end.forget();
      // Unlike the session's own channel, a further one also reaches this page.
      const channel = openChannel(given.key);
      channel?.postMessage('logged-out');
      channel?.close();
      await end.notifyServer();
    },
    watchRequests(watcher) {
      Object.assign(probe, watcher);
      return () => {
        delete probe.around;
        delete probe.send;
      };
    },
  };
}

function readInternals(session: object): SessionInternals | null {
  if (!isInspectable(session)) return null;
  return session[INTERNALS]();
}

function isInspectable(
  session: object,
): session is { readonly [INTERNALS]: () => SessionInternals } {
  return INTERNALS in session && typeof session[INTERNALS] === 'function';
}

function readFacts(token: string): Omit<AccessTokenFacts, 'renewalDueAt'> {
  const claims = readJwt(token)?.claims ?? {};
  const { exp, aud } = claims;
  const audience = Array.isArray(aud) ? aud : [aud];
  return {
    expiresAt: typeof exp === 'number' ? exp * 1000 : undefined,
    scope: readString(claims['scope']),
    audience: audience.filter((one) => typeof one === 'string'),
    isReadable: isObject(claims) && 'aud' in claims,
  };
}
