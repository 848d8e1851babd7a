import { isObject, readString } from '../platform/json.js';
import type { TakeOverApp } from './take-over.js';

/** Returns the `sub` of stored ID Token claims if they are of exactly this issuer and client. */
export function readSubject(
  claims: unknown,
  { issuer, clientId }: TakeOverApp,
): string | undefined {
  if (!isObject(claims) || claims['iss'] !== issuer) return undefined;
  const { aud } = claims;
  const isForClient = Array.isArray(aud) ? aud.includes(clientId) : aud === clientId;
  return isForClient ? readString(claims['sub']) : undefined;
}
