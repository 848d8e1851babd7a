import { html } from 'hono/html';
import type { Markup } from '../../login/page.js';
import type { Dashboard } from '../dashboard.js';
import { actionButton, actionUrl } from '../parts.js';

const STEPS = [
  ['5 minutes', '300'],
  ['1 hour', '3600'],
  ['1 day', '86400'],
  ['31 days', '2678400'],
] as const;

/** The clock of the server. */
export function clockSection({ control: { clock }, view }: Dashboard): Markup {
  const url = (action: string): string => actionUrl(view, action, 'clock');
  const iso = new Date(clock.now()).toISOString();
  return html`<p class="lead">Every expiry is decided by this clock.</p>
    <div class="card clock">
      <p class="now">
        <time datetime="${iso}"
          ><span>${iso.slice(0, 10)}</span> <strong>${iso.slice(11, 19)}</strong></time
        >
        UTC
        <small
          >${describeOffset(clock.now() - Date.now())}${clock.isFrozen() ? ', frozen' : ''}</small
        >
      </p>
      <div class="buttons">
        ${STEPS.map(([label, seconds]) => actionButton(url('advance'), { seconds }, `+ ${label}`))}
      </div>
      <div class="buttons">
        ${
          clock.isFrozen()
            ? actionButton(url('resume'), {}, 'Let it run')
            : actionButton(url('freeze'), {}, 'Freeze')
        }
        ${actionButton(url('reset-clock'), {}, 'Back to real time')}
      </div>
    </div>`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How far the clock is from the real time, in its largest two units. */
export function describeOffset(offsetMs: number): string {
  let rest = Math.round(Math.abs(offsetMs) / 1000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  if (parts.length === 0) return 'the real time';
  return `${parts.slice(0, 2).join(' ')} ${offsetMs < 0 ? 'behind' : 'ahead of'} the real time`;
}
