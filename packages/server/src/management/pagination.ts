import { isObject } from './error-body.js';
import { misconfigured } from './options.js';

/** Query parameters; those that are `undefined` are left out. */
export type Query = Record<string, string | number | boolean | undefined>;

/** One page of a list. */
export interface Page<T = unknown> {
  items: T[];
  /** The total number, if the API returns it. */
  total?: number;
}

/** A page as read from a response, with the query of the next one. */
export interface ReadPage extends Page {
  /** The query of the next page; `undefined` after the last. */
  next: Query | undefined;
}

const defaultLimit = 100;

/**
 * A query as it was given, or an empty one.
 *
 * @throws ManagementError `invalid_configuration` if it is not an object.
 */
export function queryOf(query: Query | null | undefined): Query {
  if (query === undefined || query === null) return {};
  if (isObject(query)) return query;
  throw misconfigured('A query must be an object such as { limit: 10 }.');
}

/** The query of the first page: the caller's, with a `limit` unless the caller pages as with Auth0. */
export function firstQuery(given: Query | null | undefined): Query {
  const query = queryOf(given);
  return 'per_page' in query || 'take' in query ? query : { limit: defaultLimit, ...query };
}

/**
 * Reads a page in any form that Sesamy's APIs use:
 *
 * - a bare array, paged by `limit` and `offset`, or `limit` and `from` when the query has a `from`;
 * - `{data: []}` or `{<name>: []}`, with or without `pagination: {total, limit, offset, hasMore}`;
 * - the engine's `{<name>: [], start, limit, total}` paged by `page` and `per_page`, and `{<name>: [], next}` paged by
 *   `from` and `take`.
 *
 * Returns `undefined` for a response that is not a list.
 */
export function readPage(body: unknown, query: Query): ReadPage | undefined {
  if (Array.isArray(body)) return { items: body, next: nextOf(body.length, {}, undefined, query) };
  const items = isObject(body) ? listOf(body) : undefined;
  if (!isObject(body) || !items) return undefined;
  const pagination = isObject(body['pagination']) ? body['pagination'] : body;
  const total = numberOf(pagination['total']);
  return {
    items,
    ...(total === undefined ? {} : { total }),
    next: nextOf(items.length, pagination, total, query),
  };
}

function listOf(body: Record<string, unknown>): unknown[] | undefined {
  if (Array.isArray(body['data'])) return body['data'];
  const lists = Object.values(body).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : undefined;
}

function nextOf(
  count: number,
  pagination: Record<string, unknown>,
  total: number | undefined,
  query: Query,
): Query | undefined {
  const hasMore = pagination['hasMore'] ?? pagination['has_more'];
  if (count === 0 || hasMore === false) return undefined;
  const cursor = pagination['next'];
  if (typeof cursor === 'string' && cursor !== '') return { ...query, from: cursor };
  if ('per_page' in query) return nextByPageNumber(count, total, query);
  const offset = numberOf(pagination['offset']) ?? numberOf(pagination['start']) ?? offsetOf(query);
  if (total !== undefined) return offset + count < total ? at(offset + count, query) : undefined;
  if (hasMore === true) return at(offset + count, query);
  return nextByLength(count, numberOf(pagination['limit']), query);
}

function nextByPageNumber(
  count: number,
  total: number | undefined,
  query: Query,
): Query | undefined {
  const page = numberOf(query['page']) ?? 0;
  const perPage = numberOf(query['per_page']) ?? defaultLimit;
  const isLast = total === undefined ? count < perPage : page * perPage + count >= total;
  return isLast ? undefined : { ...query, page: page + 1 };
}

/** Without paging information, a full page is followed by another and a short one is the last. */
function nextByLength(
  count: number,
  effectiveLimit: number | undefined,
  query: Query,
): Query | undefined {
  const limit = effectiveLimit ?? numberOf(query['limit']);
  // More than was requested: the server does not page this list.
  if (limit === undefined || count !== limit) return undefined;
  return at(offsetOf(query) + count, query);
}

function offsetOf(query: Query): number {
  return numberOf('from' in query ? query['from'] : query['offset']) ?? 0;
}

function at(offset: number, query: Query): Query {
  return 'from' in query ? { ...query, from: offset } : { ...query, offset };
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
