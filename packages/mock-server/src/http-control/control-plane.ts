import type { Hono } from 'hono';
import type { AppContext, AppEnv, Endpoint, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { isLoopbackHost } from '../oauth/op-session.js';

/**
 * Everything under `/mock`: for this machine and its own pages only. What it needs is loaded with
 * the first request, so that servers without it start faster.
 */
export function controlPlane(server: ServerContext, control: Control): Endpoint {
  let app: Promise<Hono<AppEnv>> | null = null;
  return async (c) => {
    const reason = refusalReason(c);
    if (reason !== null) return c.json({ error: { message: reason } }, 403);
    app ??= import('./control-app.js').then(({ createControlApp }) =>
      createControlApp(server, control),
    );
    return (await app).fetch(c.req.raw, c.env);
  };
}

/**
 * A page that a browser has open elsewhere must not steer the server: not by a cross-origin
 * request, and not through a host name that someone points at this machine (DNS rebinding).
 */
function refusalReason(c: AppContext): string | null {
  const { hostname, origin } = new URL(c.req.url);
  const { remoteAddress } = c.env;
  if (!isLoopbackHost(hostname)) return 'The control plane answers on loopback host names only.';
  if (remoteAddress !== null && !isLoopbackAddress(remoteAddress)) {
    return 'The control plane answers to this machine only.';
  }
  const from = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isForeign = (from !== undefined && from !== origin) || site === 'cross-site';
  const isNavigation = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
  return isForeign && !isNavigation
    ? 'The control plane answers no requests of other origins.'
    : null;
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
