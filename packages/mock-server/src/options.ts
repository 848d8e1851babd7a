import { type ClientOptions, SEEDED_CLIENTS } from './clients.js';
import { SEEDED_USERS, type UserOptions } from './users.js';

/**
 * How the server responds: `documented` as Sesamy's pages and the RFCs say, `engine` as the
 * open-source engine behind Sesamy really does.
 */
export type Fidelity = 'documented' | 'engine';

/** Lifetimes, on the server's clock. */
export interface Lifetimes {
  /** Default 3600, as documented; 7200 with `engine` fidelity. */
  readonly accessTokenSeconds: number;
  /** Token of a client_credentials grant. Default 86400. */
  readonly managementTokenSeconds: number;
  /** Default 300. */
  readonly codeSeconds: number;
  /** A login page left open. Default 86400. */
  readonly loginSeconds: number;
  /** Session without any use. Default 3 days. */
  readonly sessionIdleSeconds: number;
  /** Session even if it is used. Default 7 days. */
  readonly sessionAbsoluteSeconds: number;
  /** Refresh token family without any use. Default 3 days. */
  readonly refreshTokenIdleSeconds: number;
  /** Refresh token family even if it is used. Default 7 days. */
  readonly refreshTokenAbsoluteSeconds: number;
}

/** Options of `createMockServer`; every one has a default. */
export interface MockServerOptions {
  /**
   * Issuer identifier, ending with `/`. Default `https://token.sesamy.com/`; after `listen()` the
   * address it listens on. A given issuer is never changed.
   */
  readonly issuer?: string;
  /** Further hosts that are separate issuers, such as `https://login.publisher.test/`. */
  readonly customDomains?: readonly string[];
  /** Registered applications. Default: the public client `publisher-web`. */
  readonly clients?: readonly ClientOptions[];
  /** Who can log in. Default: `ada`, `grace` and `alan`. */
  readonly users?: readonly UserOptions[];
  /** Vendor (tenant) id: names the session cookie and the `tenant_id`, `vendor_id` claims. Default `publisher`. */
  readonly vendorId?: string;
  /** Same seed, same ids, codes and tokens. Default: real randomness. */
  readonly seed?: string | number;
  /** Default `documented`. */
  readonly fidelity?: Fidelity;
  readonly lifetimes?: Partial<Lifetimes>;
  /** Audience of access tokens when the request names none. Default `https://api.sesamy.com`. */
  readonly defaultAudience?: string;
  /** Audiences a request may name. Default: Sesamy's. */
  readonly audiences?: readonly string[];
  /** Whether refresh tokens need the scope `offline_access`. Default true. */
  readonly requiresOfflineAccess?: boolean;
  /** Whether authorization responses carry `iss` (RFC 9207). Default false, as at Sesamy. */
  readonly sendsIssParameter?: boolean;
  /**
   * Whether users' access tokens carry `auth_time` and `acr` (RFC 9068 section 2.2.1): the context class that was
   * requested first, else `0`. An API needs both to require a fresh or stronger login. Default false, as at Sesamy.
   */
  readonly sendsAuthenticationClaims?: boolean;
  /** Whether `/userinfo` can be called across origins. Default false, as at Sesamy. */
  readonly hasUserinfoCors?: boolean;
  /**
   * Which hosts get the session cookie: the `host` that set it, or by a `Domain` attribute all of
   * its `domain`, the last two labels of the host, as the engine has it. Default `host`.
   */
  readonly sessionCookieScope?: 'host' | 'domain';
  /** Whether the APIs respond with 429 beyond Sesamy's documented limits. Default false: they only send the headers. */
  readonly enforcesRateLimits?: boolean;
  /**
   * Whether the dashboard and the control plane are served at `/mock`, to this machine only.
   * Default false; the command line turns it on.
   */
  readonly hasControlPlane?: boolean;
  /**
   * Lets requests from other machines and through proxies use the control plane, when they send it as
   * bearer token. Default: none do.
   */
  readonly controlToken?: string;
  /** Receives warnings, such as faults that hit no request. Default: the console. */
  readonly onWarning?: (message: string) => void;
}

/** The options with every default filled in. */
export type ResolvedOptions = Required<
  Omit<MockServerOptions, 'issuer' | 'seed' | 'lifetimes' | 'controlToken'>
> & {
  readonly issuer: string | null;
  readonly controlToken: string | null;
  readonly seed: string | number | null;
  readonly lifetimes: Lifetimes;
};

/** Sesamy's own issuer: the server's issuer until it listens. */
export const SESAMY_ISSUER = 'https://token.sesamy.com/';

const DAY_SECONDS = 86_400;

const DEFAULT_LIFETIMES: Lifetimes = {
  accessTokenSeconds: 3600,
  managementTokenSeconds: DAY_SECONDS,
  codeSeconds: 300,
  loginSeconds: DAY_SECONDS,
  sessionIdleSeconds: 3 * DAY_SECONDS,
  sessionAbsoluteSeconds: 7 * DAY_SECONDS,
  refreshTokenIdleSeconds: 3 * DAY_SECONDS,
  refreshTokenAbsoluteSeconds: 7 * DAY_SECONDS,
};

/**
 * Fills in the defaults.
 * @throws TypeError when `issuer` or a custom domain is not an http(s) URL ending with `/`.
 */
export function resolveOptions(options: MockServerOptions): ResolvedOptions {
  for (const issuer of [options.issuer ?? SESAMY_ISSUER, ...(options.customDomains ?? [])]) {
    checkIssuer(issuer);
  }
  const defaultAudience = options.defaultAudience ?? 'https://api.sesamy.com';
  return {
    issuer: options.issuer ?? null,
    customDomains: options.customDomains ?? [],
    clients: options.clients ?? SEEDED_CLIENTS,
    users: options.users ?? SEEDED_USERS,
    vendorId: options.vendorId ?? 'publisher',
    seed: options.seed ?? null,
    fidelity: options.fidelity ?? 'documented',
    lifetimes: {
      ...DEFAULT_LIFETIMES,
      ...(options.fidelity === 'engine' && { accessTokenSeconds: 7200 }),
      ...options.lifetimes,
    },
    defaultAudience,
    audiences: [
      defaultAudience,
      ...(options.audiences ?? ['https://api.sesamy.com', 'urn:sesamy']),
    ],
    requiresOfflineAccess: options.requiresOfflineAccess ?? true,
    sendsIssParameter: options.sendsIssParameter ?? false,
    sendsAuthenticationClaims: options.sendsAuthenticationClaims ?? false,
    hasUserinfoCors: options.hasUserinfoCors ?? false,
    sessionCookieScope: options.sessionCookieScope ?? 'host',
    hasControlPlane: options.hasControlPlane ?? false,
    controlToken: options.controlToken ?? null,
    enforcesRateLimits: options.enforcesRateLimits ?? false,
    // oxlint-disable-next-line eslint/no-console -- the default place for warnings
    onWarning: options.onWarning ?? ((message) => console.warn(message)),
  };
}

/** Whether a text can be an issuer identifier: an http(s) URL that ends with `/`, without query or fragment. */
export function isIssuer(text: string): boolean {
  return /^https?:\/\/[^?#]+\/$/.test(text) && URL.canParse(text);
}

function checkIssuer(issuer: string): void {
  if (isIssuer(issuer)) return;
  throw new TypeError(
    `The issuer "${issuer}" must be an http(s) URL that ends with "/", without query or fragment.`,
  );
}
