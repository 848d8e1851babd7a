import * as base64url from 'jose/base64url';
import { checked } from './checked.js';
import { ControlError } from './control-error.js';
import { warnOfUnusedFaults } from './unused-faults.js';
import { type Snapshot, snapshotSchema } from './snapshot-schema.js';
import type { ServerContext } from '../context.js';
import { RefreshTokenMap } from '../refresh-token-map.js';
import { createState } from '../state.js';

export type { Snapshot } from './snapshot-schema.js';

/** Copies the state of a server: users, clients, sessions, families, keys, clock. */
export function takeSnapshot(server: ServerContext): Snapshot {
  return structuredClone(readState(server));
}

const ENTRIES_PER_PIECE = 200;

/**
 * The snapshot as JSON, in pieces that are each made when they are read, so that a large state can be written without
 * holding up requests. The first piece fixes which entries are in it. An entry that changes after that is written with
 * its change, which is safe: changes mark entries as spent, used or ended, and never refer to entries that are newer.
 */
export function* snapshotText(server: ServerContext): Generator<string> {
  const { state, ...rest } = readState(server);
  yield `${JSON.stringify(rest).slice(0, -1)},"state":{`;
  let separator = '';
  for (const [name, value] of Object.entries(state)) {
    yield `${separator}${JSON.stringify(name)}:`;
    if (Array.isArray(value)) yield* arrayText(value);
    else yield JSON.stringify(value);
    separator = ',';
  }
  yield '}}';
}

function* arrayText(entries: readonly unknown[]): Generator<string> {
  yield '[';
  for (let start = 0; start < entries.length; start += ENTRIES_PER_PIECE) {
    const piece = JSON.stringify(entries.slice(start, start + ENTRIES_PER_PIECE)).slice(1, -1);
    yield start === 0 ? piece : `,${piece}`;
  }
  yield ']';
}

/** The entries are the server's own and go on changing. */
function readState(server: ServerContext): Snapshot {
  const { state } = server;
  return {
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
  };
}

/** Puts a server back to a snapshot. @throws ControlError when it is not a snapshot of this package */
export function restoreSnapshot(server: ServerContext, snapshot: unknown): void {
  const { state, keys, cookieKey, random, now, isFrozen } = parseSnapshot(snapshot);
  server.state = {
    ...state,
    users: new Map(state.users),
    clients: new Map(state.clients),
    logins: new Map(state.logins),
    sessions: new Map(state.sessions),
    codes: new Map(state.codes),
    families: new Map(state.families),
    refreshTokens: new RefreshTokenMap(state.refreshTokens),
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

/**
 * Puts a server back to how it started: users, clients, keys, real time, no faults, empty log. Warns of
 * faults that hit no request.
 */
export function resetServer(server: ServerContext): void {
  warnOfUnusedFaults(server);
  server.state = createState(server.options);
  server.keys.restore({ current: 0, oldest: 0 });
  server.random.restart();
  server.clock.reset();
  server.faults.clear();
  server.requests.clear();
}

/** A copy of a snapshot. @throws ControlError that lists what is missing in it */
function parseSnapshot(value: unknown): Snapshot {
  if (!isOfThisVersion(value)) {
    throw new ControlError('This is not a snapshot of this version of the mock server.');
  }
  return checked(snapshotSchema, asJson(value), 'The snapshot');
}

function isOfThisVersion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}

/** What JSON makes of a value; fields that are there but undefined are left out. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new ControlError('A snapshot is plain JSON; this value is not.', { cause: error });
  }
}
