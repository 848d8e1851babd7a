import type { Control } from '../control.js';
import { ControlError } from '../control/control-error.js';
import { readFault } from './fault-form.js';
import type { SectionId } from './section-ids.js';
import { slugOf } from './slug.js';
import { readUser } from './user-form.js';

/** The message of an action. It is shown to the request that ran the action and to no other. */
export interface Notice {
  readonly text: string;
  readonly secret?: string;
}

type Fields = Readonly<Record<string, string>>;

/** What a button or a form of the dashboard does. */
export interface Action {
  readonly section: SectionId;
  /** @throws ControlError for invalid input */
  run(control: Control, fields: Fields): Notice | void;
}

/** The actions of the dashboard, by the last part of their path. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'create-client': { section: 'applications', run: createClient },
  'rotate-secret': {
    section: 'applications',
    run: (control, { clientId = '' }) => ({
      text: `The new secret of ${clientId}. Copy it now, it is not shown again:`,
      secret: control.clients.rotateSecret(clientId),
    }),
  },
  'revoke-client': {
    section: 'applications',
    run: (control, { clientId = '' }) => void control.clients.disable(clientId),
  },
  'activate-client': {
    section: 'applications',
    run: (control, { clientId = '' }) => void control.clients.enable(clientId),
  },
  'add-user': { section: 'users', run: addUser },
  'block-user': {
    section: 'users',
    run: (control, { id = '' }) => void control.users.disable(id),
  },
  'unblock-user': {
    section: 'users',
    run: (control, { id = '' }) => void control.users.enable(id),
  },
  'end-session': {
    section: 'sessions',
    run: (control, { id = '' }) => void control.sessions.end(id),
  },
  'revoke-family': {
    section: 'tokens',
    run: (control, { id = '' }) => void control.refreshTokens.revoke(id),
  },
  advance: {
    section: 'clock',
    run: (control, { seconds = '' }) => control.clock.advance({ seconds: Number(seconds) || 0 }),
  },
  freeze: { section: 'clock', run: (control) => control.clock.freeze() },
  resume: { section: 'clock', run: (control) => control.clock.resume() },
  'reset-clock': { section: 'clock', run: (control) => control.clock.reset() },
  'add-fault': {
    section: 'faults',
    run: (control, fields) => void control.faults.add(readFault(fields)),
  },
  'clear-fault': { section: 'faults', run: (control, { id = '' }) => control.faults.clear(id) },
  'rotate-keys': {
    section: 'reset',
    run: (control) => ({ text: `New tokens are signed with ${control.keys.rotate().kid}.` }),
  },
  reset: { section: 'reset', run: (control) => control.reset() },
};

function createClient(control: Control, { name = '', type = '', callback = '' }: Fields): Notice {
  const clientId = slugOf(name);
  if (clientId === '') throw new ControlError('An application needs a name.');
  if (callback !== '' && !URL.canParse(callback))
    throw new ControlError('The callback is not a URL.');
  const isTaken = control.clients.list().some((client) => client.clientId === clientId);
  if (isTaken) throw new ControlError(`There is an application ${clientId} already.`);
  const kind = (['native', 'web', 'management'] as const).find((each) => each === type) ?? 'spa';
  control.clients.add({
    clientId,
    name: name.trim(),
    type: kind,
    callbacks: callback === '' ? [] : [callback],
  });
  if (kind !== 'management' && kind !== 'web')
    return { text: `Created. Its client id is ${clientId}.` };
  const text = `Created. Its client id is ${clientId}. Copy the secret now, it is not shown again:`;
  return { text, secret: control.clients.rotateSecret(clientId) };
}

function addUser(control: Control, fields: Fields): Notice {
  const user = readUser(fields);
  const isTaken = control.users.list().some(({ id }) => id === user.id);
  if (isTaken) throw new ControlError(`There is a user ${user.id} already. Give another id.`);
  const { name, id } = control.users.add(user);
  return { text: `Added ${name}, id ${id}.` };
}
