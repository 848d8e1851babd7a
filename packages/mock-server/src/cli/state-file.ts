import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Control } from '../control.js';
import { UsageError } from './arguments.js';

/** Keeps the state of a server in a file. */
export interface StateFile {
  /** Writes the state now, if anything happened since the last time. */
  save(): Promise<void>;
}

const SAVE_DELAY_MS = 250;

/**
 * Restores a server from a file, if it exists, and saves it there after every request.
 * @throws UsageError when the file is not a state of ours
 */
export async function openStateFile(path: string, control: Control): Promise<StateFile> {
  await restore(path, control);
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();
  const save = async (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    const text = JSON.stringify({ savedAt: Date.now(), snapshot: control.snapshot() });
    writing = writing.then(() => writeWhole(path, text));
    await writing;
  };
  control.requests.subscribe(() => {
    timer ??= setTimeout(() => void save(), SAVE_DELAY_MS).unref();
  });
  return { save };
}

async function restore(path: string, control: Control): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return;
  try {
    const { savedAt, snapshot }: { savedAt: number; snapshot: unknown } = JSON.parse(text);
    control.restore(snapshot);
    // Time went on while the server was down.
    if (!control.clock.isFrozen()) control.clock.advance({ milliseconds: Date.now() - savedAt });
  } catch (error) {
    throw new UsageError(
      `${path} is not a state file of this version. Remove it to start afresh.`,
      { cause: error },
    );
  }
}

/** Tokens are in it, so it is for its owner only; renamed into place, so it is never half. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}
