import { html } from 'hono/html';
import type { Markup } from '../../login/page.js';
import type { Client } from '../../clients.js';
import type { Dashboard } from '../dashboard.js';
import {
  actionButton,
  actionUrl,
  address,
  field,
  moreLink,
  pill,
  type Row,
  table,
} from '../parts.js';

/** Applications: what Sesamy has at Settings > API > Applications. */
export function applicationsSection({ control, view }: Dashboard): Markup {
  const clients = control.clients.list();
  const url = (action: string): string => actionUrl(view, action, 'applications');
  const toRow = (client: Client): Row => {
    const { clientId, name, type, secretHash, callbacks, isActive } = client;
    const access = isActive
      ? actionButton(url('revoke-client'), { clientId }, 'Revoke', name)
      : actionButton(url('activate-client'), { clientId }, 'Activate', name);
    const secret =
      secretHash === null
        ? ''
        : actionButton(url('rotate-secret'), { clientId }, 'New secret', `of ${name}`);
    return {
      key: clientId,
      cells: [
        html`${name}<small><code>${clientId}</code></small>`,
        html`${type}<small>${secretHash === null ? 'public, no secret' : 'has a secret'}</small>`,
        callbacks.length === 0
          ? html`<span class="none">none</span>`
          : html`<ul class="plain-list">
              ${callbacks.map((each) => html`<li>${address(each)}</li>`)}
            </ul>`,
        pill(isActive ? 'active' : 'revoked', isActive ? 'good' : 'bad'),
        html`${secret}${access}`,
      ],
    };
  };
  return html`<p class="lead">
      A revoked application is rejected immediately. Its access tokens stay valid until they expire.
    </p>
    ${table(
      'Applications',
      ['Name', 'Type', 'Callbacks', 'State'],
      clients.slice(0, view.limits.applications).map(toRow),
      'No applications.',
    )}
    ${moreLink(view, 'applications', clients.length)}
    <details class="add" data-key="add-application">
      <summary>Create an application</summary>
      <form method="post" action="${url('create-client')}">
        <div class="fields">
          ${field('Name', html`<input name="name" required maxlength="100" />`)}
          ${field(
            'Type',
            html`<select name="type">
              <option value="spa">Web application, public</option>
              <option value="web">Web application with a secret</option>
              <option value="native">Native application</option>
              <option value="management">Management API</option>
            </select>`,
          )}
          ${field(
            'Callback',
            html`<input name="callback" type="url" placeholder="http://localhost:5173/" />`,
          )}
        </div>
        <button class="go">Create application</button>
      </form>
    </details>`;
}
