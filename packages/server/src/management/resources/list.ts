import type { CallOptions, ManagementApi } from '../api.js';
import type { Page, Query } from '../pagination.js';

/** A list of the API. */
export interface ListResource<T, Q extends Query> {
  /** One page: the API's response to this query. */
  list(query?: Q, options?: CallOptions): Promise<T[]>;
  /** All items, from all pages. */
  listAll(query?: Q, options?: CallOptions): Promise<T[]>;
  /** Page by page; each is fetched when it is read. */
  pages(query?: Q, options?: CallOptions): AsyncIterable<Page<T>>;
}

/** The three ways to read the list at `path`. */
export function listResource<T, Q extends Query>(
  api: ManagementApi,
  path: string,
): ListResource<T, Q> {
  return {
    async list(query, options) {
      return listItems(await api.get<T[] | Record<string, T[]>>(path, { ...options, query }));
    },
    listAll: (query, options) => api.getAll<T>(path, { ...options, query }),
    pages: (query, options) => api.pages<T>(path, { ...options, query }),
  };
}

/** Some hosts respond with the array, others with an object that holds it under a name. */
function listItems<T>(body: T[] | Record<string, T[]>): T[] {
  return Array.isArray(body)
    ? body
    : (Object.values(body).find((value) => Array.isArray(value)) ?? []);
}
