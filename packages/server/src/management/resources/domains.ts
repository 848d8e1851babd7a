import type { CallOptions, ManagementApi } from '../api.js';
import { pathOf } from '../path.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** How a domain proves what it signs: a key, or where its keys are. */
export type DomainKey = { signingKeyPem: string } | { jwksUri: string };

/** A domain of the publisher with its key. */
export type Domain = { domain: string } & Partial<Record<'signingKeyPem' | 'jwksUri', string>>;

/** The publisher's domains; needs the scopes `domains:read` and `domains:write`. */
export interface DomainsResource extends ListResource<Domain, Record<string, never>> {
  get(domain: string, options?: CallOptions): Promise<Domain>;
  put(domain: string, key: DomainKey, options?: CallOptions): Promise<Domain>;
  delete(domain: string, options?: CallOptions): Promise<void>;
}

/** `/domains`. */
export function domains(api: ManagementApi): DomainsResource {
  return {
    ...listResource<Domain, Record<string, never>>(api, '/domains'),
    get: async (domain, options) => api.get(pathOf`/domains/${domain}`, options),
    put: async (domain, key, options) => api.put(pathOf`/domains/${domain}`, key, options),
    delete: async (domain, options) => api.delete(pathOf`/domains/${domain}`, options),
  };
}
