import { checkOptions } from './check-options.js';
import { isDevelopment } from '../development.js';
import { loadOptionHints } from '../on-demand/option-hints.js';

/**
 * Checks the options when the session is created, and warns in development of names that are not options. In builds
 * with the condition `production`, `check-early.production.ts` takes the place of this module.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function checkEarly(options: unknown): void {
  const unknown = checkOptions(options);
  if (unknown.length === 0 || !isDevelopment()) return;
  loadOptionHints()
    .then(({ warnOfUnknown }) => warnOfUnknown(unknown))
    .catch(() => {});
}
