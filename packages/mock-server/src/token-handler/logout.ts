import { html } from 'hono/html';
import type { AppContext, Endpoint } from '../context.js';
import { invalidRequest } from '../errors.js';
import { page } from '../login/page.js';
import { ACCESS_COOKIE, clearCookie, HINT_COOKIE, refreshCookie } from './cookies.js';
import { parseReturnTo } from './return-to.js';
import { forged } from './errors.js';
import { CSRF_HEADER, findForgery, isOwnNavigation, isSameOrigin } from './same-origin.js';
import { readSite, type Site } from './site.js';
import type { TokenHandler } from './token-handler.js';
import { findVendor } from './vendor.js';
import { addCookie } from '../response-cookies.js';

/**
 * `POST /auth/logout`: from a script with `X-Sesamy-CSRF: 1`, with status 204; or from the form of the
 * confirmation page, with the redirect of the navigation.
 */
export function postLogoutEndpoint(handler: TokenHandler): Endpoint {
  return async (c) => {
    const site = readSite(c);
    const isForm =
      c.req.header(CSRF_HEADER) === undefined && (await readForm(c)).get('confirm') === 'yes';
    const returnTo = requireReturnTo(c, site);
    if (isForm) {
      if (!isSameOrigin(c, site)) throw forged(`Only pages of ${site.origin} may log a user out.`);
      return c.redirect(await logOut(handler, c, site, returnTo), 303);
    }
    const forgery = findForgery(c, site);
    if (forgery !== null) throw forged(forgery);
    await logOut(handler, c, site, returnTo);
    return c.body(null, 204);
  };
}

/**
 * `GET /auth/logout`: a navigation that also ends the single sign-on session at the issuer. One that
 * another site began requires confirmation.
 */
export function getLogoutEndpoint(handler: TokenHandler): Endpoint {
  return async (c) => {
    const site = readSite(c);
    const returnTo = requireReturnTo(c, site);
    if (!isOwnNavigation(c, site)) return confirmationPage(handler, c, site, returnTo);
    return c.redirect(await logOut(handler, c, site, returnTo), 302);
  };
}

/** Ends the session and returns the issuer's logout address. */
async function logOut(
  handler: TokenHandler,
  c: AppContext,
  site: Site,
  returnTo: string,
): Promise<string> {
  const session = await handler.read(c, site);
  if (session) await handler.end(session);
  for (const name of [ACCESS_COOKIE, refreshCookie(site), HINT_COOKIE])
    addCookie(c, clearCookie(site, name));
  c.header('cache-control', 'no-store');
  const clientId = session?.vendorId ?? findVendor(handler.server, site)?.id;
  if (clientId === undefined) return pathOf(returnTo);
  const url = new URL('v2/logout', handler.server.issuer);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('returnTo', returnTo);
  return url.href;
}

/** A path stays on the browser's host, whatever host a header names. */
function pathOf(returnTo: string): string {
  const { pathname, search, hash } = new URL(returnTo);
  return `${pathname.replace(/^\/+/, '/')}${search}${hash}`;
}

function requireReturnTo(c: AppContext, site: Site): string {
  const { params, repeated } = c.get('facts');
  const returnTo = repeated.length > 0 ? null : parseReturnTo(params['returnTo'], site);
  if (returnTo !== null) return returnTo;
  throw invalidRequest(`returnTo must be one path or address of ${site.origin}.`);
}

async function readForm(c: AppContext): Promise<URLSearchParams> {
  const type = c.req.header('content-type') ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? await c.req.text() : '');
}

async function confirmationPage(
  { server }: TokenHandler,
  c: AppContext,
  site: Site,
  returnTo: string,
): Promise<Response> {
  const response = await page(c, {
    title: 'Sign out',
    language: 'en',
    main: html`<h1>Sign out?</h1>
      <p class="lead">Another page wants to sign you out of ${new URL(site.origin).host}.</p>
      <form method="post" action="?${new URLSearchParams({ returnTo }).toString()}">
        <input type="hidden" name="confirm" value="yes" />
        <button class="primary">Sign out</button>
      </form>
      <p><a href="${site.origin}/">Stay signed in</a></p>`,
    notice: 'This is a local mock of Sesamy.',
    // Chromium applies form-action to a form's redirects, too.
    formTargets: [site.origin, new URL(server.issuer).origin],
  });
  // The form must name its origin, and that needs a referrer.
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}
