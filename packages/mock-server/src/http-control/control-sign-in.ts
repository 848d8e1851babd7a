import { html } from 'hono/html';
import type { AppContext, ServerContext } from '../context.js';
import { page } from '../login/page.js';
import { pathBeforeRoutes } from '../route-path.js';
import { CONTROL_COOKIE, cookieOf, isControlToken } from './control-access.js';
import { CONTROL_PREFIX, SIGN_IN_PATH } from './operation-paths.js';
import { addCookie } from '../response-cookies.js';

/** The form for the control token: for the browser of a machine that the mock runs on in a container. */
export function signInPage(
  server: ServerContext,
  c: AppContext,
  problem: string | null,
): Response | Promise<Response> {
  const base = pathBeforeRoutes(server, c.req.raw);
  return page(c, {
    title: 'Dashboard of the Sesamy mock',
    language: 'en',
    status: 403,
    main: html`<h1>Control token</h1>
      <p class="lead">
        This browser does not come from the mock’s own machine. The command printed a token when it
        started.
      </p>
      ${problem === null ? '' : html`<p class="alert" role="alert" id="problem">${problem}</p>`}
      <form method="post" action="${base}${SIGN_IN_PATH}">
        <label for="token">Token</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="off"
          required
          autofocus
          ${problem === null ? '' : html`aria-invalid="true" aria-describedby="problem"`}
        />
        <button class="primary">Open the dashboard</button>
      </form>`,
    notice: 'This is a local mock of Sesamy.',
  });
}

/** Takes the form: the right token gets a cookie and the dashboard. */
export async function signIn(server: ServerContext, c: AppContext): Promise<Response> {
  const token = new URLSearchParams(await c.req.text()).get('token')?.trim() ?? '';
  if (!(await isControlToken(server, token))) {
    return signInPage(server, c, 'This is not the token that the command printed.');
  }
  const secure = new URL(c.req.url).protocol === 'https:' ? '; Secure' : '';
  addCookie(
    c,
    `${CONTROL_COOKIE}=${await cookieOf(token)}; Path=${pathBeforeRoutes(server, c.req.raw)}${CONTROL_PREFIX}; HttpOnly; SameSite=Strict${secure}`,
  );
  return c.redirect(`${pathBeforeRoutes(server, c.req.raw)}${CONTROL_PREFIX}/`, 303);
}
