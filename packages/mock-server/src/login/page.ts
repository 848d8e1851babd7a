import { html, raw } from 'hono/html';
import type { AppContext } from '../context.js';
import { PAGE_STYLE } from './page-style.js';

/** A piece of escaped HTML. */
export type Markup = ReturnType<typeof html>;

/** What every page of the server has. */
export interface PageOptions {
  readonly title: string;
  readonly language: string;
  readonly main: Markup;
  readonly aside?: Markup | undefined;
  readonly notice: string;
  /** Origins other than the server's to which a form may redirect. */
  readonly formTargets?: readonly string[];
  readonly status?: 200 | 400 | 403 | 404 | 409 | 422 | 500 | 503;
}

/** Renders a page: no script at all, its own style only, never framed. */
export function page(c: AppContext, options: PageOptions): Response | Promise<Response> {
  const targets = ["'self'", ...(options.formTargets ?? [])].join(' ');
  c.header(
    'content-security-policy',
    `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: https: http:; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
  );
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-store');
  return c.html(
    html`<!doctype html>
      <html lang="${options.language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${options.title}</title>
          <style>
            ${raw(PAGE_STYLE)}
          </style>
        </head>
        <body>
          <main>${options.main}</main>
          ${options.aside ? html`<aside>${options.aside}</aside>` : ''}
          <footer>${options.notice}</footer>
        </body>
      </html>`,
    options.status ?? 200,
  );
}

/** An error as a page. */
export function errorPage(
  c: AppContext,
  status: NonNullable<PageOptions['status']>,
  error: string,
  description: string,
): Response | Promise<Response> {
  return page(c, {
    title: 'Request rejected',
    language: 'en',
    status,
    main: html`<h1>Request rejected</h1>
      <p class="lead">${description}</p>
      <p><code>${error}</code></p>`,
    notice: 'This is a local mock of Sesamy. Nothing was sent back to the application.',
  });
}
