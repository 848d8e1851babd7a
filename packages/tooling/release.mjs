import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packPackages, publishedPackages, tarballOf } from './packed-packages.mjs';
import { root } from './processes.mjs';
import { rehearseVersion } from './version-packages.mjs';

const execute = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/** @typedef {import('./packed-packages.mjs').PublishedPackage} PublishedPackage */

/**
 * What `npm publish --json` says of a tarball.
 *
 * @typedef {{ id: string, size: number, unpackedSize: number, files: readonly { path: string, size: number }[] }} Publication
 */

/**
 * `npm run release` publishes every package whose version the registry does not have, each as the tarball that the tests
 * install. `--dry-run` publishes nothing and needs no login: it prints the tarballs, and what the next version would be.
 * Other arguments go to `npm publish`: `--tag next`, `--registry=http://localhost:4873`.
 *
 * @param {readonly string[]} args
 */
export async function main(args) {
  const { install } = await import('./install.mjs');
  await install();
  const isDryRun = args.includes('--dry-run');
  const packages = inOrder(publishedPackages());
  const { url } = manifestOf(root).repository ?? {};
  const unnamed = repositoryProblem(url);
  const problems = packages.flatMap((published) => releaseProblems(published, url));
  if (!isDryRun) problems.push(...workTreeProblems());
  if (unnamed !== undefined && hasProvenance(process.env)) problems.push(unnamed);
  if (problems.length > 0) process.exitCode = 1;
  if (problems.length === 0 || isDryRun) await packAndPublish(packages, args);
  if (isDryRun) console.log(describeVersion(await rehearseVersion()));
  for (const problem of problems) console.error(`✗ ${problem}`);
  if (unnamed !== undefined && problems.length === 0) console.error(`! ${unnamed}`);
}

/**
 * @param {readonly PublishedPackage[]} packages
 * @param {readonly string[]} args of `npm publish`
 */
