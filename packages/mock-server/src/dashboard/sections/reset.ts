import { html } from 'hono/html';
import type { Markup } from '../../login/page.js';
import type { Dashboard } from '../dashboard.js';
import { actionUrl } from '../parts.js';
import type { View } from '../view.js';

/** The actions that cannot be undone, each with a confirmation that needs no script. */
export function resetSection({ view }: Dashboard): Markup {
  return html`<p class="lead">Neither can be undone.</p>
    <div class="card danger-zone">
      ${danger(view, {
        action: 'rotate-keys',
        label: 'Rotate signing key',
        effect:
          'New tokens are signed with a new key. Clients that cached the keys must fetch them again.',
      })}
      ${danger(view, {
        action: 'reset',
        label: 'Reset everything',
        effect:
          'Sessions, tokens, faults, the request log and every change to users and applications are lost, and the clock returns to the real time.',
      })}
    </div>`;
}

interface Danger {
  readonly action: string;
  readonly label: string;
  readonly effect: string;
}

function danger(view: View, { action, label, effect }: Danger): Markup {
  const id = `confirm-${action}`;
  return html`<div class="danger-row">
    <p><strong>${label}</strong><small>${effect}</small></p>
    <button type="button" class="small danger" popovertarget="${id}">${label}…</button>
    <div popover id="${id}" class="confirm" role="dialog" aria-labelledby="${id}-title">
      <h3 id="${id}-title">${label}?</h3>
      <p>${effect}</p>
      <div class="buttons">
        <button
          type="button"
          class="small"
          popovertarget="${id}"
          popovertargetaction="hide"
          autofocus
        >
          Cancel
        </button>
        <form method="post" action="${actionUrl(view, action, 'reset')}">
          <button class="go danger">${label}</button>
        </form>
      </div>
    </div>
  </div>`;
}
