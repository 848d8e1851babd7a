import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the compiler writes for one source. */
const OUTPUT = /^(?<stem>.+?)(?:\.d)?\.[jt]s(?:\.map)?$/;

/**
 * Removes from a package's `dist` what was compiled from a source that is no longer there, or that is a test: `tsc -b`
 * leaves it, and it would be packed. Run it after `tsc -b`, which would not write the file again.
 *
 * @param {string} directory of the package
 * @returns {readonly string[]} the removed files, by their path in `dist`
 */
export function removeStaleOutputs(directory) {
  const dist = join(directory, 'dist');
  const stale = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const stem = OUTPUT.exec(path)?.groups?.['stem'];
    return stem !== undefined && !hasSource(join(directory, 'src', stem));
  });
  for (const path of stale) rmSync(join(dist, path));
  return stale;
}

/** @param {string} stem path of a source without its extension */
function hasSource(stem) {
  const isTest = /\.test(-d)?$/.test(stem);
  return !isTest && ['.ts', '.tsx'].some((extension) => existsSync(stem + extension));
}
