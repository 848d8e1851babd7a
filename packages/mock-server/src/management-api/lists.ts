import type { AppContext, ServerContext } from '../context.js';
import { readSlice } from './query.js';
import type { ManagementRecord } from './records.js';

/** The forms of a list response; Sesamy's pages and clients use all three. */
export const LIST_FORMS = ['bare', 'data', 'named'] as const;

/** One of the forms of lists. */
export type ListForm = (typeof LIST_FORMS)[number];

/** The form that `control.management.answerListsAs` chose. */
export function listForm(server: ServerContext): ListForm {
  const [setting] = server.state.management['list-form'] ?? [];
  const form = setting?.['form'];
  return form === 'data' || form === 'named' ? form : 'bare';
}

/**
 * Responds with the slice of a list that the query selects: a bare array, `{data, pagination}` or
 * `{<name>, start, limit, total}`; the last one also whenever the query has `include_totals`.
 */
export function listResponse(
  server: ServerContext,
  c: AppContext,
  name: string,
  records: readonly ManagementRecord[],
): Response {
  const { limit, offset } = readSlice(c);
  const items = records.slice(offset, offset + limit);
  const total = records.length;
  const form = c.req.query('include_totals') === 'true' ? 'named' : listForm(server);
  if (form === 'named') return c.json({ [name]: items, start: offset, limit, total });
  if (form === 'bare') return c.json(items);
  const hasMore = offset + items.length < total;
  return c.json({ data: items, pagination: { total, limit, offset, hasMore } });
}

/** The records whose fields equal the query's parameters of the same name. */
export function filtered(
  c: AppContext,
  records: readonly ManagementRecord[],
  parameters: readonly string[],
): ManagementRecord[] {
  return records.filter((record) =>
    parameters.every((name) => {
      const wanted = c.req.query(name);
      return wanted === undefined || record[name] === wanted;
    }),
  );
}

/** The records with a text field that contains `term`, in any case. */
export function searched(
  records: readonly ManagementRecord[],
  term: string | undefined,
): readonly ManagementRecord[] {
  if (term === undefined || term === '') return records;
  const needle = term.toLowerCase();
  return records.filter((record) =>
    Object.values(record).some(
      (value) => typeof value === 'string' && value.toLowerCase().includes(needle),
    ),
  );
}
