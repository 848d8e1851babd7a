import { html } from 'hono/html';
import { explainLineage, type Lineage, newestLineages } from '../../control/refresh-tokens.js';
import type { Markup } from '../../login/page.js';
import type { Dashboard } from '../dashboard.js';
import { actionButton, actionUrl, instant, moreLink, pill, type Row, table } from '../parts.js';

/** Tokens of one family that are explained; a family may have thousands. */
const MAX_EXPLAINED = 50;

/** The refresh token families, newest first. */
export function tokensSection({ server, view }: Dashboard): Markup {
  const url = actionUrl(view, 'revoke-family', 'tokens');
  const toRow = (lineage: Lineage): Row => {
    const { id, userId, clientId, createdAt, revokedAt, revokedBecause, tokens } = lineage;
    const isLive = revokedAt === null;
    return {
      key: id,
      cells: [
        html`${userId}<small>${clientId}</small>`,
        instant(createdAt),
        html`${pill(isLive ? 'live' : 'revoked', isLive ? 'good' : 'bad')}${
          revokedBecause === null ? '' : html`<small>${revokedBecause}</small>`
        }`,
        html`<details data-key="${id}">
          <summary>${tokens.length} ${tokens.length === 1 ? 'token' : 'tokens'}</summary>
          <pre tabindex="0" role="group" aria-label="Lineage">${lineageText(lineage)}</pre>
        </details>`,
        isLive ? actionButton(url, { id }, 'Revoke', `tokens of ${userId}`) : html``,
      ],
    };
  };
  return html`<p class="lead">
      All refresh tokens of one login make a family. A token that is used again after the leeway
      revokes its family.
    </p>
    ${table(
      'Refresh token families',
      ['User', 'Since (UTC)', 'State', 'Lineage'],
      newestLineages(server.state, view.limits.tokens).map(toRow),
      'No refresh tokens.',
    )}
    ${moreLink(view, 'tokens', server.state.families.size)}`;
}

function lineageText(lineage: Lineage): string {
  const left = lineage.tokens.length - MAX_EXPLAINED;
  if (left <= 0) return explainLineage(lineage);
  const text = explainLineage({ ...lineage, tokens: lineage.tokens.slice(-MAX_EXPLAINED) });
  return `${text}\n  (${left} older tokens are left out.)`;
}
