import type { Hono } from 'hono';
import type { AppContext, AppEnv, Endpoint, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { routePath } from '../route-path.js';
import { appOrigin, refusalReason } from './control-access.js';
import { CONTROL_PREFIX, SIGN_IN_PATH } from './operation-paths.js';
import { loadControlApp, loadControlSignIn } from './load-control.js';

/**
 * Everything under `/mock`: for this machine, its own pages and those of apps on this machine, and for requests with the
 * control token.
 * What it needs is loaded with the first request, so that servers without it start faster.
 */
export function controlPlane(server: ServerContext, control: Control): Endpoint {
  let app: Promise<Hono<AppEnv>> | null = null;
  return async (c) => {
    const reason = await refusalReason(server, c);
    if (reason !== null) return refusal(server, c, reason);
    const origin = appOrigin(server, c);
    if (origin !== undefined && c.req.method === 'OPTIONS') return preflight(origin);
    app ??= loadControlApp().then(({ createControlApp }) => createControlApp(server, control));
    const response = await (await app).fetch(c.req.raw, c.env);
    if (c.req.method === 'POST') for (const listener of server.controlListeners) listener();
    return origin === undefined ? response : withCors(response, origin);
  };
}

function preflight(origin: string): Response {
  const headers = {
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'Content-Type',
  };
  return withCors(new Response(null, { status: 204, headers }), origin);
}

/** Without credentials: a page needs none. */
function withCors(response: Response, origin: string): Response {
  const readable = new Response(response.body, response);
  readable.headers.set('access-control-allow-origin', origin);
  readable.headers.append('vary', 'Origin');
  return readable;
}

/** A person at a browser may send the control token by form, where there is one. */
async function refusal(server: ServerContext, c: AppContext, reason: string): Promise<Response> {
  if (server.options.controlToken !== null) {
    const { signIn, signInPage } = await loadControlSignIn();
    const pathname = routePath(server, c.req.raw);
    if (c.req.method === 'POST' && pathname === SIGN_IN_PATH) return signIn(server, c);
    const wantsPage = (c.req.header('accept') ?? '').includes('text/html');
    const isDashboard = pathname === CONTROL_PREFIX || pathname === `${CONTROL_PREFIX}/`;
    if (c.req.method === 'GET' && isDashboard && wantsPage) return signInPage(server, c, null);
  }
  return c.json({ error: { message: reason } }, 403);
}
