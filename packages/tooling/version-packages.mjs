import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';
import { copyWorkTree } from './work-tree.mjs';

const execute = promisify(execFile);

/**
 * `npm run version-packages` turns the changesets into versions and changelogs, and writes what follows from them. The
 * result is to be reviewed and committed.
 */
export async function main() {
  const { install, updateLockfile } = await import('./install.mjs');
  await install();
  await versionPackages(root);
  await updateLockfile();
  console.log(`The version is ${versionIn(root)}. Review the changes, and commit them.`);
}

/**
 * Runs `changeset version`. Then writes the version into the examples and into the name by which the Management client
 * calls itself, and the repository of the root's package.json into that of each package.
 *
 * @param {string} directory of a work tree with `node_modules`
 */
export async function versionPackages(directory) {
  const changeset = join(directory, 'node_modules/.bin/changeset');
  await execute(changeset, ['version'], { cwd: directory });
  const version = versionIn(directory);
  for (const manifest of exampleManifests(directory)) {
    replaceIn(manifest, /("@sesamy-kit\/[^"]+": ")\d[^"]*/g, `$1${version}`);
  }
  const client = join(directory, 'packages/server/src/management/client.ts');
  replaceIn(client, /(sesamy-kit-server\/)\d[^']*/, `$1${version}`);
  writeRepository(directory);
}

/**
 * What {@link rehearseVersion} found.
 *
 * @typedef {object} Rehearsal
 * @property {string} from the version before
 * @property {string} to the version after
 * @property {boolean} isMadeUp whether there was no changeset, so that one was made up
 * @property {readonly { name: string, text: string }[]} changelogs the new section of each package
 */

/**
 * Raises the version in a copy of the work tree, which is removed.
 *
 * @param {{ prepare?: (copy: string) => void, inspect?: (copy: string) => void }} [hooks] run with the copy before and after
 * @returns {Promise<Rehearsal>}
 */
export async function rehearseVersion({ prepare, inspect } = {}) {
  const copy = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    copyWorkTree(copy);
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    prepare?.(copy);
    const isMadeUp = changesetsIn(copy).length === 0;
    if (isMadeUp) writeFileSync(join(copy, '.changeset/made-up.md'), MADE_UP_CHANGESET);
    // `changeset version` reads the commits of the changesets from Git.
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      [...AUTHOR, 'commit', '-qm', 'Copy'],
    ]) {
      await execute('git', args, { cwd: copy });
    }
    const from = versionIn(copy);
    await versionPackages(copy);
    const to = versionIn(copy);
    const changelogs = publishedPackages(copy).map(({ name, directory }) => ({
      name,
      text: sectionOf(readFileSync(join(directory, 'CHANGELOG.md'), 'utf8'), to),
    }));
    inspect?.(copy);
    return { from, to, isMadeUp, changelogs };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const MADE_UP_CHANGESET = `---
'@sesamy-kit/session': minor
---

A change that was made up.
`;
const AUTHOR = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost'];

/**
 * @param {string} directory
 * @returns {readonly string[]} the paths of the examples' package.json
 */
export function exampleManifests(directory) {
  const examples = join(directory, 'apps/examples');
  const manifests = readdirSync(examples).map((name) => join(examples, name, 'package.json'));
  return manifests.filter((manifest) => existsSync(manifest));
}

/** @param {string} directory */
function changesetsIn(directory) {
  return readdirSync(join(directory, '.changeset')).filter((file) => file.endsWith('.md'));
}

/**
 * @param {string} changelog
 * @param {string} version
 */
function sectionOf(changelog, version) {
  const [, section = ''] = changelog.split(`\n## ${version}\n`);
  return section.split('\n## ')[0]?.trim() ?? '';
}

/**
 * The version that all published packages have.
 *
 * @param {string} directory
 * @returns {string}
 */
function versionIn(directory) {
  return readManifest(join(directory, 'packages/session')).version;
}

/** @param {string} directory */
function writeRepository(directory) {
  const { repository } = readManifest(directory);
  if (repository === undefined) return;
  for (const { directory: source } of publishedPackages(directory)) {
    const inPackage = { ...repository, directory: source.slice(directory.length + 1) };
    const text = JSON.stringify(inPackage, null, 2).replaceAll('\n', '\n  ');
    const manifest = join(source, 'package.json');
    replaceIn(manifest, /\n {2}"repository": \{[^}]*\},/, '');
    replaceIn(manifest, /\n {2}"license": .*/, `$&\n  "repository": ${text},`);
  }
}

/**
 * @param {string} file
 * @param {RegExp} pattern
 * @param {string} replacement
 */
function replaceIn(file, pattern, replacement) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, replacement));
}

/**
 * @param {string} directory
 * @returns {{ version: string, repository?: { type: string, url: string } }}
 */
function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
