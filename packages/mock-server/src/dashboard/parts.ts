import { html } from 'hono/html';
import type { Markup } from '../login/page.js';

/** A button that does one thing, as a form of its own: it works without script. */
export function actionButton(
  action: string,
  fields: Readonly<Record<string, string>>,
  label: string,
  describe: string,
): Markup {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="/mock/actions/${action}">
    ${inputs}<button class="small" aria-label="${label} ${describe}">${label}</button>
  </form>`;
}

/** A table, or a sentence when there is nothing to show. */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly Markup[],
  empty: string,
): Markup {
  const body =
    rows.length > 0
      ? rows
      : html`<tr>
          <td class="empty" colspan="${heads.length}">${empty}</td>
        </tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => (head === '' ? html`<td></td>` : html`<th scope="col">${head}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** A state in a pill. */
export function pill(text: string, isOff: boolean): Markup {
  return html`<span class="state ${isOff ? 'off' : ''}">${text}</span>`;
}

/** An instant as people read it, in UTC. */
export function instant(epochMs: number): Markup {
  const iso = new Date(epochMs).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
