import type { BaseConfig } from '../options.js';

/**
 * Removes the sessions that other libraries have stored: once this one has a session or has logged out, none of them may
 * sign the user in again.
 */
export function clearOldSessions(config: BaseConfig): void {
  config.takeOver?.forEach((library) => library.clear(config));
}
