import { ManagementError } from './errors.js';
import type { ManagementHooks } from './hooks.js';
import type { TokenCache } from './shared-token.js';

/** Options of a {@link ManagementClient}. */
export interface ManagementClientOptions extends ManagementHooks {
  /** Default: the environment's `SESAMY_CLIENT_ID`. */
  clientId?: string | undefined;
  /** Default: the environment's `SESAMY_CLIENT_SECRET`. */
  clientSecret?: string | undefined;
  /** The API that the token is for. Default `https://api.sesamy.com`. */
  audience?: string | undefined;
  /** Scopes to request, separated by spaces. Default: all that the application was granted. */
  scope?: string | undefined;
  /** The issuer of the tokens. Default `https://token.sesamy.com/`. */
  issuer?: string | undefined;
  /** The issuer by its host alone, as in Sesamy's documentation; either this or `issuer`. */
  domain?: string | undefined;
  /**
   * Where the API is. Default `https://api.sesamy.com`. A URL without a path is taken to serve `/management/v1`;
   * one with a path is taken as it is (`https://api2.sesamy.com/management`).
   */
  apiUrl?: string | undefined;
  /** How long one request may take, in milliseconds. Default 10,000. */
  timeoutMs?: number | undefined;
  /** How often a failed idempotent request is retried. Default 2. */
  maxRetries?: number | undefined;
  /**
   * The longest wait before a retry, in milliseconds. If the server requests more, the call rejects immediately with
   * `rate_limited`. Default 60,000, the length of Sesamy's rate-limit window.
   */
  maxRetryDelayMs?: number | undefined;
  /** How many requests may run concurrently. Default 16. */
  maxConcurrency?: number | undefined;
  /** A cache that processes share, such as a Keyv instance. It stores the access token unencrypted. */
  cache?: TokenCache | undefined;
  /** Replaces the global `fetch`, for proxies and tests. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** {@link ManagementClientOptions} with every default in place. */
export interface ResolvedOptions {
  clientId: string;
  clientSecret: string;
  audience: string;
  scope: string | undefined;
  tokenUrl: string;
  apiUrl: string;
  timeoutMs: number;
  maxRetries: number;
  maxRetryDelayMs: number;
  maxConcurrency: number;
  cache: TokenCache | undefined;
  fetch: typeof globalThis.fetch;
  hooks: ManagementHooks;
}

/** Every option. A misspelt one would otherwise be ignored, and without `scope` a token has all scopes. */
const optionNames: Readonly<Record<keyof ManagementClientOptions, true>> = {
  clientId: true,
  clientSecret: true,
  audience: true,
  scope: true,
  issuer: true,
  domain: true,
  apiUrl: true,
  timeoutMs: true,
  maxRetries: true,
  maxRetryDelayMs: true,
  maxConcurrency: true,
  cache: true,
  fetch: true,
  onRequest: true,
  onResponse: true,
  onRetry: true,
};

/** The maximum of timers: 24 days. */
export const maxDelayMs = 2_147_483_647;

/** Fills in Sesamy's defaults and throws `invalid_configuration` for options that cannot work or would leak the secret. */
export function resolveOptions(options: ManagementClientOptions): ResolvedOptions {
  rejectBrowsers();
  // JavaScript callers may pass anything.
  if (typeof options !== 'object' || options === null) {
    throw misconfigured('The options of the client must be an object.');
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name));
  if (unknown !== undefined) {
    throw misconfigured(
      `There is no option ${JSON.stringify(unknown)}. Use one of: ${Object.keys(optionNames).join(', ')}.`,
    );
  }
  return {
    clientId: credential('clientId', 'SESAMY_CLIENT_ID', options.clientId),
    clientSecret: credential('clientSecret', 'SESAMY_CLIENT_SECRET', options.clientSecret),
    audience: text('audience', options.audience ?? 'https://api.sesamy.com'),
    scope: options.scope === undefined ? undefined : text('scope', options.scope),
    tokenUrl: new URL('oauth/token', issuerOf(options)).href,
    apiUrl: apiBase(options.apiUrl ?? 'https://api.sesamy.com'),
    timeoutMs: atLeast(1, 'timeoutMs', options.timeoutMs ?? 10_000, maxDelayMs),
    maxRetries: atLeast(0, 'maxRetries', options.maxRetries ?? 2),
    maxRetryDelayMs: atLeast(0, 'maxRetryDelayMs', options.maxRetryDelayMs ?? 60_000, maxDelayMs),
    maxConcurrency: atLeast(1, 'maxConcurrency', options.maxConcurrency ?? 16),
    cache: cacheOf(options.cache),
    // Read at each call, so that instrumentation installed later is used.
    fetch: callable('fetch', options.fetch) ?? ((input, init) => globalThis.fetch(input, init)),
    hooks: {
      onRequest: callable('onRequest', options.onRequest),
      onResponse: callable('onResponse', options.onResponse),
      onRetry: callable('onRetry', options.onRetry),
    },
  };
}

