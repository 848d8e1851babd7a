import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pnpmCommand } from './install.mjs';
import { root } from './processes.mjs';
import { removeStaleOutputs } from './stale-outputs.mjs';

const scope = '@sesamy-kit/';

/**
 * @typedef {object} PublishedPackage
 * @property {string} name
 * @property {string} directory
 * @property {Record<string, string>} dependencies with the peers
 */

/**
 * @param {string} [workTree]
 * @returns {readonly PublishedPackage[]} every package of the workspace that is not private
 */
export function publishedPackages(workTree = root) {
  return readdirSync(join(workTree, 'packages')).flatMap((name) => {
    const directory = join(workTree, 'packages', name);
    if (!existsSync(join(directory, 'package.json'))) return [];
    const manifest = readManifest(directory);
    if (manifest.private === true) return [];
    const dependencies = { ...manifest.dependencies, ...manifest.peerDependencies };
    return [{ name: manifest.name, directory, dependencies }];
  });
}

/**
 * Compiles and packs the packages.
 *
 * @param {readonly PublishedPackage[]} packages
 * @param {string} directory where the tarballs go
 */
export function packPackages(packages, directory) {
  const tsc = join(root, 'node_modules/.bin/tsc');
  execute(tsc, ['-b', ...packages.map((published) => published.directory)]);
  packages.forEach((published) => removeStaleOutputs(published.directory));
  const [pnpm, ...leading] = pnpmCommand();
  const filters = packages.map(({ name }) => `--filter=${name}`);
  execute(pnpm, [...leading, ...filters, 'pack', '--pack-destination', directory]);
}

/**
 * Compiles and packs the packages and puts them into a `node_modules` as an app would have it.
 *
 * @param {readonly PublishedPackage[]} packages
 * @param {string} app an empty directory
 */
export function installPacked(packages, app) {
  packPackages(packages, app);
  for (const { name, directory, dependencies } of packages) {
    const target = join(app, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    execute('tar', ['-xzf', tarballOf(name, app), '--strip-components=1', '-C', target]);
    for (const dependency of Object.keys(dependencies)) link(dependency, directory, app);
  }
}

/**
 * @param {string} name
 * @param {string} app
 * @returns {string} where {@link installPacked} left the package's tarball
 */
export function tarballOf(name, app) {
  const start = `${name.replace('@', '').replace('/', '-')}-`;
  const file = readdirSync(app).find((entry) => /^\d.*\.tgz$/.test(entry.replace(start, '')));
  if (file === undefined) throw new Error(`No tarball of ${name} was packed.`);
  return join(app, file);
}

/**
 * @param {string} name
 * @param {string} app
 * @returns {readonly string[]} what an app can import from the package
 */
export function entryPoints(name, app) {
  const { exports } = readManifest(join(app, 'node_modules', name));
  const subpaths = Object.keys(exports).filter((subpath) => subpath !== './package.json');
  return subpaths.map((subpath) => join(name, subpath));
}

/**
 * @param {string} dependency
 * @param {string} directory of the package that needs it
 * @param {string} app
 */
function link(dependency, directory, app) {
  const path = join(app, 'node_modules', dependency);
  if (dependency.startsWith(scope) || existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(join(directory, 'node_modules', dependency)), path);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function execute(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/** @param {string} directory */
function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
