import type { Control } from '../control.js';
import { ControlError } from '../control/control-error.js';
import type { FaultEffect } from '../control/faults.js';
import type { EndpointName } from '../request-facts.js';

/** What an action has to say; a secret is shown this once. */
export interface Notice {
  readonly text: string;
  readonly secret?: string;
}

type Fields = Readonly<Record<string, string>>;
type Action = (control: Control, fields: Fields) => Notice | void;

/** What the buttons and forms of the dashboard do. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'create-client': createClient,
  'rotate-secret': (control, { clientId = '' }) => ({
    text: `The new secret of ${clientId}. Copy it now, it is not shown again:`,
    secret: control.clients.rotateSecret(clientId),
  }),
  'revoke-client': (control, { clientId = '' }) => void control.clients.disable(clientId),
  'activate-client': (control, { clientId = '' }) => void control.clients.enable(clientId),
  'block-user': (control, { id = '' }) => void control.users.disable(id),
  'unblock-user': (control, { id = '' }) => void control.users.enable(id),
  'end-session': (control, { id = '' }) => void control.sessions.end(id),
  'revoke-family': (control, { id = '' }) => void control.refreshTokens.revoke(id),
  advance: (control, { seconds = '' }) => control.clock.advance({ seconds: Number(seconds) || 0 }),
  freeze: (control) => control.clock.freeze(),
  resume: (control) => control.clock.resume(),
  'reset-clock': (control) => control.clock.reset(),
  'rotate-keys': (control) => ({ text: `New tokens are signed by ${control.keys.rotate().kid}.` }),
  reset: (control) => control.reset(),
  'add-fault': (control, fields) => void control.faults.add(readFault(fields)),
  'clear-fault': (control, { id = '' }) => control.faults.clear(id),
};

function createClient(control: Control, { name = '', type = '', callback = '' }: Fields): Notice {
  const slug = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (slug === '') throw new ControlError('An application needs a name.');
  if (callback !== '' && !URL.canParse(callback))
    throw new ControlError('The callback is not a URL.');
  const isTaken = control.clients.list().some(({ clientId }) => clientId === slug);
  if (isTaken) throw new ControlError(`There is an application ${slug} already.`);
  const kind = type === 'management' || type === 'native' ? type : 'spa';
  control.clients.add({
    clientId: slug,
    name: name.trim(),
    type: kind,
    callbacks: callback === '' ? [] : [callback],
  });
  if (kind !== 'management') return { text: `Created. Its client id is ${slug}.` };
  const text = `Created. Its client id is ${slug}. Copy the secret now, it is not shown again:`;
  return { text, secret: control.clients.rotateSecret(slug) };
}

const FAULT_ENDPOINTS: readonly EndpointName[] = [
  'token',
  'profile',
  'authorize',
  'jwks',
  'discovery',
  'userinfo',
  'revoke',
  'logout',
  'management',
];

function readFault({
  endpoint,
  effect = '',
  times = '1',
}: Fields): FaultEffect & { endpoint: EndpointName; times: number } {
  const where = FAULT_ENDPOINTS.find((name) => name === endpoint);
  const often = Number(times);
  if (!where) throw new ControlError('Choose an endpoint.');
  if (!Number.isInteger(often) || often < 1) throw new ControlError('How often must be 1 or more.');
  return { endpoint: where, times: often, ...readEffect(effect) };
}

function readEffect(text: string): FaultEffect {
  const [kind, value] = text.split(':');
  const number = Number(value);
  if (kind === 'status' && number === 429) return { status: 429, headers: { 'retry-after': '5' } };
  if (kind === 'status' && number >= 400 && number <= 599) return { status: number };
  if (kind === 'delay' && number > 0) return { delayMs: number };
  if (kind === 'hang' || kind === 'reset' || kind === 'truncate') return { [kind]: true };
  throw new ControlError('Choose what happens.');
}
