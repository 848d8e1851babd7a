import { html } from 'hono/html';
import type { Markup } from '../../login/page.js';
import type { User } from '../../users.js';
import type { Dashboard } from '../dashboard.js';
import { actionButton, actionUrl, field, moreLink, pill, type Row, table } from '../parts.js';

/** The users, and the form that adds one. */
export function usersSection({ control, view }: Dashboard): Markup {
  const users = control.users.list();
  const url = (action: string): string => actionUrl(view, action, 'users');
  const toRow = ({ id, name, email, emailVerified, isBlocked }: User): Row => ({
    key: id,
    cells: [
      html`${name}<small><code>${id}</code></small>`,
      html`${email}<small>${emailVerified ? 'verified' : 'not verified'}</small>`,
      pill(isBlocked ? 'blocked' : 'can log in', isBlocked ? 'bad' : 'good'),
      isBlocked
        ? actionButton(url('unblock-user'), { id }, 'Unblock', name)
        : actionButton(url('block-user'), { id }, 'Block', name),
    ],
  });
  return html`<p class="lead">Logins and refreshes of a blocked user are rejected.</p>
    ${table(
      'Users',
      ['Name', 'E-mail', 'State'],
      users.slice(0, view.limits.users).map(toRow),
      'No users.',
    )}
    ${moreLink(view, 'users', users.length)}
    <details class="add" data-key="add-user">
      <summary>Add a user</summary>
      <form method="post" action="${url('add-user')}">
        <div class="fields">
          ${field('First name', html`<input name="firstName" required maxlength="100" />`)}
          ${field('Last name', html`<input name="lastName" maxlength="100" />`)}
          ${field('E-mail', html`<input name="email" type="email" placeholder="id@example.com" />`)}
          ${field('Id', html`<input name="id" placeholder="the first name" maxlength="100" />`)}
          ${field('Locale', html`<input name="locale" placeholder="en-GB" maxlength="35" />`)}
          ${field(
            'Organizations',
            html`<input name="organizations" placeholder="org_analytical" />`,
            'separated by spaces',
          )}
          ${field(
            'Permissions',
            html`<input name="permissions" placeholder="publishers:read" />`,
            'separated by spaces',
          )}
        </div>
        <label class="check">
          <input type="checkbox" name="emailVerified" value="1" checked />E-mail is verified
        </label>
        <button class="go">Add user</button>
      </form>
    </details>`;
}
