import { engineMessage, RefusalError } from '../errors.js';

/** The issuer is unavailable; the session stays as it is. */
export function unavailable(): RefusalError {
  const text = 'The issuer cannot be reached just now. Try again.';
  return new RefusalError(503, 'temporarily_unavailable', text, engineMessage(503, text));
}

/** The request was not sent by a page of the site, or cannot prove it. */
export function forged(description: string): RefusalError {
  return new RefusalError(403, 'access_denied', description, engineMessage(403, description));
}
