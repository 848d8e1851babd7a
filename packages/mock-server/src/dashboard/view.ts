import { ENDPOINT_NAMES, type EndpointName } from '../request-facts.js';

/** The lists of the dashboard, which show their newest entries and more on request. */
export const LISTS = ['applications', 'users', 'sessions', 'tokens', 'log'] as const;

/** The name of a list. */
export type ListName = (typeof LISTS)[number];

/** How much of each list is shown, and which requests. Kept in the query of the page's address. */
export interface View {
  /** Path of the dashboard, with a slash at the end. */
  readonly root: string;
  readonly limits: Readonly<Record<ListName, number>>;
  /** Part of a path, an application, a user or a fault; empty for any. */
  readonly find: string;
  /** Requests of one endpoint; null for any. */
  readonly endpoint: EndpointName | null;
  readonly isFailedOnly: boolean;
}

/** Entries of a list that are shown at first, and added by "more". */
export const PAGE_SIZE = 50;
const MAX_SHOWN = 1000;

/** Reads the view from the query of an address. Invalid values are ignored. */
export function readView(root: string, query: URLSearchParams): View {
  const limit = (name: ListName): number => {
    const wanted = Number(query.get(name));
    return Number.isInteger(wanted) && wanted > PAGE_SIZE ? Math.min(wanted, MAX_SHOWN) : PAGE_SIZE;
  };
  return {
    root,
    limits: {
      applications: limit('applications'),
      users: limit('users'),
      sessions: limit('sessions'),
      tokens: limit('tokens'),
      log: limit('log'),
    },
    find: (query.get('find') ?? '').trim().slice(0, 200),
    endpoint: ENDPOINT_NAMES.find((name) => name === query.get('endpoint')) ?? null,
    isFailedOnly: query.get('failed') === '1',
  };
}

/** The query of a view: empty for the one that the dashboard starts with. */
export function viewQuery({ limits, find, endpoint, isFailedOnly }: View): string {
  const query = new URLSearchParams();
  for (const name of LISTS) if (limits[name] > PAGE_SIZE) query.set(name, String(limits[name]));
  if (find !== '') query.set('find', find);
  if (endpoint !== null) query.set('endpoint', endpoint);
  if (isFailedOnly) query.set('failed', '1');
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** The view with one page more of a list; null when the list is shown as far as it can be. */
export function withMore(view: View, list: ListName): View | null {
  const limit = view.limits[list] + PAGE_SIZE;
  return limit > MAX_SHOWN ? null : { ...view, limits: { ...view.limits, [list]: limit } };
}
