import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './processes.mjs';

const stampPath = join(root, 'node_modules/.installed');

/**
 * Installs the dependencies exactly as locked. Takes milliseconds when nothing changed since the last time.
 *
 * @throws when pnpm fails
 */
export async function install() {
  const fingerprint = fingerprintOfManifests();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === fingerprint) return;
  const exitCode = await pnpm([
    'install',
    '--frozen-lockfile',
    '--config.confirmModulesPurge=false',
    // Queries the registry for the date of each locked version; their hashes are locked as well.
    '--config.minimumReleaseAge=0',
  ]);
  if (exitCode !== 0) {
    throw new Error(
      'The dependencies could not be installed (see above). Is the npm registry reachable, and does pnpm-lock.yaml match the package.json files?',
    );
  }
  writeFileSync(stampPath, fingerprint);
}

/**
 * Brings pnpm-lock.yaml up to the package.json files, and installs what it says.
 *
 * @throws when pnpm fails
 */
export async function updateLockfile() {
  const exitCode = await pnpm(['install', '--no-frozen-lockfile']);
  if (exitCode !== 0) throw new Error('pnpm-lock.yaml could not be updated (see above).');
}

/**
 * Runs the pinned pnpm: an installed one if it is just that version, else one fetched by npm.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
function pnpm(args) {
  const [command, ...leading] = pnpmCommand();
  return run(command, [...leading, ...args]);
}

/** @returns {[string, ...string[]]} */
export function pnpmCommand() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = packageManager.replace('pnpm@', '');
  if (installedPnpmVersion() === version) return ['pnpm'];
  return ['npm', 'exec', '--yes', `--package=${packageManager}`, '--', 'pnpm'];
}

function installedPnpmVersion() {
  try {
    // Run outside the repository: inside, another version refuses to run.
    return execFileSync('pnpm', ['--version'], {
      cwd: tmpdir(),
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return null;
  }
}

function fingerprintOfManifests() {
  const packages = ['packages', 'apps'].flatMap((directory) =>
    readdirSync(join(root, directory)).map((name) => join(directory, name, 'package.json')),
  );
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packages.toSorted()];
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex');
}