async function packAndPublish(packages, args) {
  const directory = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    removeBuilds(packages);
    packPackages(packages, directory);
    const missing = pageProblems(tarballOf('@sesamy-kit/session', directory));
    if (missing.length > 0) throw new Error(missing.join('\n'));
    await publishTarballs(packages, directory, args);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Publishes the packages that the registry does not have, and prints each.
 *
 * @param {readonly PublishedPackage[]} packages
 * @param {string} directory of their tarballs
 * @param {readonly string[]} args of `npm publish`
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function publishTarballs(packages, directory, args, env = process.env) {
  const isDryRun = args.includes('--dry-run');
  let published = 0;
  for (const { name, directory: source } of packages) {
    const id = `${name}@${manifestOf(source).version}`;
    if (await isPublished(id, args, env)) {
      console.log(`${id} is published already`);
      continue;
    }
    console.log(describe(await publish(tarballOf(name, directory), args, env), isDryRun));
    published += 1;
  }
  console.log(`\n${isDryRun ? 'Would publish' : 'Published'} ${published} packages.`);
}

/**
 * @param {readonly PublishedPackage[]} packages
 * @returns {readonly PublishedPackage[]} each after the packages it depends on
 */
export function inOrder(packages) {
  /** @type {Set<PublishedPackage>} */
  const ordered = new Set();
  /** @param {PublishedPackage} published */
  const add = (published) => {
    for (const other of packages) {
      if (!ordered.has(other) && other.name in published.dependencies) add(other);
    }
    ordered.add(published);
  };
  for (const published of packages) add(published);
  return [...ordered];
}

/**
 * @param {Pick<PublishedPackage, 'name' | 'directory'>} published
 * @param {string} [repositoryUrl] of the root's package.json
 * @returns {readonly string[]} why it cannot be published, one sentence each
 */
export function releaseProblems({ name, directory }, repositoryUrl) {
  const { version, repository } = manifestOf(directory);
  const changelog = join(directory, 'CHANGELOG.md');
  const problems = [];
  if (!existsSync(changelog) || !readFileSync(changelog, 'utf8').includes(`\n## ${version}\n`)) {
    problems.push(
      `CHANGELOG.md of ${name} has no section ${version}: run "npm run version-packages".`,
    );
  }
  if (repository?.url !== repositoryUrl) {
    problems.push(
      `package.json of ${name} does not name the repository of the root's: run "npm run version-packages".`,
    );
  }
  return problems;
}

/**
 * The repository is named in one place, the root's package.json. npm publishes without it, but not with provenance, and
 * it resolves the links of a README by it.
 *
 * @param {string | undefined} url
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function repositoryProblem(url, env = process.env) {
  const slug = env['GITHUB_REPOSITORY'] ?? 'OWNER/NAME';
  if (url?.includes(`github.com/${slug}`) || (url !== undefined && !hasProvenance(env))) {
    return undefined;
  }
  const repository = `{ "type": "git", "url": "git+https://github.com/${slug}.git" }`;
  return `The package.json of the root does not name the repository: set "repository" in it to ${repository} and run "npm run version-packages", which writes it into every package. npm needs it for provenance and for the links of the READMEs.`;
}

/**
 * @param {string} tarball of the session
 * @returns {readonly string[]} one sentence unless it has the page on errors, which the messages of all packages link to
 */
export function pageProblems(tarball) {
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
  return files.includes('package/docs/errors.html')
    ? []
    : ['The tarball of the session has no docs/errors.html: its prepack script makes it.'];
}

/** @returns {readonly string[]} */
function workTreeProblems() {
  const status = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  return status === '' ? [] : ['The work tree has changes: commit or remove them.'];
}

/** @param {NodeJS.ProcessEnv} env GitHub sets the variable for jobs that may request an identity token. */
function hasProvenance(env) {
  return env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined;
}

/**
 * `tsc -b` keeps the output of removed sources.
 *
 * @param {readonly PublishedPackage[]} packages
 */
function removeBuilds(packages) {
  for (const { directory } of packages) {
    rmSync(join(directory, 'dist'), { recursive: true, force: true });
  }
}

/**
 * @param {string} id
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function isPublished(id, args, env) {
  const registry = args.filter((arg) => arg.startsWith('--registry='));
  try {
    await npm(['view', id, 'version', ...registry], env);
    return true;
  } catch (error) {
    if (String(error).includes('E404') || args.includes('--dry-run')) return false;
    throw new Error(`The registry does not say whether it has ${id}.`, { cause: error });
  }
}

/**
 * @param {string} tarball
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Publication>}
 */
async function publish(tarball, args, env) {
  const provenance = hasProvenance(env) && !args.includes('--dry-run') ? ['--provenance'] : [];
  const options = ['--json', '--access', 'public', ...provenance, ...args];
  const published = JSON.parse(await npm(['publish', tarball, ...options], env));
  // npm 11 keys it by the package's name.
  return 'id' in published ? published : Object.values(published)[0];
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function npm(args, env) {
  // Outside of the work tree, whose package.json is another package's.
  const { stdout } = await execute('npm', [...args], { cwd: tmpdir(), env, maxBuffer: MAX_OUTPUT });
  return stdout;
}

/** @param {import('./version-packages.mjs').Rehearsal} rehearsal */
function describeVersion({ from, to, isMadeUp, changelogs }) {
  const what = isMadeUp ? 'With a changeset that was made up, ' : 'With the changesets, ';
  const sections = changelogs.map(({ name, text }) => `\n${name} ${to}\n${indented(text)}`);
  return [`${what}"npm run version-packages" raises ${from} to ${to}:`, ...sections].join('\n');
}

/** @param {string} text */
function indented(text) {
  return (text === '' ? 'No changes.' : text).replaceAll(/^(?=.)/gm, '  ');
}

/**
 * @param {Publication} publication
 * @param {boolean} withFiles
 */
function describe({ id, size, unpackedSize, files }, withFiles) {
  const head = `\n${id}: ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} in ${files.length} files`;
  if (!withFiles) return head;
  const lines = files.map((file) => `  ${kilobytes(file.size).padStart(9)}  ${file.path}`);
  return [head, ...lines].join('\n');
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/**
 * @param {string} directory
 * @returns {{ version: string, repository?: { url?: string } }}
 */
function manifestOf(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
