import type { test } from './test.js';

/**
 * Runs the tests of a file or group in Chromium only: for behaviour that does not depend on the engine. `ALL_ENGINES=1` runs
 * them in every engine.
 */
export function runInOneEngine({ skip }: Pick<typeof test, 'skip'>): void {
  skip(
    ({ browserName }) => browserName !== 'chromium' && process.env['ALL_ENGINES'] !== '1',
    'Engines do not differ here; ALL_ENGINES=1 runs it everywhere.',
  );
}
