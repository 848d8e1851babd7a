import { misconfigured } from './options.js';
import { queryOf } from './pagination.js';
import type { Query } from './pagination.js';

/** The URL of `path` under `base`. Throws for a path that would send the token anywhere else. */
export function urlOf(base: string, path: string, query?: Query): string {
  const url = typeof path === 'string' && path.startsWith('/') ? new URL(base + path) : undefined;
  if (!url || !url.href.startsWith(`${base}/`) || url.hash !== '') {
    throw misconfigured(
      'A path must begin with a slash and stay under apiUrl, such as /publishers.',
    );
  }
  for (const [name, value] of Object.entries(queryOf(query))) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** Builds a path from fixed segments and ids; encodes the ids and throws for those that would change the path. */
export function pathOf(words: TemplateStringsArray, ...ids: string[]): string {
  return words.reduce((path, word, index) => path + segment(ids[index - 1] ?? '') + word);
}

function segment(id: unknown): string {
  if (
    typeof id !== 'string' ||
    id === '' ||
    id === '.' ||
    id === '..' ||
    /\p{Surrogate}/u.test(id)
  ) {
    throw misconfigured(
      'An id must be text, and not be empty, ".", ".." or broken text: it would address something else.',
    );
  }
  return encodeURIComponent(id);
}
