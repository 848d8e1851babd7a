import type { SessionConfig } from '../options.js';

/** Returns the authorization server's logout URL, with the client id instead of an ID Token. */
export function endSessionUrl({ issuer, clientId }: SessionConfig, returnTo: string): string {
  return `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId, returnTo })}`;
}
