import type { CallOptions, ManagementApi } from '../api.js';
import { pathOf } from '../path.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** The properties of an access list. */
export interface AccessListContent {
  name: string;
  description?: string;
  type:
    | 'CSV_FILE_OLD'
    | 'CSV_FILE'
    | 'CSV_TRANSACTIONS'
    | 'CLAIMED'
    | 'MANUAL'
    | 'HOOK'
    | 'BASIC_API';
  status: 'DRAFT' | 'ACTIVE' | 'CANCELED';
  excludeFromStats?: boolean;
}

/** A list of users with access that was not bought at Sesamy. */
export interface AccessList extends AccessListContent {
  id: string;
}

/** The properties of a grant. */
export interface GrantContent {
  email: string;
  sku: string;
  poId: string;
  status: 'ACTIVE' | 'INACTIVE' | 'CANCELED';
  userId?: string;
  publisherUserId?: string;
  /** ISO 8601. */
  startsAt?: string;
  /** ISO 8601. */
  endsAt?: string;
  firstName?: string;
  lastName?: string;
  phone?: string;
  publisherPurchaseId?: string;
  notes?: string;
  extraFields?: Record<string, string>;
  excludeFromStats?: boolean;
}

/** One user's access to one product. */
export interface Grant extends GrantContent {
  id: string;
  /** The id of its access list. */
  source: string;
}

/** The grants of access lists. */
export interface GrantsResource {
  list(accessListId: string, options?: CallOptions): Promise<Grant[]>;
  get(accessListId: string, grantId: string, options?: CallOptions): Promise<Grant>;
  create(accessListId: string, grant: GrantContent, options?: CallOptions): Promise<Grant>;
  update(
    accessListId: string,
    grantId: string,
    change: Partial<GrantContent>,
    options?: CallOptions,
  ): Promise<Grant>;
  delete(accessListId: string, grantId: string, options?: CallOptions): Promise<void>;
}

/** Access lists and their grants. */
export interface AccessListsResource extends ListResource<AccessList, Record<string, never>> {
  readonly grants: GrantsResource;
  get(accessListId: string, options?: CallOptions): Promise<AccessList>;
  create(list: AccessListContent, options?: CallOptions): Promise<AccessList>;
  replace(
    accessListId: string,
    list: AccessListContent,
    options?: CallOptions,
  ): Promise<AccessList>;
  update(
    accessListId: string,
    change: Partial<AccessListContent>,
    options?: CallOptions,
  ): Promise<AccessList>;
}

/** `/access-lists` and its subresources. */
export function accessLists(api: ManagementApi): AccessListsResource {
  return {
    ...listResource<AccessList, Record<string, never>>(api, '/access-lists'),
    grants: grants(api),
    get: async (id, options) => api.get(pathOf`/access-lists/${id}`, options),
    create: (list, options) => api.post('/access-lists', list, options),
    replace: async (id, list, options) => api.put(pathOf`/access-lists/${id}`, list, options),
    update: async (id, change, options) => api.patch(pathOf`/access-lists/${id}`, change, options),
  };
}

function grants(api: ManagementApi): GrantsResource {
  return {
    list: async (listId, options) => api.getAll(pathOf`/access-lists/${listId}/grants`, options),
    get: async (listId, id, options) =>
      api.get(pathOf`/access-lists/${listId}/grants/${id}`, options),
    // The API requires the list's id in the body as well.
    create: async (listId, grant, options) =>
      api.post(pathOf`/access-lists/${listId}/grants`, { ...grant, source: listId }, options),
    update: async (listId, id, change, options) =>
      api.put(pathOf`/access-lists/${listId}/grants/${id}`, change, options),
    delete: async (listId, id, options) =>
      api.delete(pathOf`/access-lists/${listId}/grants/${id}`, options),
  };
}
