import type { Engine } from '../engine.js';

/**
 * Sends the calls of Sesamy's API, which the app addresses by `session.apiUrl`, to the token handler's path: the app
 * does not know which mode was chosen.
 */
export function withHandledApi(engine: Engine, apiUrl: string, apiPath: string): Engine {
  const prefix = `${apiUrl}/`;

  function redirect(input: RequestInfo | URL): RequestInfo | URL {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(prefix)) return input;
    const handled = new URL(`${apiPath}/${url.slice(prefix.length)}`, location.origin);
    return input instanceof Request ? new Request(handled, input) : handled;
  }

  return {
    ...engine,
    fetch: (input, init) => engine.fetch(redirect(input), init),
    fetchJson: (input, init) => engine.fetchJson(redirect(input), init),
  };
}
