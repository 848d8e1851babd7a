import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { AppEnv, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { ControlError } from '../control/control-error.js';
import { ACTIONS, type Notice } from '../dashboard/actions.js';
import { dashboardPage } from '../dashboard/dashboard-page.js';
import { LIVE_LOG_SCRIPT } from '../dashboard/live-log.js';
import { CONTROL_PREFIX } from './operation-paths.js';
import { type Operation, OPERATIONS } from './operations.js';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The routes of the control plane. */
export function createControlApp(server: ServerContext, control: Control): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: false }).basePath(CONTROL_PREFIX);
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));

  // Shown by the page that follows an action, once: a secret must not come back on reload.
  let notice: Notice | null = null;
  app.get('/', (c) => {
    const shown = notice;
    notice = null;
    return dashboardPage(server, control, c, shown);
  });
  app.get('/live-log.js', (c) =>
    c.body(LIVE_LOG_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.post('/actions/:name', async (c) => {
    notice = runAction(control, c.req.param('name'), await c.req.text());
    return c.redirect(`${CONTROL_PREFIX}/`, 303);
  });

  app.get('/health', (c) => c.json({ status: 'ok', server: 'sesamy-mock', issuer: server.issuer }));
  app.get('/events', (c) => streamRequests(c, control));
  app.post('/control/:path{.+}', async (c) => {
    const operation = findOperation(c.req.param('path'));
    const result = await operation(control, parseArguments(await c.req.text()));
    return c.json({ result: result ?? null });
  });

  app.notFound((c) => c.json({ error: { message: 'There is no such control operation.' } }, 404));
  app.onError((error, c) => {
    const status = error instanceof ControlError || error instanceof RangeError ? 400 : 500;
    return c.json({ error: { message: error.message } }, status);
  });
  return app;
}

/** Mistakes of the person at the dashboard are told on it. */
function runAction(control: Control, name: string, body: string): Notice | null {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw new ControlError('There is no such action.');
  try {
    return action(control, Object.fromEntries(new URLSearchParams(body))) ?? null;
  } catch (error) {
    if (error instanceof ControlError) return { text: error.message };
    throw error;
  }
}

function findOperation(path: string): Operation {
  const found = Object.entries(OPERATIONS).find(([name]) => name === path);
  if (found) return found[1];
  throw new ControlError(`There is no control operation "${path.slice(0, 100)}".`);
}

function parseArguments(body: string): unknown[] {
  if (body === '') return [];
  try {
    const value: unknown = JSON.parse(body);
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through: not JSON is as wrong as not an array.
  }
  throw new ControlError('The body must be a JSON array of the arguments, such as [{"days":31}].');
}

/** Requests as they are answered, as server-sent events. */
function streamRequests(c: Parameters<typeof streamSSE>[0], control: Control): Response {
  return streamSSE(c, async (stream) => {
    const stop = control.requests.subscribe((request) => {
      void stream.writeSSE({
        event: 'request',
        id: String(request.id),
        data: JSON.stringify(request),
      });
    });
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    stop();
  });
}
