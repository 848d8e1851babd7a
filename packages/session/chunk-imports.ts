import type { Plugin } from 'vite';

/** Decides what an import of a chunk comes to; set by a test that takes chunks away. */
export type ImportChunk = (path: string, load: () => Promise<unknown>) => Promise<unknown>;

/**
 * Sends the imports of `src/on-demand` through `globalThis.importChunk` where a test has set it. A module mock cannot
 * stand in for a missing chunk: mocks that are set or removed while another import is in progress may get lost.
 */
export function chunkImports(): Plugin {
  return {
    name: 'chunk-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/session/src/on-demand/')) return null;
      return code.replaceAll(
        /\bimport\((['"][^'"]+['"])\)/g,
        '(globalThis.importChunk ?? ((_path, load) => load()))($1, () => import($1))',
      );
    },
  };
}
