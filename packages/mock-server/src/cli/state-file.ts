import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Control } from '../control.js';
import { type MockServerOptions, resolveOptions } from '../options.js';
import { type Seeds, seedsOf } from '../seeds.js';
import { createMockServer, type MockServer } from '../server.js';
import { UsageError } from './arguments.js';

/** Keeps the state of a server in a file. */
export interface StateFile {
  /** Saves soon: for changes that come without a request. */
  touch(): void;
  /**
   * Saves a last time and stops keeping the state.
   * @throws UsageError when the file cannot be written
   */
  close(): Promise<void>;
}

interface Saved {
  readonly savedAt: number;
  /** What the configuration said then, to tell its changes from those of users and tests. */
  readonly seeds: Seeds;
  readonly snapshot: unknown;
}

const SAVE_DELAY_MS = 250;
const RETRY_DELAY_MS = 1000;
/** Saving takes at most one part in this of the time. */
const REST_PER_SAVE = 10;

/**
 * Creates a server with the state that a file has, if it exists. The options are applied over it:
 * what has changed in them since the state was saved wins.
 * @throws UsageError when the file cannot be read or is not a saved state
 */
export async function restoreServer(path: string, options: MockServerOptions): Promise<MockServer> {
  const text = await readIfThere(path);
  if (text === null) return createMockServer(options);
  const server = restored(path, text, options);
  server.reconfigure(options);
  return server;
}

/** A file that is there but cannot be read would be overwritten by the first save. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new UsageError(`The state file ${path} cannot be read: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

function restored(path: string, text: string, options: MockServerOptions): MockServer {
  try {
    const { savedAt, seeds, snapshot }: Saved = JSON.parse(text);
    const server = createMockServer({ ...options, users: seeds.users, clients: seeds.clients });
    server.control.restore(snapshot);
    // Time went on while the server was down.
    const { clock } = server.control;
    if (!clock.isFrozen()) clock.advance({ milliseconds: Date.now() - savedAt });
    return server;
  } catch (error) {
    throw new UsageError(
      `${path} is not a state file of this version. Remove it to start afresh.`,
      { cause: error },
    );
  }
}

/**
 * Saves the state now, after every request and after every change by the control plane. What cannot be written later on is reported once and tried again.
 * @param options those in force
 * @param report shows a message to the user
 * @throws UsageError when the file cannot be written now
 */
export async function keepState(
  path: string,
  server: Pick<MockServer, 'control'>,
  options: () => MockServerOptions,
  report: (message: string) => void,
): Promise<StateFile> {
  let delayMs = SAVE_DELAY_MS;
  let isFailing = false;
  const save = async (): Promise<void> => {
    const startedAt = performance.now();
    await writeWhole(path, stateText(server.control, seedsOf(resolveOptions(options()))));
    delayMs = Math.max(SAVE_DELAY_MS, (performance.now() - startedAt) * REST_PER_SAVE);
  };
  await save();
  await removeLeftovers(path);

  let timer: NodeJS.Timeout | null = null;
  let saving = Promise.resolve();
  const schedule = (afterMs: number): void => {
    timer ??= setTimeout(() => {
      timer = null;
      saving = saving.then(trySave);
    }, afterMs).unref();
  };
  const trySave = async (): Promise<void> => {
    try {
      await save();
      if (isFailing) report(`The state is saved in ${path} again.`);
      isFailing = false;
    } catch (error) {
      if (!isFailing) report(`${messageOf(error)} It is tried again until it succeeds.`);
      isFailing = true;
      schedule(RETRY_DELAY_MS);
    }
  };
  const touch = (): void => schedule(delayMs);
  const stops = [server.control.requests.subscribe(touch), server.control.subscribe(touch)];
  return {
    touch,
    close: async () => {
      for (const stop of stops) stop();
      await saving;
      if (timer) clearTimeout(timer);
      await save();
    },
  };
}

/** The text of a `Saved`, in pieces, so that other work has its turn between them. */
function* stateText(control: Control, seeds: Seeds): Generator<string> {
  yield `{"savedAt":${Date.now()},"seeds":${JSON.stringify(seeds)},"snapshot":`;
  yield* control.snapshotText();
  yield '}';
}

/** Holds tokens, so only its owner may read it; renamed into place, so it is never partial. */
async function writeWhole(path: string, text: Iterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new UsageError(`The state cannot be written to ${path}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** Removes what processes that were killed while they saved have left behind. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => {
    const [, id] = (name.startsWith(start) && /^(\d+)\.tmp$/.exec(name.slice(start.length))) || [];
    return id !== undefined && !isRunning(Number(id));
  });
  await Promise.all(
    leftovers.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)),
  );
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user runs.
    return codeOf(error) === 'EPERM';
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder does not exist'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'it links to itself'],
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'access is denied'],
  ['EPERM', 'access is denied'],
  ['EROFS', 'the disk is read-only'],
]);

function reasonOf(error: unknown): string {
  return REASONS.get(codeOf(error)) ?? messageOf(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
