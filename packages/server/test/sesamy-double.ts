/** A response of the double, or a function that returns one. */
export type DoubleResponse =
  | Response
  | { status?: number; body?: unknown; headers?: Record<string, string> };

/** A request as the double saw it. */
export interface SeenRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
}

/** A hand-made stand-in for Sesamy's token endpoint and API, for responses that no real server gives on demand. */
export interface SesamyDouble {
  fetch: typeof globalThis.fetch;
  tokenRequests: SeenRequest[];
  apiRequests: SeenRequest[];
}

type Handler = (request: SeenRequest, count: number) => DoubleResponse | Promise<DoubleResponse>;

/** Token requests get `token-1`, `token-2`, … and API requests an empty list, unless a handler says otherwise. */
export function sesamyDouble(handlers: { token?: Handler; api?: Handler } = {}): SesamyDouble {
  const tokenRequests: SeenRequest[] = [];
  const apiRequests: SeenRequest[] = [];
  const {
    token = (_, count) => ({ body: tokenResponse(`token-${count}`) }),
    api = () => ({ body: [] }),
  } = handlers;

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const seen: SeenRequest = {
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: await request.text(),
    };
    const isToken = seen.url.pathname.endsWith('/oauth/token');
    const log = isToken ? tokenRequests : apiRequests;
    log.push(seen);
    const response = (isToken ? token : api)(seen, log.length);
    return toResponse(await orAborted(Promise.resolve(response), request.signal));
  };
  return { fetch, tokenRequests, apiRequests };
}

/** The body of a valid token response. */
export function tokenResponse(accessToken: string, expiresIn: unknown = 86_400): object {
  return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn };
}

/** A response that never arrives. */
export function silence(): Promise<DoubleResponse> {
  return new Promise(() => undefined);
}

function toResponse(response: DoubleResponse): Response {
  if (response instanceof Response) return response;
  const { status = 200, body, headers } = response;
  return body === undefined
    ? new Response(null, { status, ...(headers ? { headers } : {}) })
    : Response.json(body, { status, ...(headers ? { headers } : {}) });
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject);
  });
}
