import { onTestFinished, vi } from 'vitest';

/** The modules of the kit that are loaded on demand, by the names of their chunks. */
const paths = {
  'refresh-token': '../../src/drivers/refresh-token-mode.js',
  'sso-cookie': '../../src/drivers/sso-cookie-mode.js',
  'token-handler': '../../src/drivers/token-handler-mode.js',
  login: '../../src/oidc/login.js',
  popup: '../../src/flows/popup-chunk.js',
  renewal: '../../src/oidc/renewal.js',
  silent: '../../src/oidc/silent.js',
} as const;

/** A chunk of the kit. */
export type ChunkName = keyof typeof paths;

/**
 * Removes chunks, as a deploy does: imports of them fail from now on, as in a browser that does not cache failures.
 * @returns a function that restores them
 */
export function removeChunks(...names: readonly ChunkName[]): () => void {
  return replace(names, () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
}

/** Stalls imports of the chunks. @returns a function that lets them settle */
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

function replace(names: readonly ChunkName[], factory: () => Promise<never>): () => void {
  const restore = (): void => names.forEach((name) => vi.doUnmock(paths[name]));
  for (const name of names) vi.doMock(paths[name], factory);
  onTestFinished(restore);
  return restore;
}
