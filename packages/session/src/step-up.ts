import type { LoginOptions } from './driver.js';
import { AuthError } from './errors.js';

/**
 * The error for an API that asks for a stronger or newer login than the session's, or `null` for any other 401.
 * Its `loginOptions` are what to log in with. The API must expose the header to other origins.
 * @see RFC 9470 section 3
 */
export function readStepUp(headers: Headers): AuthError | null {
  const challenge = headers.get('www-authenticate') ?? '';
  if (readParam(challenge, 'error') !== 'insufficient_user_authentication') return null;
  const acrValues = readParam(challenge, 'acr_values');
  const maxAgeSeconds = Number.parseInt(readParam(challenge, 'max_age') ?? '', 10);
  const loginOptions: LoginOptions = {
    ...(acrValues !== undefined && { acrValues }),
    ...(maxAgeSeconds >= 0 && { maxAgeSeconds }),
  };
  return new AuthError(
    'login_required',
    "The API asks for another login: use this error's loginOptions.",
    { oauthError: 'insufficient_user_authentication', loginOptions },
  );
}

function readParam(challenge: string, name: string): string | undefined {
  const [, quoted, bare] =
    new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,"]+))`, 'i').exec(challenge) ?? [];
  return quoted ?? bare;
}
