import { AuthError } from '../errors.js';
import type { BaseConfig, SessionOptions } from '../options.js';
import { isLoopback } from '../platform/loopback.js';

/**
 * Fills in the defaults of the options that a session uses before its core is loaded. Their values may not have been
 * checked yet: nothing here may send a credential anywhere.
 * @throws AuthError `invalid_configuration` for options that cannot be read
 */
export function resolveBase(options: SessionOptions): BaseConfig {
  try {
    return readBase(options);
  } catch {
    throw new AuthError('invalid_configuration', 'Invalid option: a development build names it.');
  }
}

function readBase(options: SessionOptions): BaseConfig {
  const { mode = 'refresh-token', storage = 'local', tokenHandler = {}, navigate } = options;
  const audience = options.authorizationParams?.['audience'] ?? options.audience;
  const issuerUrl = new URL(options.issuer ?? 'https://token.sesamy.com/');
  const issuer = issuerUrl.href.replace(/\/?$/, '/');
  // A token of a server on this machine must not be sent to Sesamy.
  const defaultApi = isLoopback(issuerUrl) ? issuerUrl.origin : 'https://api.sesamy.com';
  const apiUrl =
    mode === 'token-handler'
      ? (options.apiPath ?? '/sesamy/api')
      : new URL(options.apiUrl ?? defaultApi).href;
  return {
    ...options,
    audience,
    mode,
    storage,
    tokenHandler,
    issuer,
    apiUrl: withoutSlash(apiUrl),
    authPath: withoutSlash(options.authPath ?? '/sesamy/auth'),
    hintCookie: tokenHandler.hintCookie ?? 'sesamy_is_authenticated',
    toServer: typeof navigate === 'object' ? navigate.toServer : undefined,
    key: nameSession(options, audience, issuer, mode),
  };
}

/**
 * Returns the name of the session. Another API, organization or mode is another session. The scope is not part of the
 * name: the next login replaces a session with too narrow a scope.
 */
function nameSession(
  { clientId, organization }: SessionOptions,
  audience: string | undefined,
  issuer: string,
  mode: string,
): string {
  const target = new URLSearchParams({
    ...(audience !== undefined && { audience }),
    ...(organization !== undefined && { organization }),
  });
  const parts = [
    encodeURIComponent(clientId),
    // A semicolon separates the parts of the OAuth `state`, of which this is one.
    issuer.replaceAll(';', '%3B'),
    `${target}`,
    mode === 'refresh-token' ? '' : mode,
  ];
  return `sesamy-kit:${parts.filter(Boolean).join('@')}`;
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
