import type { SessionMode } from '../options.js';
import type { SessionInfo } from '../session.js';
import type { TokenRecord } from '../tokens/token-record.js';

/** Returns what the app may know of the session's tokens. */
export function describe(
  mode: SessionMode,
  { expiresAt, scope, authentication = {} }: TokenRecord,
): SessionInfo {
  const { acr = null, amr = null, authTime = null } = authentication;
  return { mode, expiresAt, scope: scope ?? null, acr, amr, authTime };
}
