import type { CallOptions, ManagementApi } from '../api.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** A publisher, which Sesamy's API also calls vendor. */
export interface Publisher {
  id: string;
  name: string;
  logo?: string;
}

/** The properties of a publisher. */
export interface NewPublisher {
  id: string;
  name: string;
  website: string;
  country: string;
}

/** The publishers that the application may manage. */
export interface PublishersResource extends ListResource<Publisher, Record<string, never>> {
  create(publisher: NewPublisher, options?: CallOptions): Promise<Publisher>;
}

/** Reads at `/publishers`, the documented name; creates at `/vendors`, the only path that supports it. */
export function publishers(api: ManagementApi): PublishersResource {
  return {
    ...listResource<Publisher, Record<string, never>>(api, '/publishers'),
    create: (publisher, options) => api.post('/vendors', publisher, options),
  };
}
