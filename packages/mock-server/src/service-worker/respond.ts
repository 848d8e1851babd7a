import type { MockCore } from '../mock-core.js';
import type { CookieJar } from './cookie-jar.js';
import type { StateStore } from './state-store.js';

/**
 * Returns the mock's response to a request of this browser, with the state saved before; see `isCutConnection` for one
 * that must not arrive.
 */
export async function respond(
  core: MockCore,
  jar: CookieJar,
  store: StateStore,
  request: Request,
): Promise<Response> {
  await store.restore();
  const response = await core.respond(await toPlain(request), {
    isInternal: false,
    remoteAddress: null,
    signal: request.signal,
    hidden: {
      cookie: request.credentials === 'omit' ? '' : jar.header(),
      isSameOrigin: isSameOrigin(request),
      setCookie: (value) => jar.set(value),
    },
  });
  await store.save();
  return response;
}

/** The same request as a script would make it: the one of a navigation can not be copied with another body. */
async function toPlain(request: Request): Promise<Request> {
  const { url, method, headers } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers,
    ...(hasBody && { body: await request.arrayBuffer() }),
  });
}

/** A worker only receives requests of pages of its own origin, but navigations of any. */
function isSameOrigin({ mode, referrer, url }: Request): boolean {
  if (mode !== 'navigate') return true;
  return URL.canParse(referrer) && new URL(referrer).origin === new URL(url).origin;
}
