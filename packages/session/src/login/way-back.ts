import { isOwnCallback } from './find-callback.js';
import type { SessionConfig } from '../options.js';
import { parseReturnTo, withoutResponseParams } from './return-to.js';

/** Where in the app a login that begins now leads back to: where it was asked to, else where the user is. */
export function findReturnTo(wanted: string | undefined, config: SessionConfig): string {
  const page = new URL(location.href);
  const here = isOwnCallback(page, config) ? withoutResponseParams(page) : page.href;
  return parseReturnTo(wanted ?? here, location.origin) ?? '/';
}
