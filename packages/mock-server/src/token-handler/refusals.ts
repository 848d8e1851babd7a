import { engineMessage, RefusalError } from '../errors.js';

/** The issuer cannot be asked just now; the session stays as it is. */
export function unavailable(): RefusalError {
  const text = 'The issuer cannot be reached just now. Try again.';
  return new RefusalError(503, 'temporarily_unavailable', text, engineMessage(503, text));
}

/** The request was not sent by a page of the site, or does not prove it. */
export function forged(description: string): RefusalError {
  return new RefusalError(403, 'access_denied', description, engineMessage(403, description));
}
