import { html } from 'hono/html';
import {
  AUTHORIZATION_RESPONSE_FAULTS,
  ID_TOKEN_FAULTS,
  TOKEN_ANSWER_FAULTS,
} from '../../control/fault-names.js';
import type { PlannedFault } from '../../control/faults.js';
import type { Markup } from '../../login/page.js';
import { ENDPOINT_NAMES } from '../../request-facts.js';
import type { Dashboard } from '../dashboard.js';
import { describeEffect, describeScope } from '../describe-fault.js';
import { CONNECTION_FAULTS } from '../fault-form.js';
import { actionButton, actionUrl, choice, field, type Row, table } from '../parts.js';

const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials'];
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** The planned faults, and the form that plans one. */
export function faultsSection({ control, view }: Dashboard): Markup {
  const url = (action: string): string => actionUrl(view, action, 'faults');
  const toRow = ({ id, scope, effect, remaining, hits }: PlannedFault): Row => ({
    key: id,
    cells: [
      html`${describeEffect(effect)}<small><code>${id}</code></small>`,
      html`${describeScope(scope)}`,
      html`${describeRemaining(remaining)}<small>${hits} ${hits === 1 ? 'hit' : 'hits'}</small>`,
      actionButton(url('clear-fault'), { id }, 'Clear', id),
    ],
  });
  const { clients, users } = control;
  return html`<p class="lead">What goes wrong on purpose, and for which requests.</p>
    ${table(
      'Planned faults',
      ['What', 'Where', 'How often'],
      control.faults.list().map(toRow),
      'No faults.',
    )}
    <details class="add" data-key="add-fault">
      <summary>Add a fault</summary>
      <form method="post" action="${url('add-fault')}">
        <fieldset>
          <legend>What goes wrong</legend>
          <div class="fields">
            ${field(
              'Status',
              html`<input
                name="status"
                type="number"
                min="200"
                max="599"
                placeholder="the real one"
              />`,
            )}
            ${field(
              'Connection',
              html`<select name="connection">
                <option value="">as usual</option>
                ${CONNECTION_FAULTS.map(
                  ([name, label]) => html`<option value="${name}">${label}</option>`,
                )}
              </select>`,
            )}
            ${field(
              'Delay',
              html`<input name="delayMs" type="number" min="0" max="600000" placeholder="0" />`,
              'ms',
            )}
            ${field('ID token', choice('idToken', 'valid', ID_TOKEN_FAULTS))}
            ${field('Token response', choice('tokenAnswer', 'valid', TOKEN_ANSWER_FAULTS))}
            ${field(
              'Authorization response',
              choice('authorizationResponse', 'valid', AUTHORIZATION_RESPONSE_FAULTS),
            )}
          </div>
          <details class="rest" data-key="more-effects">
            <summary>Body, headers, discovery and userinfo</summary>
            <div class="fields">
              ${field('Body', html`<textarea name="body" rows="3"></textarea>`, 'text or JSON')}
              ${field(
                'Headers',
                html`<textarea name="headers" rows="3" placeholder="retry-after: 5"></textarea>`,
                'one a line',
              )}
              ${field(
                'Issuer in discovery',
                html`<input name="discoveryIssuer" placeholder="https://other.example/" />`,
              )}
              ${field('Subject at userinfo', html`<input name="userinfoSub" />`)}
            </div>
          </details>
        </fieldset>
        <fieldset>
          <legend>For which requests</legend>
          <div class="fields">
            ${field('Endpoint', choice('endpoint', 'any', ENDPOINT_NAMES))}
            ${field('Grant', choice('grant', 'any', GRANTS))}
            ${field(
              'Application',
              choice(
                'clientId',
                'any',
                clients.list().map(({ clientId }) => clientId),
              ),
            )}
            ${field(
              'User',
              choice(
                'user',
                'any',
                users.list().map(({ id }) => id),
              ),
            )}
            ${field('Method', choice('method', 'any', METHODS))}
            ${field('Session', html`<input name="sessionId" placeholder="any" />`, 'id')}
          </div>
        </fieldset>
        <div class="fields last">
          ${field('How often', html`<input name="times" type="number" min="1" value="1" />`)}
          <label class="check"
            ><input type="checkbox" name="untilCleared" value="1" />Until cleared</label
          >
        </div>
        <button class="go">Add fault</button>
      </form>
    </details>`;
}

function describeRemaining(remaining: number | null): string {
  if (remaining === null) return 'until cleared';
  return remaining === 0 ? 'used up' : `${remaining} to come`;
}
