import { html } from 'hono/html';
import type { RecordedRequest } from '../../control/requests.js';
import type { Markup } from '../../login/page.js';
import { ENDPOINT_NAMES } from '../../request-facts.js';
import type { Dashboard } from '../dashboard.js';
import { selectRequests } from '../log-filter.js';
import { choice, field, moreLink, type Row, table } from '../parts.js';

/** The last requests, newest first. */
export function requestsSection({ control, view }: Dashboard): Markup {
  const found = selectRequests(control.requests.list(), view);
  return html`<p class="lead">
      Newest first. Tokens, codes and secrets are redacted; images are left out.
    </p>
    <form class="filter" method="get" action="${view.root}#log" role="search" aria-label="Requests">
      ${field(
        'Find',
        html`<input
          name="find"
          type="search"
          value="${view.find}"
          placeholder="path, application, user or fault"
        />`,
      )}
      ${field('Endpoint', choice('endpoint', 'any', ENDPOINT_NAMES, view.endpoint ?? ''))}
      <label class="check"
        ><input
          type="checkbox"
          name="failed"
          value="1"
          ${view.isFailedOnly ? 'checked' : ''}
        />Failed only</label
      >
      <button class="small">Filter</button>
    </form>
    ${table(
      'Requests',
      ['Time (UTC)', 'Request', 'Concerns', 'Status', 'Duration'],
      found.slice(0, view.limits.log).map(toRow),
      'No requests.',
    )}
    ${moreLink(view, 'log', found.length)}`;
}

function toRow(request: RecordedRequest): Row {
  const { id, at, method, path, grant, clientId, user, status, durationMs, fault } = request;
  const iso = new Date(at).toISOString();
  const hasFailed = status >= 400;
  return {
    key: String(id),
    hasFailed,
    cells: [
      html`<time datetime="${iso}">${iso.slice(11, 23)}</time>`,
      html`<span class="path">${method} ${path}</span>${parameters(request)}`,
      html`${[grant, clientId, user].filter(Boolean).join(' · ')}`,
      html`${pill(status, hasFailed)}${fault === null ? '' : html`<small>${fault}</small>`}`,
      html`${durationMs} ms`,
    ],
  };
}

function pill(status: number, hasFailed: boolean): Markup {
  return hasFailed
    ? html`<span class="pill bad">${status}<span class="unseen"> failed</span></span>`
    : html`<span class="pill plain">${status}</span>`;
}

function parameters({ id, params, origin }: RecordedRequest): Markup {
  const entries = [
    ...Object.entries(params),
    ...(origin === null ? [] : [['Origin', origin] as const]),
  ];
  if (entries.length === 0) return html``;
  return html`<details data-key="parameters-${id}">
    <summary>${entries.length} ${entries.length === 1 ? 'parameter' : 'parameters'}</summary>
    <dl>
      ${entries.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </details>`;
}
