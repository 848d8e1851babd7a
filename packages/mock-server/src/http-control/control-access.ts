import type { AppContext, ServerContext } from '../context.js';
import { isLoopbackHost } from '../oauth/op-session.js';
import { sha256 } from '../platform-crypto.js';
import { cookieValues } from '../request-cookies.js';

/** The cookie of a browser that has sent the control token by form. */
export const CONTROL_COOKIE = 'sesamy-mock-control';

/**
 * Why a request must not use the control plane; null when it may. Requests of this machine's own programs and pages may,
 * those of an app's pages on this machine, and those with the control token.
 */
export async function refusalReason(server: ServerContext, c: AppContext): Promise<string | null> {
  const { hidden } = c.env;
  // A service worker only receives requests of its own browser.
  if (hidden) return hidden.isSameOrigin || c.req.method === 'GET' ? null : OTHER_ORIGIN;
  if (await hasBearerToken(server, c)) return null;
  if (await hasCookie(server, c)) return isOfOtherOrigin(c) ? OTHER_ORIGIN : null;
  return localRefusalReason(server, c);
}

/**
 * The origin of an app's page on this machine, from where the devtools may use the control plane: the host is loopback,
 * and a client has a callback there. `undefined` for any other.
 */
export function appOrigin({ state }: ServerContext, c: AppContext): string | undefined {
  const origin = c.req.header('origin');
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  if (!isLoopbackHost(new URL(origin).hostname)) return undefined;
  const callbacks = [...state.clients.values()].flatMap((client) => client.callbacks);
  return callbacks.some((url) => URL.canParse(url) && new URL(url).origin === origin)
    ? origin
    : undefined;
}

/** Whether a text is the control token. Compares hashes, so that timing reveals nothing. */
export async function isControlToken({ options }: ServerContext, text: string): Promise<boolean> {
  return (
    options.controlToken !== null &&
    (await cookieOf(text)) === (await cookieOf(options.controlToken))
  );
}

/** The value of the cookie for a control token: the token itself stays out of the browser. */
export function cookieOf(controlToken: string): Promise<string> {
  return sha256(controlToken);
}

const OTHER_ORIGIN =
  'The control plane accepts no requests of other origins, except for loopback origins where a client has a callback.';
const UNLESS = 'unless the control token is sent as bearer token.';

/** No page of another origin can send the header: it would need CORS, which the control plane lacks. */
async function hasBearerToken(server: ServerContext, c: AppContext): Promise<boolean> {
  const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  return token !== undefined && isControlToken(server, token);
}

async function hasCookie({ options }: ServerContext, c: AppContext): Promise<boolean> {
  if (options.controlToken === null) return false;
  return cookieValues(c, CONTROL_COOKIE).includes(await cookieOf(options.controlToken));
}

/** Headers that a proxy adds: the client behind it may be anywhere. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-real-ip'];

/**
 * Pages of other origins must not control the server: not by a cross-origin
 * request, not through a host name that points at this machine (DNS rebinding), and not
 * through a proxy on this machine, such as a dev server that others reach.
 */
function localRefusalReason(server: ServerContext, c: AppContext): string | null {
  const { hostname, origin } = new URL(c.req.url);
  const { remoteAddress } = c.env;
  if (!isLoopbackHost(hostname))
    return `The control plane is on loopback host names only, ${UNLESS}`;
  if (remoteAddress !== null && !isLoopbackAddress(remoteAddress)) {
    return `The control plane is for this machine only, ${UNLESS}`;
  }
  if (isProxied(c.req.raw.headers)) {
    return `The control plane accepts no requests through a proxy, ${UNLESS}`;
  }
  const from = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isForeign = (from !== undefined && from !== origin) || site === 'cross-site';
  if (!isForeign || isNavigation(c)) return null;
  return appOrigin(server, c) === undefined ? OTHER_ORIGIN : null;
}

/** Behind a proxy the origin of a page is not the server's, but browsers send whether it is the page's. */
function isOfOtherOrigin(c: AppContext): boolean {
  const from = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (isNavigation(c)) return false;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return from !== undefined && from !== new URL(c.req.url).origin;
}

function isNavigation(c: AppContext): boolean {
  return c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
}

function isProxied(headers: Headers): boolean {
  return [...headers.keys()].some(
    (name) => name.startsWith('x-forwarded-') || PROXY_HEADERS.includes(name),
  );
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
