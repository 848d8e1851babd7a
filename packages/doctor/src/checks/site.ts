import { finding, type Finding } from '../finding.js';
import type { Setup } from '../setup.js';

/** Creates the finding on whether the issuer's cookies are first-party on the page. */
export function judgeSite({ origin, issuer, mode }: Setup, isSameSite: boolean): Finding {
  if (isSameSite) return finding('first-party', 'ok', `${issuer} is on the site of ${origin}.`);
  const seen = `${issuer} is on another site than ${origin}.`;
  return finding('first-party', mode === 'sso-cookie' ? 'error' : 'info', seen);
}
