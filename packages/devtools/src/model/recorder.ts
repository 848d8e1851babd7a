import { isAuthError, type SessionState } from '@sesamy-kit/session';
import { describeEvent, describeState, type Description, type Tone } from './describe.js';
import { createLog, type Log } from './log.js';
import { describeUrl } from './redact.js';
import type { SessionAdapter } from './session-adapter.js';

/** Something that happened, for the time line. */
export interface Moment extends Description {
  readonly id: number;
  /** In epoch milliseconds. */
  readonly at: number;
  readonly kind: 'state' | 'event' | 'action';
}

/** One call of `session.fetch`. */
export interface RecordedRequest {
  readonly id: number;
  readonly at: number;
  readonly method: string;
  /** Without the values of its query. */
  readonly url: string;
  /** The status of each response, or `0` for none; two after a renewal. */
  readonly attempts: readonly number[];
  /** The status, the code of the error, or `pending`. */
  readonly outcome: string;
  readonly tone: Tone;
  readonly durationMs: number | undefined;
}

/** Records what happens to a session while the devtools are there. */
export interface Recorder {
  readonly moments: Log<Moment>;
  readonly requests: Log<RecordedRequest>;
  /** Adds what the developer did. */
  readonly note: (title: string, detail?: string, tone?: Tone) => void;
  readonly stop: () => void;
}

/** Sends a request in place of `fetch`; returns `undefined` to leave it alone. */
export type Respond = (request: Request) => Response | undefined;

const MOMENTS = 200;
const REQUESTS = 50;

/** Starts to record. `respond` may take the place of the API. */
export function createRecorder(session: SessionAdapter, respond: Respond): Recorder {
  const moments = createLog<Moment>(MOMENTS);
  const requests = createLog<RecordedRequest>(REQUESTS);
  let lastId = 0;
  let lastState: SessionState | undefined;

  function add(kind: Moment['kind'], description: Description): void {
    moments.add({ ...description, id: ++lastId, at: Date.now(), kind });
  }

  function recordState(): void {
    const state = session.getSnapshot();
    if (state === lastState) return;
    lastState = state;
    add('state', describeState(state));
  }

  async function recordRequest(
    input: RequestInfo | URL,
    init: RequestInit | undefined,
    run: () => Promise<Response>,
  ): Promise<Response> {
    const id = ++lastId;
    const startedAt = performance.now();
    const { url, method } = readTarget(input, init);
    const change = (next: Partial<RecordedRequest>): void =>
      requests.update((entry) => (entry.id === id ? { ...entry, ...next } : entry));
    requests.add({
      ...{ id, at: Date.now(), method, url: describeUrl(url), attempts: [] },
      ...{ outcome: 'pending', tone: 'busy', durationMs: undefined },
    });
    try {
      const response = await run();
      change({ outcome: String(response.status), tone: response.ok ? 'good' : 'bad' });
      return response;
    } catch (error) {
      change({ outcome: isAuthError(error) ? error.code : 'failed', tone: 'bad' });
      throw error;
    } finally {
      change({ durationMs: Math.round(performance.now() - startedAt) });
    }
  }

  async function send(
    request: Request,
    forward: (request: Request) => Promise<Response>,
  ): Promise<Response> {
    const url = describeUrl(request.url);
    const note = (status: number): void => {
      const open = requests.read().findLast((one) => one.outcome === 'pending' && one.url === url);
      requests.update((one) =>
        one.id === open?.id ? { ...one, attempts: [...one.attempts, status] } : one,
      );
    };
    try {
      const response = respond(request) ?? (await forward(request));
      note(response.status);
      return response;
    } catch (error) {
      note(0);
      throw error;
    }
  }

  recordState();
  const stopStates = session.subscribe(recordState);
  const stopEvents = session.on('*', (event) => add('event', describeEvent(event, Date.now())));
  const stopRequests = session.inspection?.watchRequests({ around: recordRequest, send });
  return {
    moments,
    requests,
    note: (title, detail = '', tone = 'plain') => add('action', { title, detail, tone }),
    stop() {
      stopStates();
      stopEvents();
      stopRequests?.();
    },
  };
}

function readTarget(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): { readonly url: string; readonly method: string } {
  const isRequest = input instanceof Request;
  const method = init?.method ?? (isRequest ? input.method : 'GET');
  return { url: isRequest ? input.url : String(input), method: method.toUpperCase() };
}
