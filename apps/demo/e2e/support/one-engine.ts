import type { test } from './test.js';

/** Runs a file's tests, which are about nothing that engines do differently, in Chromium only. */
export function runInOneEngine({ skip }: Pick<typeof test, 'skip'>): void {
  skip(({ browserName }) => browserName !== 'chromium', 'No engine does it differently.');
}
