import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Control } from '../control.js';
import { UsageError } from './arguments.js';

/** Keeps the state of a server in a file. */
export interface StateFile {
  /** Writes the state a last time and stops keeping it. */
  close(): Promise<void>;
}

const SAVE_DELAY_MS = 250;
/** Saving takes at most one part in this of the time. */
const REST_PER_SAVE = 10;

/**
 * Restores a server from a file, if it exists, and saves it there after every request.
 * @throws UsageError when the file is not a state of ours, or cannot be written
 */
export async function openStateFile(path: string, control: Control): Promise<StateFile> {
  await restore(path, control);
  let saveMs = 0;
  const save = async (): Promise<void> => {
    const startedAt = performance.now();
    await writeWhole(path, stateText(control));
    saveMs = performance.now() - startedAt;
  };
  await save();

  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();
  const stop = control.requests.subscribe(() => {
    timer ??= setTimeout(
      () => {
        timer = null;
        writing = writing.then(save);
      },
      Math.max(SAVE_DELAY_MS, saveMs * REST_PER_SAVE),
    ).unref();
  });
  return {
    close: async () => {
      stop();
      if (timer) clearTimeout(timer);
      await writing;
      await save();
    },
  };
}

function* stateText(control: Control): Generator<string> {
  yield `{"savedAt":${Date.now()},"snapshot":`;
  yield* control.snapshotText();
  yield '}';
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
async function writeWhole(path: string, text: Iterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    throw new UsageError(`The state file ${path} cannot be written.`, { cause: error });
  }
}
