import type { Engine } from '../engine.js';

/**
 * Sends the calls of Sesamy's API, which the app addresses by `session.apiUrl`, to the token handler's path: the app
 * does not know which mode was chosen.
 */
export function withHandledApi(engine: Engine, apiUrl: string, apiPath: string): Engine {
  const prefix = `${apiUrl}/`;

  async function redirect(input: RequestInfo | URL): Promise<RequestInfo | URL> {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(prefix)) return input;
    const handled = new URL(`${apiPath}/${url.slice(prefix.length)}`, location.origin);
    return input instanceof Request ? withUrl(handled, input) : handled;
  }

  return {
    ...engine,
    fetch: async (input, init) => engine.fetch(await redirect(input), init),
    fetchJson: async (input, init) => engine.fetchJson(await redirect(input), init),
  };
}

/** Returns the request with another URL. Firefox cannot take over its body, and Safari sends no stream. */
async function withUrl(url: URL, request: Request): Promise<Request> {
  const { method, headers, signal, redirect, cache, keepalive, integrity } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? await request.blob() : null;
  return new Request(url, { method, headers, body, signal, redirect, cache, keepalive, integrity });
}
