import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { AppEnv, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { UnknownOptionError } from '../check-option-names.js';
import { ControlError } from '../control/control-error.js';
import { createDashboardApp } from '../dashboard/dashboard-app.js';
import { routePath } from '../route-path.js';
import { CONTROL_PREFIX } from './operation-paths.js';
import { type Operation, OPERATIONS } from './operations.js';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The routes of the control plane. */
export function createControlApp(server: ServerContext, control: Control): Hono<AppEnv> {
  // With or without a slash at the end.
  const getPath = (request: Request): string => routePath(server, request).replace(/\/$/, '');
  const app = new Hono<AppEnv>({ getPath }).basePath(CONTROL_PREFIX);
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));

  app.route('/', createDashboardApp(server, control));
  app.get('/health', (c) => c.json({ status: 'ok', server: 'sesamy-mock', issuer: server.issuer }));
  app.get('/events', (c) => streamRequests(c, control));
  app.post('/control/:path{.+}', async (c) => {
    const operation = findOperation(c.req.param('path'));
    const result = await operation(control, parseArguments(await c.req.text()));
    return c.json({ result: result ?? null });
  });

  app.notFound((c) => c.json({ error: { message: 'There is no such control operation.' } }, 404));
  app.onError((error, c) => {
    const isCallersMistake =
      error instanceof ControlError ||
      error instanceof UnknownOptionError ||
      error instanceof RangeError;
    return c.json({ error: { message: error.message } }, isCallersMistake ? 400 : 500);
  });
  return app;
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
    // Falls through: invalid JSON is rejected like anything that is not an array.
  }
  throw new ControlError('The body must be a JSON array of the arguments, such as [{"days":31}].');
}

/** Requests as they get their responses, as server-sent events. */
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
