import { ControlError } from './control-error.js';
import type { EndpointName, RequestFacts } from '../request-facts.js';

/** A request that was responded to. Tokens, codes, secrets and e-mail addresses are redacted. */
export interface RecordedRequest {
  readonly id: number;
  /** When it came in, in epoch milliseconds of the server's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly endpoint: EndpointName;
  readonly grant: string | null;
  readonly clientId: string | null;
  /** Id of the user concerned, such as `ada`, when it is known. */
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
  /** The requests that match, oldest first. CORS preflights are not recorded. */
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
  record(request: Omit<RecordedRequest, 'id'>): void;
}

const LIMIT = 10_000;

/** Creates an empty log that keeps the last 10,000 requests. */
export function createRequestLog(): RequestLog {
  let entries: RecordedRequest[] = [];
  let nextId = 1;
  const listeners = new Set<(request: RecordedRequest) => void>();
  const list = (filter: RequestFilter = {}): RecordedRequest[] =>
    entries.filter((entry) => matches(entry, filter));

  return {
    list,
    count: (filter) => list(filter).length,
    waitFor: (filter = {}, { timeoutMs = 5000 } = {}) =>
      new Promise((resolve, reject) => {
        const firstId = nextId;
        const timer = setTimeout(() => {
          listeners.delete(listener);
          reject(
            new ControlError(
              missedMessage(
                filter,
                timeoutMs,
                entries.filter(({ id }) => id >= firstId),
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
      entries = [];
    },
    record: (request) => {
      const entry = { id: nextId, ...request };
      nextId += 1;
      entries.push(entry);
      if (entries.length > LIMIT) entries = entries.slice(-LIMIT / 2);
      for (const listener of listeners) listener(entry);
    },
  };
}

/** A request as the log keeps it. */
export function describeRequest(
  request: Request,
  facts: RequestFacts,
  answer: { at: number; status: number; durationMs: number; fault: string | null },
): Omit<RecordedRequest, 'id'> {
  const { endpoint, grant, clientId, user, sessionId } = facts;
  return {
    ...answer,
    method: request.method,
    path: new URL(request.url).pathname,
    endpoint,
    grant,
    clientId,
    user,
    sessionId,
    origin: request.headers.get('origin'),
    params: redact(facts.params),
  };
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
