import { html } from 'hono/html';
import type { AppContext } from '../context.js';
import type { Markup } from '../login/page.js';
import type { Notice } from './actions.js';
import type { Dashboard } from './dashboard.js';
import { SECTION_IDS, SECTION_TITLES, type SectionId } from './section-ids.js';
import { applicationsSection } from './sections/applications.js';
import { clockSection } from './sections/clock.js';
import { faultsSection } from './sections/faults.js';
import { requestsSection } from './sections/requests.js';
import { resetSection } from './sections/reset.js';
import { sessionsSection } from './sections/sessions.js';
import { tokensSection } from './sections/tokens.js';
import { usersSection } from './sections/users.js';
import { viewQuery } from './view.js';

const SECTIONS: Readonly<Record<SectionId, (dashboard: Dashboard) => Markup>> = {
  applications: applicationsSection,
  users: usersSection,
  sessions: sessionsSection,
  tokens: tokensSection,
  clock: clockSection,
  faults: faultsSection,
  log: requestsSection,
  reset: resetSection,
};

/** The result of an action, for its section. */
export interface Outcome {
  readonly section: SectionId;
  readonly notice: Notice;
  readonly isError: boolean;
}

/** The dashboard: stands in for Sesamy's, and shows the state of the server. */
export function dashboardPage(
  c: AppContext,
  dashboard: Dashboard,
  outcome: Outcome | null = null,
): Response | Promise<Response> {
  const { issuer, options } = dashboard.server;
  const { root } = dashboard.view;
  c.header(
    'content-security-policy',
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  c.header('x-frame-options', 'DENY');
  c.header('x-content-type-options', 'nosniff');
  // Without any referrer, browsers post its forms with `Origin: null`, which the control plane refuses.
  c.header('referrer-policy', 'same-origin');
  c.header('cache-control', 'no-store');
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>Sesamy mock: dashboard</title>
          <link rel="stylesheet" href="${root}dashboard.css" />
          <script src="${root}dashboard.js" defer></script>
        </head>
        <body>
          <a class="skip" href="#content">Skip to the content</a>
          <header>
            <div class="top">
              <h1>Sesamy mock</h1>
              <p>
                <code>${issuer}</code>
                <span>${options.fidelity} fidelity</span>
              </p>
              <span id="live" role="status">not live</span>
            </div>
          </header>
          <nav aria-label="Sections">
            <ul>
              ${SECTION_IDS.map((id) => html`<li><a href="#${id}">${SECTION_TITLES[id]}</a></li>`)}
            </ul>
          </nav>
          <main id="content" tabindex="-1">
            ${SECTION_IDS.map((id) => section(id, dashboard, outcome))}
          </main>
        </body>
      </html>`,
    outcome?.isError ? 422 : 200,
  );
}

/** The parts of a section that change with the state of the server. */
export function sectionBody(id: SectionId, dashboard: Dashboard): Markup {
  return html`<div class="body" id="${id}-body">${SECTIONS[id](dashboard)}</div>`;
}

function section(id: SectionId, dashboard: Dashboard, outcome: Outcome | null): Markup {
  const notice = outcome?.section === id ? noticeBox(dashboard, outcome) : '';
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title" tabindex="-1">${SECTION_TITLES[id]}</h2>
    ${notice} ${sectionBody(id, dashboard)}
  </section>`;
}

function noticeBox({ view }: Dashboard, { section: id, notice, isError }: Outcome): Markup {
  const secret =
    notice.secret === undefined ? '' : html`<code class="secret">${notice.secret}</code>`;
  return html`<div
    class="notice ${isError ? 'error' : ''}"
    data-key="notice"
    role="${isError ? 'alert' : 'status'}"
    tabindex="-1"
  >
    <p>${notice.text}</p>
    ${secret}<a class="small" href="${view.root}${viewQuery(view)}#${id}">Dismiss</a>
  </div>`;
}
