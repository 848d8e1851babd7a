import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext } from '../context.js';

/** The requested slice of a list. */
export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/**
 * Reads `limit` with `offset` or `from`, or Auth0's `per_page` with `page`.
 * @throws ApiRefusal `validation_error`, naming the parameter
 */
export function readSlice(c: AppContext): Slice {
  if (c.req.query('per_page') !== undefined || c.req.query('page') !== undefined) {
    const limit = integer(c, 'per_page', DEFAULT_LIMIT, 1, MAX_LIMIT);
    return { limit, offset: integer(c, 'page', 0, 0) * limit };
  }
  const start = c.req.query('from') === undefined ? 'offset' : 'from';
  return {
    limit: integer(c, 'limit', DEFAULT_LIMIT, 1, MAX_LIMIT),
    offset: integer(c, start, 0, 0),
  };
}

/** A query parameter that must be one of a few words. */
export function readWord(
  c: AppContext,
  name: string,
  words: readonly string[],
): string | undefined {
  const value = c.req.query(name);
  if (value === undefined || words.includes(value)) return value;
  throw invalidParameter(name, `must be one of ${words.join(', ')}`);
}

function integer(
  c: AppContext,
  name: string,
  fallback: number,
  minimum: number,
  maximum: number = Number.MAX_SAFE_INTEGER,
): number {
  const value = c.req.query(name);
  if (value === undefined) return fallback;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  const upTo = maximum === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${maximum}`;
  throw invalidParameter(name, `must be a whole number of at least ${minimum}${upTo}`);
}

function invalidParameter(field: string, reason: string): ApiRefusal {
  return new ApiRefusal('validation_error', `The parameter ${field} ${reason}.`, { field, reason });
}
