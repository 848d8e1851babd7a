import { Hono } from 'hono';
import type { AppContext, AppEnv, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { ControlError } from '../control/control-error.js';
import { CONTROL_PREFIX } from '../http-control/operation-paths.js';
import { PAGE_STYLE } from '../login/page-style.js';
import { pathBeforeRoutes } from '../route-path.js';
import { ACTIONS } from './actions.js';
import type { Dashboard } from './dashboard.js';
import { dashboardPage } from './dashboard-page.js';
import { DASHBOARD_SCRIPT } from './dashboard-script.js';
import { DASHBOARD_STYLE } from './dashboard-style.js';
import { streamSections } from './live-sections.js';
import { readView, type View, viewQuery } from './view.js';

/** The routes of the dashboard, below `/mock`. */
export function createDashboardApp(server: ServerContext, control: Control): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const read = (c: AppContext): Dashboard => ({
    server,
    control,
    view: readView(rootOf(server, c.req.raw), new URL(c.req.url).searchParams),
  });

  app.get('/', (c) => dashboardPage(c, read(c)));
  app.get('/dashboard.css', (c) => asset(c, 'text/css', PAGE_STYLE + DASHBOARD_STYLE));
  app.get('/dashboard.js', (c) => asset(c, 'text/javascript', DASHBOARD_SCRIPT));
  app.get('/live', (c) => streamSections(c, read(c)));
  app.get('/actions/:name', (c) => c.redirect(homeUrl(read(c).view), 303));
  app.post('/actions/:name', async (c) =>
    runAction(c, read(c), c.req.param('name'), await c.req.text()),
  );
  return app;
}

/**
 * Without a notice, redirects back to the section. A notice is rendered into this response: if it were kept for the
 * next request, another client could read it, and the secret in it.
 */
function runAction(
  c: AppContext,
  dashboard: Dashboard,
  name: string,
  body: string,
): Response | Promise<Response> {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw new ControlError('There is no such action.');
  const { section } = action;
  try {
    const notice = action.run(dashboard.control, Object.fromEntries(new URLSearchParams(body)));
    if (notice) return dashboardPage(c, dashboard, { section, notice, isError: false });
  } catch (error) {
    if (!(error instanceof ControlError || error instanceof RangeError)) throw error;
    const notice = { text: error.message };
    return dashboardPage(c, dashboard, { section, notice, isError: true });
  }
  return c.redirect(`${homeUrl(dashboard.view)}#${section}`, 303);
}

function rootOf(server: ServerContext, request: Request): string {
  return `${pathBeforeRoutes(server, request)}${CONTROL_PREFIX}/`;
}

function homeUrl(view: View): string {
  return view.root + viewQuery(view);
}

function asset(c: AppContext, type: string, text: string): Response {
  return c.body(text, 200, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
}
