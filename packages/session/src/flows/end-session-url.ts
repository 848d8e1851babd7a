import type { SessionConfig } from '../options.js';

/** Where the authorization server ends its own session; by client id, so that no ID Token is in the URL. */
export function endSessionUrl({ issuer, clientId }: SessionConfig, returnTo: string): string {
  return `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId, returnTo })}`;
}
