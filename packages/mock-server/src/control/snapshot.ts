import * as base64url from 'jose/base64url';
import { ControlError } from './control-error.js';
import type { ServerContext } from '../context.js';
import type { KeyPosition } from '../keys.js';
import { createState, type ServerState } from '../state.js';

/** All that a server remembers, as plain JSON. Holds live tokens: treat it like a password file. */
export interface Snapshot {
  readonly version: 1;
  readonly now: number;
  readonly isFrozen: boolean;
  readonly keys: KeyPosition;
  /** Key of the token handler's cookies, in base64url. */
  readonly cookieKey: string;
  readonly random: readonly number[] | null;
  /** The state, its maps as arrays of entries. */
  readonly state: {
    readonly [Name in keyof ServerState]: ServerState[Name] extends Map<string, infer Value>
      ? readonly (readonly [string, Value])[]
      : ServerState[Name];
  };
}

/** Copies everything a server remembers: users, clients, sessions, families, keys, clock. */
export function takeSnapshot(server: ServerContext): Snapshot {
  const { state } = server;
  return structuredClone<Snapshot>({
    version: 1,
    now: server.clock.now(),
    isFrozen: server.clock.isFrozen(),
    keys: server.keys.save(),
    cookieKey: base64url.encode(server.cookieKey),
    random: server.random.save(),
    state: {
      ...state,
      users: [...state.users],
      clients: [...state.clients],
      logins: [...state.logins],
      sessions: [...state.sessions],
      codes: [...state.codes],
      families: [...state.families],
      refreshTokens: [...state.refreshTokens],
      handlerLogouts: [...state.handlerLogouts],
      rateLimits: [...state.rateLimits],
    },
  });
}

/** Puts a server back to a snapshot. @throws ControlError when it is not one of ours */
export function restoreSnapshot(server: ServerContext, snapshot: unknown): void {
  if (!isSnapshot(snapshot)) {
    throw new ControlError('This is not a snapshot of this version of the mock server.');
  }
  const { state, keys, cookieKey, random, now, isFrozen } = structuredClone(snapshot);
  server.state = {
    ...state,
    users: new Map(state.users),
    clients: new Map(state.clients),
    logins: new Map(state.logins),
    sessions: new Map(state.sessions),
    codes: new Map(state.codes),
    families: new Map(state.families),
    refreshTokens: new Map(state.refreshTokens),
    handlerLogouts: new Map(state.handlerLogouts),
    rateLimits: new Map(state.rateLimits),
  };
  server.keys.restore(keys);
  server.cookieKey = base64url.decode(cookieKey);
  server.random.restore(random);
  server.clock.resume();
  server.clock.set(now);
  if (isFrozen) server.clock.freeze();
}

/** Puts a server back to how it started: users, clients, keys, real time, no faults, empty log. */
export function resetServer(server: ServerContext): void {
  server.state = createState(server.options);
  server.keys.restore({ current: 0, oldest: 0 });
  server.random.restart();
  server.clock.reset();
  server.faults.clear();
  server.requests.clear();
}

/** Whether a value has the outline of a snapshot; what is inside is taken on trust. */
function isSnapshot(value: unknown): value is Snapshot {
  if (!isRecord(value) || value['version'] !== 1 || typeof value['now'] !== 'number') return false;
  const { keys, cookieKey, state, random } = value;
  if (typeof cookieKey !== 'string' || !/^[\w-]{43}$/.test(cookieKey)) return false;
  if (!isRecord(keys) || typeof keys['current'] !== 'number' || typeof keys['oldest'] !== 'number')
    return false;
  if (
    random !== null &&
    !(Array.isArray(random) && random.every((word) => typeof word === 'number'))
  )
    return false;
  return isRecord(state) && MAPS.every((name) => isEntries(state[name]));
}

const MAPS: readonly (keyof ServerState)[] = [
  'users',
  'clients',
  'logins',
  'sessions',
  'codes',
  'families',
  'refreshTokens',
  'handlerLogouts',
  'rateLimits',
];

function isEntries(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) =>
        Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'object',
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
