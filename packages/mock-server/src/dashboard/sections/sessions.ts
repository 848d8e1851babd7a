import { html } from 'hono/html';
import type { Markup } from '../../login/page.js';
import { isLive } from '../../oauth/op-session.js';
import type { OpSession } from '../../state.js';
import type { Dashboard } from '../dashboard.js';
import { actionButton, actionUrl, instant, moreLink, type Row, table } from '../parts.js';

/** The live sessions of browsers, newest first. */
export function sessionsSection({ server, control, view }: Dashboard): Markup {
  const live = control.sessions.list().filter((session) => isLive(server, session));
  const url = actionUrl(view, 'end-session', 'sessions');
  const toRow = ({ id, userId, createdAt, clientIds }: OpSession): Row => ({
    key: id,
    cells: [
      html`${userId}<small><code>${id}</code></small>`,
      instant(createdAt),
      clientIds.length === 0
        ? html`<span class="none">none yet</span>`
        : html`${clientIds.join(', ')}`,
      actionButton(url, { id }, 'End', `session of ${userId}`),
    ],
  });
  return html`<p class="lead">
      The server’s own sessions with browsers. Refresh tokens outlive them, as at Sesamy.
    </p>
    ${table(
      'Live sessions',
      ['User', 'Since (UTC)', 'Applications'],
      live.slice(-view.limits.sessions).toReversed().map(toRow),
      'No live sessions.',
    )}
    ${moreLink(view, 'sessions', live.length)}`;
}
