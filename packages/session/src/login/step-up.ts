import type { LoginOptions } from './login-options.js';
import { AuthError } from '../errors.js';
import { readString } from '../platform/json.js';

/**
 * Returns the error for an API that requires a stronger or newer login than the session's, or `null` for any other 401.
 * Log in with its `loginOptions`. The API must expose the header to other origins.
 * @see RFC 9470 section 3
 */
export function readStepUp(headers: Headers): AuthError | null {
  const params = readParams(headers.get('www-authenticate') ?? '');
  if (params.get('error') !== 'insufficient_user_authentication') return null;
  const acrValues = readString(params.get('acr_values'));
  const maxAgeSeconds = Number.parseInt(params.get('max_age') ?? '', 10);
  const loginOptions: LoginOptions = {
    ...(acrValues !== undefined && { acrValues }),
    ...(maxAgeSeconds >= 0 && { maxAgeSeconds }),
  };
  return new AuthError('login_required', 'Log in again with loginOptions.', {
    oauthError: 'insufficient_user_authentication',
    loginOptions,
  });
}

/** Parses the challenge's parameters. Quoted strings are read whole, since they may contain what looks like one. */
function readParams(challenge: string): ReadonlyMap<string, string> {
  const pairs = challenge.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/g);
  return new Map(
    [...pairs].map(([, name = '', quoted, bare = '']) => [name.toLowerCase(), quoted ?? bare]),
  );
}
