import { html, raw } from 'hono/html';
import type { AppContext, ServerContext } from '../context.js';
import type { Control } from '../control.js';
import { PAGE_STYLE } from '../login/page-style.js';
import type { Notice } from './actions.js';
import {
  applicationsSection,
  controlsSection,
  requestsSection,
  sessionsSection,
  usersSection,
} from './sections.js';
import { DASHBOARD_STYLE } from './style.js';

const SECTIONS = [
  ['applications', 'Applications'],
  ['users', 'Users'],
  ['sessions', 'Sessions'],
  ['tokens', 'Tokens'],
  ['clock', 'Clock'],
  ['faults', 'Faults'],
  ['log', 'Requests'],
] as const;

/** The dashboard: stands in for Sesamy's, and shows what goes on inside the server. */
export function dashboardPage(
  server: ServerContext,
  control: Control,
  c: AppContext,
  notice: Notice | null,
): Response | Promise<Response> {
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  c.header('cache-control', 'no-store');
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Sesamy mock: dashboard</title>
          <style>
            ${raw(PAGE_STYLE + DASHBOARD_STYLE)}
          </style>
          <script src="/mock/live-log.js" defer></script>
        </head>
        <body>
          <div class="shell">
            <header>
              <div class="top">
                <h1>Sesamy mock</h1>
                <p>Issuer <code>${server.issuer}</code>, answers as ${server.options.fidelity}</p>
              </div>
              <nav aria-label="Sections">
                ${SECTIONS.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}
              </nav>
            </header>
            <main class="plain">
              ${notice ? noticeBox(notice) : ''} ${applicationsSection(control)}
              ${usersSection(control)} ${sessionsSection(server, control)}
              ${controlsSection(control)} ${requestsSection(control)}
            </main>
          </div>
        </body>
      </html>`,
  );
}

function noticeBox({ text, secret }: Notice): ReturnType<typeof html> {
  return html`<div class="secret" role="status">
    ${text}${secret === undefined ? '' : html` <code>${secret}</code>`}
  </div>`;
}
