import { isCutConnection } from './control/cut-connection.js';
import { FORM_TYPE } from './form-request.js';

/** Returns the server's response to a request. Nothing reads the request's own `signal`. */
export type InProcessHandler = (request: Request, signal: AbortSignal | null) => Promise<Response>;

/**
 * Makes a `fetch` that ends at a handler of this process.
 *
 * Test environments replace some of the platform's classes and keep others: a `Request`, `URL` or `AbortSignal` may
 * belong to jsdom or happy-dom while the rest is Node's, and neither accepts the other's. So they are read by their
 * properties, and a signal is never handed to another class.
 */
export function createInProcessFetch(handle: InProcessHandler): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? (isRequest(input) ? input.signal : null);
    const request = await toRequest(input, init);
    return untilAborted(signal, () => respond(handle, request, signal));
  };
}

async function respond(
  handle: InProcessHandler,
  request: Request,
  signal: AbortSignal | null,
): Promise<Response> {
  const response = await handle(request, signal);
  // Without a socket to cut, a planned reset rejects as in fetch: with a TypeError.
  if (isCutConnection(response)) {
    throw new TypeError('fetch failed: the connection was reset (planned fault).');
  }
  if (request.redirect === 'error' && response.status >= 300 && response.headers.has('location')) {
    throw new TypeError('fetch failed: unexpected redirect.');
  }
  return response;
}

/** The request as an instance of this environment's class, without the signal. */
async function toRequest(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Request> {
  const { signal: _signal, ...own } = init ?? {};
  const rest = isForm(own.body) ? { ...own, body: own.body.toString() } : own;
  const request = await createRequest(input, init === undefined ? undefined : rest);
  if (rest !== own && request.headers.get('content-type')?.startsWith('text/plain') === true) {
    request.headers.set('content-type', FORM_TYPE);
  }
  return request;
}

async function createRequest(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Request> {
  if (!isRequest(input)) return new Request(new URL(input, baseUrl()), init);
  if (isOwn(input)) return init === undefined ? input : new Request(input, init);
  const { url, method, headers, redirect, credentials } = input;
  const hasBody = init?.body === undefined && method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers: [...headers],
    redirect,
    credentials,
    ...(hasBody && { body: await input.arrayBuffer() }),
    ...init,
  });
}

/** Not `instanceof`: a form of another class would be sent as plain text. */
function isForm(body: unknown): body is URLSearchParams {
  return Object.prototype.toString.call(body) === '[object URLSearchParams]';
}

function isRequest(input: RequestInfo | URL): input is Request {
  return typeof input === 'object' && 'url' in input;
}

/** Not a type guard: a foreign `Request` has the same type. */
function isOwn(request: object): boolean {
  return request instanceof Request;
}

/** The base of relative URLs, where there is a page. */
function baseUrl(): string | undefined {
  return typeof document === 'undefined' ? undefined : document.baseURI;
}

/** Does the work, unless the signal is aborted before it or meanwhile: then rejects with its reason. */
function untilAborted(
  signal: AbortSignal | null,
  work: () => Promise<Response>,
): Promise<Response> {
  if (signal === null) return work();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortReason(signal));
    if (signal.aborted) {
      abort();
      return;
    }
    // Listens before the server does, which would report the end of a planned hang instead.
    signal.addEventListener('abort', abort);
    void work()
      .finally(() => signal.removeEventListener('abort', abort))
      .then(resolve, reject);
  });
}

/** Older imitations of the platform keep no reason. */
function abortReason({ reason }: AbortSignal): unknown {
  return reason ?? new DOMException('This operation was aborted', 'AbortError');
}
