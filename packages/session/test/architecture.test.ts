import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuthError } from '../src/errors.js';
import { INITIALIZING, type SessionState } from '../src/state.js';
import { transition, type StateEvent } from '../src/transition.js';

const user = { sub: 'a' };
const error = new AuthError('network', 'An example.');

const states: readonly SessionState[] = [
  INITIALIZING,
  { status: 'unauthenticated', reason: 'none', error: null },
  { status: 'authenticating', via: 'redirect' },
  { status: 'authenticated', user, error: null },
  { status: 'logging-out' },
];

const events: readonly [name: string, event: StateEvent][] = [
  ['session-found (same user)', { type: 'session-found', user }],
  ['session-absent', { type: 'session-absent' }],
  ['session-ended (revoked)', { type: 'session-ended', reason: 'revoked' }],
  ['login-started', { type: 'login-started', via: 'popup' }],
  ['login-completed', { type: 'login-completed', via: 'redirect', user }],
  ['login-failed', { type: 'login-failed', error }],
  ['claims-rejected (same user)', { type: 'claims-rejected', sub: 'a', error }],
  ['claims-rejected (another user)', { type: 'claims-rejected', sub: 'b', error }],
  ['start-failed', { type: 'start-failed', error }],
  ['logout-started', { type: 'logout-started' }],
  ['page-restored (no user)', { type: 'page-restored', user: null }],
];

test('the state table in architecture.md matches transition()', () => {
  const head = `| event | ${states.map(({ status }) => `\`${status}\``).join(' | ')} |`;
  const rule = `| --- |${' --- |'.repeat(states.length)}`;
  const rows = events.map(
    ([name, event]) => `| ${name} | ${states.map((state) => cell(state, event)).join(' | ')} |`,
  );
  const path = join(import.meta.dirname, '../../../apps/docs/architecture.md');
  const document = readFileSync(path, 'utf8');
  expect(document).toContain([head, rule, ...rows].join('\n'));
});

function cell(state: SessionState, event: StateEvent): string {
  const next = transition(state, event);
  if (next === state) return '–';
  const status = `\`${next.status}\``;
  if ('error' in next && next.error !== null) return `${status}, error`;
  return next.status === 'unauthenticated' ? `${status}, ${next.reason}` : status;
}
