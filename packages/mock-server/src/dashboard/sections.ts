import { html } from 'hono/html';
import type { ServerContext } from '../context.js';
import type { Control } from '../control.js';
import type { Markup } from '../login/page.js';
import { isLive } from '../oauth/op-session.js';
import { actionButton, instant, pill, table } from './parts.js';

/** Applications: what Sesamy has at Settings > API > Applications. */
export function applicationsSection(control: Control): Markup {
  const rows = control.clients.list().map(
    ({ clientId, name, type, secretHash, callbacks, isActive }) =>
      html`<tr>
        <td>${name}<small>${clientId}</small></td>
        <td>${type}<small>${secretHash === null ? 'public, no secret' : 'has a secret'}</small></td>
        <td>${callbacks.map((each) => html`<small>${each}</small>`)}</td>
        <td>${pill(isActive ? 'active' : 'revoked', !isActive)}</td>
        <td class="actions">
          ${secretHash === null ? '' : actionButton('rotate-secret', { clientId }, 'New secret', name)}
          ${
            isActive
              ? actionButton('revoke-client', { clientId }, 'Revoke', name)
              : actionButton('activate-client', { clientId }, 'Activate', name)
          }
        </td>
      </tr>`,
  );
  return html`<section id="applications" aria-labelledby="applications-title">
    <h2 id="applications-title">Applications</h2>
    <p>
      A revoked application is refused at once; access tokens it holds stay good until they expire.
    </p>
    ${table('Table of applications', ['Name', 'Type', 'Callbacks', 'State', ''], rows, 'No applications yet.')}
    <form class="row" method="post" action="/mock/actions/create-client">
      <label>Name <input name="name" required maxlength="100" /></label>
      <label
        >Type
        <select name="type">
          <option value="spa">Web application</option>
          <option value="native">Native application</option>
          <option value="management">Management API</option>
        </select></label
      >
      <label
        >Callback <input name="callback" type="url" placeholder="http://localhost:5173/"
      /></label>
      <button class="go">Create application</button>
    </form>
  </section>`;
}

/** Who can log in. */
export function usersSection(control: Control): Markup {
  const rows = control.users.list().map(
    ({ id, name, email, isBlocked }) =>
      html`<tr>
        <td>${name}<small>${id}</small></td>
        <td>${email}</td>
        <td>${pill(isBlocked ? 'blocked' : 'can log in', isBlocked)}</td>
        <td class="actions">
          ${
            isBlocked
              ? actionButton('unblock-user', { id }, 'Unblock', name)
              : actionButton('block-user', { id }, 'Block', name)
          }
        </td>
      </tr>`,
  );
  return html`<section id="users" aria-labelledby="users-title">
    <h2 id="users-title">Users</h2>
    ${table('Table of users', ['Name', 'E-mail', 'State', ''], rows, 'Nobody can log in.')}
  </section>`;
}

/** Live sessions of browsers and the refresh tokens that came of them. */
export function sessionsSection(server: ServerContext, control: Control): Markup {
  const sessions = control.sessions
    .list()
    .filter((session) => isLive(server, session))
    .map(
      ({ id, userId, createdAt, clientIds }) =>
        html`<tr>
          <td>${userId}<small>${id}</small></td>
          <td>${instant(createdAt)}</td>
          <td>${clientIds.join(', ') || 'none yet'}</td>
          <td class="actions">
            ${actionButton('end-session', { id }, 'End', `session of ${userId}`)}
          </td>
        </tr>`,
    );
  const families = control.refreshTokens.list().map(
    ({ id, userId, clientId, createdAt, revokedAt, revokedBecause, tokens }) =>
      html`<tr>
        <td>${userId}<small>${clientId}</small></td>
        <td>${instant(createdAt)}</td>
        <td>
          ${pill(revokedAt === null ? 'live' : 'revoked', revokedAt !== null)}<small
            >${revokedBecause ?? ''}</small
          >
        </td>
        <td>
          <details>
            <summary>${tokens.length} ${tokens.length === 1 ? 'token' : 'tokens'}</summary>
            <pre>${control.refreshTokens.explain(id)}</pre>
          </details>
        </td>
        <td class="actions">
          ${revokedAt === null ? actionButton('revoke-family', { id }, 'Revoke', `tokens of ${userId}`) : ''}
        </td>
      </tr>`,
  );
  return html`<section id="sessions" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Live sessions</h2>
      ${table('Table of live sessions', ['User', 'Since', 'Applications', ''], sessions, 'Nobody is logged in.')}
    </section>
    <section id="tokens" aria-labelledby="tokens-title">
      <h2 id="tokens-title">Refresh token families</h2>
      ${table('Table of refresh token families', ['User', 'Since', 'State', 'Lineage', ''], families, 'No refresh token has been issued.')}
    </section>`;
}

