import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * A file of Vite's manifest.
 *
 * @typedef {{ file: string, isEntry?: boolean, imports?: readonly string[] }} ManifestFile
 */

/**
 * The scripts that a page loads at first: the entry and all that it imports statically.
 *
 * @param {Readonly<Record<string, ManifestFile>>} manifest of a build by Vite
 * @returns {readonly string[]} paths below the output directory
 */
export function initialFiles(manifest) {
  const reached = new Set(Object.keys(manifest).filter((key) => manifest[key]?.isEntry));
  // Grows while it is walked: a set also visits what is added meanwhile.
  for (const key of reached) {
    for (const imported of manifest[key]?.imports ?? []) reached.add(imported);
  }
  return [...reached].flatMap((key) => manifest[key]?.file ?? []);
}

/**
 * @param {string} directory a build by Vite
 * @returns {number} bytes after gzip -9
 */
export function weighFirstLoad(directory) {
  const manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8'));
  return weigh(directory, initialFiles(manifest));
}

/**
 * @param {string} directory
 * @param {Iterable<string>} files
 * @returns {number} bytes after gzip -9
 */
export function weigh(directory, files) {
  let bytes = 0;
  for (const file of files)
    bytes += gzipSync(readFileSync(join(directory, file)), { level: 9 }).length;
  return bytes;
}
