import type { Engine } from '../engine.js';
import { parseUrl } from '../platform/parse-url.js';

/**
 * Sends the calls of Sesamy's API, which the app addresses by `session.apiUrl`, to the token handler's path: the app
 * does not know which mode was chosen.
 */
export function withHandledApi(engine: Engine, apiUrl: string, apiPath: string): Engine {
  const prefix = `${apiUrl}/`;

  async function redirect(input: RequestInfo | URL): Promise<RequestInfo | URL> {
    const isRequest = input instanceof Request;
    // Parsed first, so that its dots cannot lead out of the handler's path.
    const url = parseUrl(isRequest ? input.url : String(input), document.baseURI)?.href ?? '';
    // What `fetch` would refuse is refused by the engine.
    if (!url.startsWith(prefix) || (isRequest && input.bodyUsed)) return input;
    const handled = new URL(`${apiPath}/${url.slice(prefix.length)}`, location.origin);
    return isRequest ? withUrl(handled, input) : handled;
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
