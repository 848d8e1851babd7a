import { html } from 'hono/html';
import type { Markup } from '../login/page.js';
import type { SectionId } from './section-ids.js';
import { type ListName, PAGE_SIZE, type View, viewQuery, withMore } from './view.js';

/** A row of a table; `key` tells it from its neighbours. */
export interface Row {
  readonly key: string;
  readonly cells: readonly Markup[];
  readonly hasFailed?: boolean;
}

/** Where the form of an action is sent: the view and the section are kept. */
export function actionUrl(view: View, action: string, section: SectionId): string {
  return `${view.root}actions/${action}${viewQuery(view)}#${section}`;
}

/** A button that does one thing, in a separate form, so that it works without script. */
export function actionButton(
  url: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  describe = '',
): Markup {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const about = describe === '' ? '' : html`<span class="unseen"> ${describe}</span>`;
  return html`<form method="post" action="${url}">
    ${inputs}<button class="small">${label}${about}</button>
  </form>`;
}

/**
 * A table, which turns into cards on a narrow screen, or a sentence when there is nothing to show. The roles are
 * spelled out because browsers drop them from tables that are laid out as cards.
 */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly Row[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const hasActions = rows.some(({ cells }) => cells.length > heads.length);
  return html`<div class="card">
    <table role="table" aria-label="${name}">
      <thead role="rowgroup">
        <tr role="row">
          ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
          ${hasActions ? html`<th scope="col" role="columnheader"><span class="unseen">Actions</span></th>` : ''}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => tableRow(heads, row))}
      </tbody>
    </table>
  </div>`;
}

function tableRow(heads: readonly string[], { key, cells, hasFailed = false }: Row): Markup {
  const columns = cells.map((cell, index) => {
    const head = heads[index];
    if (index === 0) return html`<th scope="row" role="rowheader">${cell}</th>`;
    if (head === undefined) return html`<td role="cell" class="actions">${cell}</td>`;
    return html`<td role="cell" data-label="${head}">${cell}</td>`;
  });
  return html`<tr role="row" data-key="${key}" class="${hasFailed ? 'failed' : ''}">
    ${columns}
  </tr>`;
}

/** How much of a list is shown, with a link to more of it. */
export function moreLink(view: View, list: ListName, total: number): Markup {
  const shown = view.limits[list];
  if (total <= shown) return html``;
  const wider = withMore(view, list);
  const link =
    wider === null
      ? 'The rest is left out.'
      : html`<a href="${view.root}${viewQuery(wider)}#${list}"
          >Show ${Math.min(PAGE_SIZE, total - shown)} more<span class="unseen"> ${list}</span></a
        >`;
  return html`<p class="more">${shown} of ${total.toLocaleString('en')} shown. ${link}</p>`;
}

/** A state in a pill. */
export function pill(text: string, kind: 'good' | 'bad' | 'plain'): Markup {
  return html`<span class="pill ${kind}">${text}</span>`;
}

/** An instant as people read it, in UTC. */
export function instant(epochMs: number): Markup {
  const iso = new Date(epochMs).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`;
}

/** An address that may break after its slashes. */
export function address(url: string): Markup {
  return html`${url.split(/(?<=\/)/).map((part) => html`${part}<wbr />`)}`;
}

/** A labelled field of a form. */
export function field(label: string, control: Markup, hint = ''): Markup {
  return html`<label class="field"
    ><span>${label}${hint === '' ? '' : html` <small>${hint}</small>`}</span>${control}</label
  >`;
}

/** A choice among values that are their own names; the first one is empty and stands for none. */
export function choice(name: string, none: string, values: readonly string[], chosen = ''): Markup {
  return html`<select name="${name}">
    <option value="">${none}</option>
    ${values.map((value) => html`<option ${value === chosen ? 'selected' : ''}>${value}</option>`)}
  </select>`;
}
