import { type Client, isConfidential } from '../clients.js';
import type { ServerContext } from '../context.js';
import { engineMessage, RefusalError } from '../errors.js';
import { isRegisteredUri } from '../redirect-uri.js';
import type { Site } from './site.js';

/** The client of a token handler and its callback. */
export interface Vendor {
  readonly id: string;
  readonly redirectUri: string;
}

/**
 * The vendor of a path, if the handler is enabled for it on this site: by an active public client
 * with the vendor's id that has the handler's callback among its callbacks.
 * @throws RefusalError 404 when there is no such client, 403 when something is not registered
 */
export function requireVendor(server: ServerContext, site: Site, vendorId: string): Vendor {
  const client = server.state.clients.get(vendorId);
  if (!client?.isActive) {
    throw refusal(
      404,
      'not_found',
      `There is no vendor "${vendorId.slice(0, 100)}": register an active client with this clientId.`,
    );
  }
  const redirectUri = redirectUriOf(site, vendorId);
  const lack = findLack(server, client, redirectUri);
  if (lack !== null) {
    throw refusal(
      403,
      'unauthorized_client',
      `The token handler is not enabled for ${vendorId} here. ${lack}`,
    );
  }
  return { id: vendorId, redirectUri };
}

/** The first vendor that the handler is enabled for on this site, for requests that name none. */
export function findVendor(server: ServerContext, site: Site): Vendor | null {
  for (const client of server.state.clients.values()) {
    const redirectUri = redirectUriOf(site, client.clientId);
    if (client.isActive && findLack(server, client, redirectUri) === null)
      return { id: client.clientId, redirectUri };
  }
  return null;
}

function findLack(server: ServerContext, client: Client, redirectUri: string): string | null {
  if (isConfidential(client)) return 'Its client has a secret; it must be a public one.';
  if (!client.grantTypes.includes('authorization_code'))
    return 'Its client is not registered for the grant authorization_code.';
  return isRegisteredUri(redirectUri, client.callbacks, server.options.fidelity)
    ? null
    : `Add ${redirectUri} to the client's callbacks; registered: ${client.callbacks.join(', ') || 'none'}.`;
}

function redirectUriOf(site: Site, vendorId: string): string {
  return `${site.origin}${site.prefix}/auth/${encodeURIComponent(vendorId)}/callback`;
}

function refusal(status: number, error: string, description: string): RefusalError {
  return new RefusalError(status, error, description, engineMessage(status, description));
}