/** The clock and the fault plan. */
export function controlsSection(control: Control): Markup {
  const { clock } = control;
  const faults = control.faults.list().map(
    ({ id, scope, effect, remaining, hits }) =>
      html`<tr>
        <td><code>${JSON.stringify(scope)}</code></td>
        <td><code>${JSON.stringify(effect)}</code></td>
        <td>
          ${remaining === null ? 'until cleared' : `${remaining} to come`}<small
            >${hits} hits</small
          >
        </td>
        <td class="actions">${actionButton('clear-fault', { id }, 'Clear', id)}</td>
      </tr>`,
  );
  const steps = [
    ['5 minutes', '300'],
    ['1 hour', '3600'],
    ['1 day', '86400'],
    ['31 days', '2678400'],
  ] as const;
  return html`<section id="clock" aria-labelledby="clock-title">
      <h2 id="clock-title">Clock</h2>
      <p>
        It is <strong>${instant(clock.now())}</strong> here, and time
        ${clock.isFrozen() ? 'stands still' : 'runs'}.
      </p>
      <div class="row">
        ${steps.map(([label, seconds]) => actionButton('advance', { seconds }, `+ ${label}`, ''))}
        ${clock.isFrozen() ? actionButton('resume', {}, 'Let it run', '') : actionButton('freeze', {}, 'Freeze', '')}
        ${actionButton('reset-clock', {}, 'Back to real time', '')}
        ${actionButton('rotate-keys', {}, 'Rotate signing key', '')}
        ${actionButton('reset', {}, 'Reset everything', '')}
      </div>
    </section>
    <section id="faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      ${table('Table of faults', ['Where', 'What', 'How often', ''], faults, 'Nothing is planned to go wrong.')}
      <form class="row" method="post" action="/mock/actions/add-fault">
        <label
          >Endpoint
          <select name="endpoint">
            ${[
              'token',
              'profile',
              'authorize',
              'jwks',
              'discovery',
              'userinfo',
              'revoke',
              'logout',
              'management',
            ].map((name) => html`<option>${name}</option>`)}
          </select></label
        >
        <label
          >What happens
          <select name="effect">
            <option value="status:500">500</option>
            <option value="status:503">503</option>
            <option value="status:429">429, Retry-After 5</option>
            <option value="status:401">401</option>
            <option value="delay:3000">3 s late</option>
            <option value="hang">no answer</option>
            <option value="reset">connection reset</option>
            <option value="truncate">answer cut off</option>
          </select></label
        >
        <label>How often <input name="times" type="number" min="1" value="1" /></label>
        <button class="go">Add fault</button>
      </form>
    </section>`;
}

/** The last requests, newest first. */
export function requestsSection(control: Control): Markup {
  const rows = control.requests
    .list()
    .slice(-100)
    .toReversed()
    .map(
      ({ at, method, path, grant, clientId, user, status, fault }) =>
        html`<tr>
          <td>${new Date(at).toISOString().slice(11, 23)}</td>
          <td>${method} ${path}</td>
          <td>${[grant, clientId, user].filter(Boolean).join(' · ')}</td>
          <td>${status}</td>
          <td>${fault ?? ''}</td>
        </tr>`,
    );
  return html`<section id="log" aria-labelledby="log-title">
    <h2 id="log-title">Requests</h2>
    <p>Newest first, secrets left out, <span id="live" role="status">not connected</span>.</p>
    ${table('Table of requests', ['Time', 'Request', 'Concerns', 'Status', 'Fault'], rows, 'Nothing has been asked yet.')}
  </section>`;
}
