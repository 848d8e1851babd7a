import { type Client, createClient } from './clients.js';
import type { ResolvedOptions } from './options.js';
import type { ServerState } from './state.js';
import { createUser, type User } from './users.js';

/** The users and clients that a configuration names, with every default filled in. */
export interface Seeds {
  readonly users: readonly User[];
  readonly clients: readonly Client[];
}

/** The users and clients of the options. */
export function seedsOf(options: Pick<ResolvedOptions, 'users' | 'clients'>): Seeds {
  return {
    users: options.users.map((user) => createUser(user)),
    clients: options.clients.map((client) => createClient(client)),
  };
}

/**
 * Applies to the state what changed from one configuration to the next, field by field. A field that
 * both have in common keeps the changes of users, tests and the dashboard.
 */
export function applySeeds(state: ServerState, before: Seeds, after: Seeds): void {
  merge(state.users, before.users, after.users, ({ id }) => id);
  merge(state.clients, before.clients, after.clients, ({ clientId }) => clientId);
}

function merge<Value extends object>(
  current: Map<string, Value>,
  before: readonly Value[],
  after: readonly Value[],
  keyOf: (value: Value) => string,
): void {
  const earlier = new Map(before.map((value) => [keyOf(value), value]));
  const later = new Map(after.map((value) => [keyOf(value), value]));
  for (const key of earlier.keys()) if (!later.has(key)) current.delete(key);
  for (const [key, wanted] of later) {
    const [known, present] = [earlier.get(key), current.get(key)];
    if (known === undefined) current.set(key, wanted);
    else if (present !== undefined) current.set(key, withChanges(present, known, wanted));
    // Removed by control: it stays so until the configuration changes it.
    else if (!isEqual(known, wanted)) current.set(key, wanted);
  }
}

function withChanges<Value extends object>(current: Value, before: Value, after: Value): Value {
  const result = { ...current };
  for (const name of Object.keys({ ...before, ...after })) {
    const value: unknown = Reflect.get(after, name);
    if (isEqual(Reflect.get(before, name), value)) continue;
    if (value === undefined) Reflect.deleteProperty(result, name);
    else Reflect.set(result, name, value);
  }
  return result;
}

/** Users and clients are plain data. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
