import type { Page, Query } from './pagination.js';

/** Options of every call. */
export interface CallOptions {
  /** Ends the call early with the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** How long one request of the call may take, in milliseconds. Default: the client's. */
  timeoutMs?: number | undefined;
  /**
   * Whether a failed request may be sent again. Default: only GET, PUT and DELETE, whose repetition changes nothing.
   * Set `true` for a POST or PATCH that is safe to repeat.
   */
  retry?: boolean | undefined;
}

/** Options of a call that reads, with its query. */
export interface GetOptions extends CallOptions {
  query?: Query | undefined;
}

/**
 * The generic calls that the typed resources are built on. Paths begin with a slash and are relative to the API's base
 * (`/publishers`). The type of a response is what Sesamy documents; it is not checked at run time.
 */
export interface ManagementApi {
  get<T = unknown>(path: string, options?: GetOptions): Promise<T>;
  /** All items of a list, from all its pages. */
  getAll<T = unknown>(path: string, options?: GetOptions): Promise<T[]>;
  /** A list page by page; each is fetched when it is read. */
  pages<T = unknown>(path: string, options?: GetOptions): AsyncIterable<Page<T>>;
  post<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T>;
  put<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T>;
  patch<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T>;
  delete<T = void>(path: string, options?: GetOptions): Promise<T>;
}
