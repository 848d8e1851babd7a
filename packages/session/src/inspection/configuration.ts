import type { SessionConfig } from '../options.js';
import { resolveOptions } from '../options/resolve-options.js';

/** An option of a session, with its default filled in. */
export interface ConfiguredOption {
  readonly name: string;
  readonly value: string;
  /** Whether it is what a session has without the option. */
  readonly isDefault: boolean;
}

/**
 * Returns all options of a session, as text. Of `authorizationParams` only the names: a value may name a user.
 * `isModeChosen` for a session with the mode `auto`.
 */
export function describeConfiguration(
  config: SessionConfig,
  isModeChosen = false,
): readonly ConfiguredOption[] {
  const { clientId, mode, issuer } = config;
  // The default of `apiUrl` follows from the issuer.
  const usual = new Map(describe(resolveOptions({ clientId, mode, issuer })));
  usual.set('issuer', resolveOptions({ clientId }).issuer);
  const chosen = mode === 'auto' ? 'auto, not chosen yet' : `auto, which has chosen ${mode}`;
  return describe(config).map(([name, value]) => ({
    name,
    value: name === 'mode' && isModeChosen ? chosen : value,
    isDefault:
      name !== 'clientId' &&
      (name === 'mode' ? value === 'refresh-token' && !isModeChosen : usual.get(name) === value),
  }));
}

function describe(config: SessionConfig): readonly (readonly [name: string, value: string])[] {
  const isHandled = config.mode === 'token-handler';
  const { returnToParam = 'returnTo', logoutMethod = 'POST' } = config.tokenHandler;
  const { csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  return [
    ['clientId', config.clientId],
    ['mode', config.mode],
    ...(config.mode === 'sso-cookie'
      ? [['fallbackMode', config.fallbackMode ?? 'none'] as const]
      : []),
    ['issuer', config.issuer],
    [isHandled ? 'apiPath' : 'apiUrl', config.apiUrl],
    ['redirectUri', config.redirectUri ?? `${location.origin}/`],
    ['scope', grantedScope(config)],
    ['audience', config.authorizationParams['audience'] ?? "the server's choice"],
    ['organization', config.organization ?? 'none'],
    ['storage', config.storage],
    ['allowedOrigins', otherOrigins(config)],
    ['authorizationParams', paramNames(config)],
    ['verifySignature', String(config.verifySignature ?? false)],
    [
      'navigate.toPage',
      config.toPage === undefined ? 'history.replaceState and popstate' : 'a function',
    ],
    ['navigate.toServer', config.toServer === undefined ? 'location.assign' : 'a function'],
    ['fetch', config.fetch === undefined ? "the platform's" : 'a function'],
    ['userSchema', config.userSchema === undefined ? 'none' : 'a schema'],
    ['takeOver', config.takeOver === undefined ? 'none' : 'from another library'],
    ...(isHandled
      ? ([
          ['authPath', config.authPath],
          ['vendorId', config.vendorId],
          ['tokenHandler.returnToParam', returnToParam],
          ['tokenHandler.logoutMethod', logoutMethod],
          ['tokenHandler.csrfHeader', csrfHeader],
          ['tokenHandler.hintCookie', config.hintCookie],
        ] as const)
      : []),
  ];
}

/** A refresh token needs `offline_access`. */
function grantedScope({ mode, scope }: SessionConfig): string {
  if (mode !== 'refresh-token') return scope;
  return [...new Set([...scope.split(' '), 'offline_access'])].join(' ');
}

/** The origins that the app has added to the API's. */
function otherOrigins({ allowedOrigins, apiUrl }: SessionConfig): string {
  const { origin } = new URL(apiUrl, location.origin);
  const others = [...allowedOrigins].filter((each) => each !== origin);
  return others.join(' ') || "none but the API's";
}

function paramNames({ authorizationParams }: SessionConfig): string {
  const names = Object.keys(authorizationParams).filter((name) => name !== 'audience');
  return names.join(' ') || 'none';
}