/** A developer's mistake, found before anything was sent. */
export function misconfigured(message: string): ManagementError {
  return new ManagementError(message, { code: 'invalid_configuration' });
}

function rejectBrowsers(): void {
  // Every browser identifies as Mozilla, in pages and workers; Node, Deno, Bun and edge runtimes by their names.
  const userAgent = typeof navigator === 'undefined' ? undefined : navigator.userAgent;
  if (typeof document === 'undefined' && !userAgent?.startsWith('Mozilla/')) return;
  throw misconfigured(
    'The Management API client does not run in a browser: every visitor of the page could read the client secret. ' +
      'Call it from your backend, and your backend from the page.',
  );
}

function credential(option: string, variable: string, given: string | undefined): string {
  const value = given ?? fromEnvironment(variable);
  const name =
    given === undefined ? `The environment variable ${variable}` : `The option ${option}`;
  if (value === undefined || value === '') {
    throw misconfigured(
      `No ${option}: pass the option or set the environment variable ${variable}. Both values are shown once, when a ` +
        'Management API application is created in the Sesamy dashboard under Settings > API > Applications.',
    );
  }
  if (/\s/.test(text(option, value))) {
    throw misconfigured(
      `${name} contains white space. Remove it: often it is a line break at the end.`,
    );
  }
  return value;
}

function fromEnvironment(variable: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[variable];
}

function issuerOf({ issuer, domain }: ManagementClientOptions): URL {
  if (issuer !== undefined && domain !== undefined) {
    throw misconfigured(
      'Both issuer and domain are given. Keep one: domain is short for the issuer https://{domain}/.',
    );
  }
  if (domain !== undefined && !/^[\w.-]+(:\d+)?$/.test(domain)) {
    throw misconfigured(
      'The option domain must be a bare host such as token.sesamy.com. Use issuer for a whole URL.',
    );
  }
  const url = secureUrl('issuer', issuer ?? `https://${domain ?? 'token.sesamy.com'}/`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function apiBase(value: string): string {
  const url = secureUrl('apiUrl', value);
  if (url.pathname === '/') url.pathname = '/management/v1';
  return url.href.replace(/\/+$/, '');
}

function secureUrl(option: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw misconfigured(
      `The option ${option} must be an absolute URL without credentials, query or fragment.`,
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw misconfigured(
      `The option ${option} must be an https URL: secret and token travel with each request.`,
    );
  }
  return url;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]'
  );
}

function text(option: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw misconfigured(`The option ${option} must be a string that is not blank.`);
}

function cacheOf(cache: TokenCache | undefined): TokenCache | undefined {
  const methods = ['get', 'set', 'delete'] as const;
  if (!cache || methods.every((name) => typeof cache[name] === 'function')) return cache;
  throw misconfigured('The option cache must have the methods get, set and delete, as Keyv does.');
}

function callable<Value>(option: string, value: Value): Value {
  if (value === undefined || typeof value === 'function') return value;
  throw misconfigured(`The option ${option} must be a function.`);
}

function atLeast(
  minimum: number,
  option: string,
  value: number,
  maximum = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isFinite(value) && value >= minimum && value <= maximum) return value;
  throw misconfigured(
    `The option ${option} must be a number of at least ${minimum} and at most ${maximum}.`,
  );
}
