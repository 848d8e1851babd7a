import { ControlError } from './control-error.js';
import { ENDPOINT_NAMES, type EndpointName, type RequestFacts } from '../request-facts.js';

/** A request that got a response. Tokens, codes, secrets and e-mail addresses are redacted. */
export interface RecordedRequest {
  readonly id: number;
  /** When it came in, in epoch milliseconds of the server's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly endpoint: EndpointName;
  readonly grant: string | null;
  readonly clientId: string | null;
  /** Id of the user concerned, such as `ada`, if it is known. */
  readonly user: string | null;
  readonly sessionId: string | null;
  readonly origin: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly status: number;
  readonly durationMs: number;
  /** Id of the fault that hit it, if one did. */
  readonly fault: string | null;
}

/** Picks requests; every given field must be equal. */
export type RequestFilter = Partial<
  Pick<
    RecordedRequest,
    'method' | 'path' | 'endpoint' | 'grant' | 'clientId' | 'user' | 'sessionId' | 'status'
  >
>;

/** The requests that the server has received. */
export interface RequestLog {
  /**
   * The requests that match, oldest first. CORS preflights are not recorded.
   * @throws ControlError for a filter that matches nothing whatever is requested, as `count` does
   */
  list(filter?: RequestFilter): RecordedRequest[];
  count(filter?: RequestFilter): number;
  /**
   * The next request that matches, once it has a response.
   * @param options.timeoutMs real time to wait, default 5000
   * @throws ControlError when none came in time; the message lists what came instead.
   */
  waitFor(filter?: RequestFilter, options?: { timeoutMs?: number }): Promise<RecordedRequest>;
  /** Calls the listener with each request once it has a response. Returns a function that unsubscribes. */
  subscribe(listener: (request: RecordedRequest) => void): () => void;
  clear(): void;
  /** Adds a request; used by the server itself. */
  record(request: FinishedRequest): void;
}

/** A request and its response, as the server notes them. Holds secrets: only its description is ever shown. */
export interface FinishedRequest {
  readonly at: number;
  readonly method: string;
  readonly origin: string | null;
  readonly facts: RequestFacts;
  readonly status: number;
  readonly durationMs: number;
  readonly fault: string | null;
}

const LIMIT = 10_000;

/** Creates an empty log that keeps the last 10,000 requests. */
export function createRequestLog(): RequestLog {
  // Most requests are never looked at: each is described when it is read for the first time.
  let entries: (FinishedRequest | RecordedRequest)[] = [];
  let firstId = 1;
  const listeners = new Set<(request: RecordedRequest) => void>();
  const read = (entry: FinishedRequest | RecordedRequest, index: number): RecordedRequest =>
    'params' in entry ? entry : (entries[index] = describeRequest(firstId + index, entry));
  const list = (filter: RequestFilter = {}): RecordedRequest[] => {
    checkFilter(filter);
    return entries.map(read).filter((entry) => matches(entry, filter));
  };

  return {
    list,
    count: (filter) => list(filter).length,
    waitFor: (filter = {}, { timeoutMs = 5000 } = {}) =>
      new Promise((resolve, reject) => {
        checkFilter(filter);
        const nextId = firstId + entries.length;
        const timer = setTimeout(() => {
          listeners.delete(listener);
          reject(
            new ControlError(
              missedMessage(
                filter,
                timeoutMs,
                list().filter(({ id }) => id >= nextId),
              ),
            ),
          );
        }, timeoutMs);
        const listener = (request: RecordedRequest): void => {
          if (!matches(request, filter)) return;
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(request);
        };
        listeners.add(listener);
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => {
      firstId += entries.length;
      entries = [];
    },
    record: (request) => {
      entries.push(request);
      if (entries.length > LIMIT) {
        firstId += LIMIT / 2;
        entries = entries.slice(LIMIT / 2);
      }
      if (listeners.size === 0) return;
      const entry = read(request, entries.length - 1);
      for (const listener of listeners) listener(entry);
    },
  };
}

/** A request as the log shows it. */
function describeRequest(
  id: number,
  { facts, at, method, origin, status, durationMs, fault }: FinishedRequest,
): RecordedRequest {
  const { path, endpoint, grant, clientId, user, sessionId, params } = facts;
  const about = { method, path, endpoint, grant, clientId, user, sessionId, origin };
  return { id, at, ...about, params: redact(params), status, durationMs, fault };
}

/** Parameters that are safe to show; every other value is hidden. */
const SHOWN = new Set([
  'acr_values',
  'audience',
  'client_id',
  'code_challenge_method',
  'connection',
  'grant_type',
  'max_age',
  'organization',
  'post_logout_redirect_uri',
  'prompt',
  'redirect_uri',
  'response_mode',
  'response_type',
  'returnTo',
  'scope',
  'screen_hint',
  'token_type_hint',
  'ui_locales',
  'error',
]);

function redact(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      SHOWN.has(name) ? value.slice(0, 500) : '[redacted]',
    ]),
  );
}

const FILTERS = new Set([
  'method',
  'path',
  'endpoint',
  'grant',
  'clientId',
  'user',
  'sessionId',
  'status',
]);

/** A misspelt name would match no requests, and a test that expects none would pass. */
function checkFilter(filter: RequestFilter): void {
  const unknown = Object.keys(filter).find((name) => !FILTERS.has(name));
  if (unknown !== undefined) {
    throw new ControlError(`Requests have no "${unknown}"; filter by ${[...FILTERS].join(', ')}.`);
  }
  const { endpoint } = filter;
  if (endpoint === undefined || ENDPOINT_NAMES.includes(endpoint)) return;
  throw new ControlError(
    `There is no endpoint "${endpoint}"; use one of ${ENDPOINT_NAMES.join(', ')}.`,
  );
}

function matches(entry: RecordedRequest, filter: RequestFilter): boolean {
  return Object.entries(filter).every(
    ([field, value]) =>
      value === undefined ||
      Object.entries(entry).some(([name, own]) => name === field && own === value),
  );
}

function missedMessage(
  filter: RequestFilter,
  timeoutMs: number,
  seen: readonly RecordedRequest[],
): string {
  const others = seen.map(
    ({ method, path, grant, status }) =>
      `${method} ${path}${grant ? ` (${grant})` : ''} → ${status}`,
  );
  return `No request matched ${JSON.stringify(filter)} within ${timeoutMs} ms. Meanwhile: ${others.join('; ') || 'no request at all'}.`;
}
