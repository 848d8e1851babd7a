import type { Hono } from 'hono';
import type { AppContext, AppEnv, Endpoint, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { isLoopbackHost } from '../oauth/op-session.js';
import { sha256 } from '../platform-crypto.js';

/**
 * Everything under `/mock`: for this machine and its own pages, and for whoever has the control token.
 * What it needs is loaded with the first request, so that servers without it start faster.
 */
export function controlPlane(server: ServerContext, control: Control): Endpoint {
  let app: Promise<Hono<AppEnv>> | null = null;
  return async (c) => {
    const reason = (await hasControlToken(server, c)) ? null : refusalReason(c);
    if (reason !== null) return c.json({ error: { message: reason } }, 403);
    app ??= import('./control-app.js').then(({ createControlApp }) =>
      createControlApp(server, control),
    );
    return (await app).fetch(c.req.raw, c.env);
  };
}

/** No page of another origin can send the header: it would need CORS, which the control plane lacks. */
async function hasControlToken({ options }: ServerContext, c: AppContext): Promise<boolean> {
  const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  if (options.controlToken === null || token === undefined) return false;
  // Hashes, so that the time to compare tells nothing about the token.
  return (await sha256(token)) === (await sha256(options.controlToken));
}

/** Headers that a proxy adds: whoever is behind it may be anywhere. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-real-ip'];

/**
 * A page that a browser has open elsewhere must not control the server: not by a cross-origin
 * request, not through a host name that someone points at this machine (DNS rebinding), and not
 * through a proxy on this machine, such as a dev server that others reach.
 */
function refusalReason(c: AppContext): string | null {
  const { hostname, origin } = new URL(c.req.url);
  const { remoteAddress } = c.env;
  if (!isLoopbackHost(hostname)) {
    return 'The control plane is on loopback host names only, unless the control token is sent as bearer token.';
  }
  if (remoteAddress !== null && !isLoopbackAddress(remoteAddress)) {
    return 'The control plane is for this machine only, unless the control token is sent as bearer token.';
  }
  if (isProxied(c.req.raw.headers)) {
    return 'The control plane accepts no requests through a proxy, unless the control token is sent as bearer token.';
  }
  const from = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isForeign = (from !== undefined && from !== origin) || site === 'cross-site';
  const isNavigation = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
  return isForeign && !isNavigation
    ? 'The control plane accepts no requests of other origins.'
    : null;
}

function isProxied(headers: Headers): boolean {
  return [...headers.keys()].some(
    (name) => name.startsWith('x-forwarded-') || PROXY_HEADERS.includes(name),
  );
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
