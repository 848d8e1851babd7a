import { onTestFinished, vi } from 'vitest';
import type { ImportChunk } from '../../chunk-imports.js';

/** How the imports of chunks end, by the names of the chunks. */
const endings = {
  'refresh-token': '/refresh-token-mode.js',
  'sso-cookie': '/sso-cookie-mode.js',
  'token-handler': '/token-handler-mode.js',
  login: '/oidc/login.js',
  popup: '/popup-chunk.js',
  renewal: '/renewal.js',
  silent: '/silent.js',
  waiting: '/waiting-fetch.js',
} as const;

/** A chunk of the kit. */
export type ChunkName = keyof typeof endings;

/**
 * Removes chunks, as a deploy does: imports of them fail from now on, as in a browser that does not cache failures.
 * @returns a function that restores them
 */
export function removeChunks(...names: readonly ChunkName[]): () => void {
  return replace(names, async () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
}

/** Stalls imports of the chunks. @returns a function that lets them fail */
export function stallChunks(...names: readonly ChunkName[]): () => void {
  let fail = (_reason: Error): void => {};
  const stalled = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  // An import that never settles would be the next test's, too.
  const restore = replace(names, () => stalled);
  const end = (): void => {
    restore();
    fail(new TypeError('Failed to fetch dynamically imported module'));
  };
  stalled.catch(() => {});
  onTestFinished(end);
  return end;
}

function replace(names: readonly ChunkName[], importMissing: () => Promise<never>): () => void {
  const importChunk: ImportChunk = (path, load) =>
    names.some((name) => path.endsWith(endings[name])) ? importMissing() : load();
  vi.stubGlobal('importChunk', importChunk);
  return () => vi.stubGlobal('importChunk', undefined);
}
