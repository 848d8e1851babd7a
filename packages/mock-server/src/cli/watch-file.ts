import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

const SETTLE_MS = 50;

/**
 * Calls `onChange` after each change of a file, one call at a time. Watches the folder: editors
 * replace files, and the watch on a file that is replaced ends silently.
 * @param onFailure receives the reason when the folder cannot be watched (any longer)
 * @returns stops watching
 */
export function watchFile(
  path: string,
  onChange: () => Promise<void>,
  onFailure: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  try {
    const watcher = watch(dirname(path), (_, file) => {
      if (file !== basename(path)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(onChange);
      }, SETTLE_MS);
    });
    watcher.on('error', onFailure);
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch (error) {
    onFailure(error);
    return () => undefined;
  }
}
