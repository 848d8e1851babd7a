import { AuthError } from './errors.js';

/** How an app describes itself and its Sesamy. Only `clientId` is required. */
export interface SessionOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /** How the session is kept. Default `refresh-token`, which works on any domain. */
  readonly mode?: 'refresh-token';
  /** The authorization server. Default `https://token.sesamy.com/`; a custom domain is simply another issuer. */
  readonly issuer?: string;
  /** Where Sesamy's API is. Default `https://api.sesamy.com`. */
  readonly apiUrl?: string;
  /** Where the server sends the user back to, as registered. Default: the root of the page's origin. */
  readonly redirectUri?: string;
  /** Space-separated. Default `openid profile email`; `offline_access` is added for the refresh token. */
  readonly scope?: string;
  /** The API the access token is for. Default: the server's own choice. */
  readonly audience?: string;
  /** Log in to this organization (its id); the answer must name the same one. */
  readonly organization?: string;
  /** `local` (default) keeps the session over reloads and in all tabs, `memory` only in this page. */
  readonly storage?: 'local' | 'memory';
  /** Origins besides that of `apiUrl` to which `session.fetch` may send the access token. */
  readonly allowedOrigins?: readonly string[];
  /** More parameters for the authorization request, in wire spelling, taken verbatim. */
  readonly authorizationParams?: Readonly<Record<string, string>>;
  /** Never: a browser cannot keep a secret. */
  readonly clientSecret?: never;
  /** Never: a browser cannot keep a secret. */
  readonly client_secret?: never;
}

/** The options with every default filled in and every URL in its normal form. */
export interface SessionConfig {
  readonly clientId: string;
  /** Ends with a slash, as in Sesamy's `iss`. */
  readonly issuer: string;
  /** Has no trailing slash. */
  readonly apiUrl: string;
  readonly redirectUri: string | undefined;
  readonly scope: string;
  readonly organization: string | undefined;
  readonly storage: 'local' | 'memory';
  readonly allowedOrigins: ReadonlySet<string>;
  readonly authorizationParams: Readonly<Record<string, string>>;
  /** Names this session's lock, channel and stored entries. */
  readonly key: string;
}

/** What the protocol itself sets; an app that sets one of them breaks the login or its security. */
const RESERVED_PARAMS = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
]);

/**
 * Checks the options and fills in Sesamy's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function resolveOptions(options: SessionOptions): SessionConfig {
  refuseSecrets(options);
  refuseSecrets(options.authorizationParams ?? {});
  const clientId = checkClientId(options.clientId);
  const issuer = checkUrl('issuer', options.issuer ?? 'https://token.sesamy.com/');
  const apiUrl = checkUrl('apiUrl', options.apiUrl ?? 'https://api.sesamy.com');
  checkChoice('mode', options.mode ?? 'refresh-token', ['refresh-token']);
  const extraOrigins = (options.allowedOrigins ?? []).map(
    (origin) => checkUrl('allowedOrigins', origin).origin,
  );
  return {
    clientId,
    issuer: withSlash(issuer.href),
    apiUrl: apiUrl.href.replace(/\/+$/, ''),
    redirectUri:
      options.redirectUri === undefined
        ? undefined
        : checkUrl('redirectUri', options.redirectUri).href,
    scope: withOfflineAccess(options.scope ?? 'openid profile email'),
    organization: options.organization,
    storage: checkChoice('storage', options.storage ?? 'local', ['local', 'memory']),
    allowedOrigins: new Set([apiUrl.origin, ...extraOrigins]),
    authorizationParams: checkParams(options),
    key: `sesamy-kit:${clientId}@${withSlash(issuer.href)}`,
  };
}

function refuseSecrets(options: object): void {
  const name = Object.keys(options).find((key) => /secret/i.test(key));
  if (name === undefined) return;
  throw invalid(
    `The option "${name}" was given, but code in a browser cannot keep a secret.`,
    'Remove it, and register the application as a single-page app, which has no client secret.',
  );
}

function checkClientId(clientId: unknown): string {
  if (typeof clientId === 'string' && /^[^\s]+$/.test(clientId)) return clientId;
  throw invalid(
    'The option "clientId" is missing, empty or holds white space.',
    "Pass the client id that Sesamy's dashboard shows for the application.",
  );
}

function checkUrl(name: string, value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid(
      `The option "${name}" is not an absolute URL.`,
      'Write it with its scheme, such as https://token.sesamy.com/.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw invalid(
      `The option "${name}" is plain http, which anybody on the way can read.`,
      'Use https; http is allowed for localhost only.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid(
      `The option "${name}" has credentials, a query or a fragment.`,
      'Give the bare URL.',
    );
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function checkChoice<Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw invalid(
    `The option "${name}" has an unknown value.`,
    `Use one of: ${choices.map((candidate) => `"${candidate}"`).join(', ')}.`,
  );
}

function checkParams(options: SessionOptions): Record<string, string> {
  const params = { ...options.authorizationParams };
  const reserved = Object.keys(params).find((key) => RESERVED_PARAMS.has(key));
  if (reserved !== undefined) {
    throw invalid(
      `"authorizationParams" sets "${reserved}", which the kit sets itself.`,
      'Remove it; scope, redirectUri and the like are options of their own.',
    );
  }
  return options.audience === undefined ? params : { audience: options.audience, ...params };
}

function withOfflineAccess(scope: string): string {
  return [...new Set([...scope.split(/\s+/), 'openid', 'offline_access'])]
    .filter((word) => word !== '')
    .join(' ');
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

function invalid(happened: string, remedy: string): AuthError {
  return new AuthError('invalid_configuration', `${happened} ${remedy}`);
}
