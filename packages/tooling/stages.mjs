import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installBrowsers } from './install-browsers.mjs';
import { packPackages, publishedPackages } from './packed-packages.mjs';
import { root, run } from './processes.mjs';
import { countPlaywright, countStep, countVitest, nothing, sum, withExitCode } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/** The projects of `playwright.config.ts` that `npm test` leaves to `npm run test:browsers`; a test compares them. */
export const longProjects = ['chromium-long', 'chromium-strict', 'firefox', 'webkit'];

/**
 * The stages in order, each by the name that runs it alone. `npm test` runs all but the long ones, `browsers` and
 * `foreign`, which `npm run test:browsers` runs.
 *
 * @type {Readonly<Record<import('./test.mjs').StageName, (args: readonly string[]) => Promise<Counts>>>}
 */
export const stages = { check, unit, build, e2e, browsers, foreign };

async function check() {
  return sum([
    await step('types', bin('tsc'), ['-b']),
    await step('lint', bin('oxlint'), ['--deny-warnings']),
    await step('format', bin('oxfmt'), ['--check', '.']),
    await step('dependencies', bin('knip'), ['--production', '--no-progress']),
    await step('boundaries', process.execPath, ['packages/tooling/run.mjs', 'boundaries']),
  ]);
}

/** @param {readonly string[]} args */
async function unit(args) {
  // Some tests run a package's command, which is compiled.
  return sum([await buildPackages(), await vitest('unit.json', args)]);
}

function buildPackages() {
  const directories = publishedPackages().map(({ directory }) => directory);
  return step('packages', bin('tsc'), ['-b', ...directories, 'apps/backend']);
}

async function build() {
  return sum([
    await buildPackages(),
    await step('demo', bin('vite'), ['build', 'apps/demo', '--logLevel', 'warn']),
    await step('static demo', process.execPath, ['apps/demo/static/build.mjs']),
  ]);
}

/** @param {readonly string[]} args A `--project` among them takes the place of Chromium. */
async function e2e(args) {
  const isSoak = process.env['SOAK'] === '1';
  if (isSoak || args.some((arg) => arg.startsWith('--project'))) {
    await installBrowsers();
    return playwright(args);
  }
  await installBrowsers(['chromium']);
  return playwright(['--project=chromium', ...args]);
}

/** What is too slow for `npm test`: every other engine, the long end-to-end tests, unit tests that need a browser. */
async function browsers() {
  await installBrowsers();
  return sum([
    await vitest('browsers.json', [], { BROWSERS: '1' }),
    await playwright(longProjects.map((name) => `--project=${name}`)),
  ]);
}

/**
 * Our packages in small projects outside the workspace, with other tools.
 *
 * @param {readonly string[]} args
 */
async function foreign(args) {
  await installBrowsers(['chromium']);
  const directory = mkdtempSync(join(tmpdir(), 'foreign-'));
  try {
    packPackages(publishedPackages(), join(directory, 'packages'));
    // One at a time: each installs and builds.
    return await vitest('foreign.json', ['--no-file-parallelism', ...args], {
      FOREIGN_DIRECTORY: directory,
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * @param {string} reportName
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
async function vitest(reportName, args, env = {}) {
  const reportPath = freshReport(reportName);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const config = '--config=packages/tooling/vitest.projects.config.ts';
  const exitCode = await run(bin('vitest'), ['run', config, ...reporters, ...args], { env });
  return withExitCode(countReport(reportPath, countVitest), 'vitest', exitCode);
}

/** @param {readonly string[]} args */
async function playwright(args) {
  const reportPath = freshReport('e2e.json');
  const exitCode = await run(bin('playwright'), ['test', '--pass-with-no-tests', ...args]);
  return withExitCode(countReport(reportPath, countPlaywright), 'playwright', exitCode);
}

/**
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 */
async function step(name, command, args) {
  const exitCode = await run(command, args);
  console.log(`${exitCode === 0 ? '✓' : '✗'} ${name}`);
  return countStep(name, exitCode);
}

/** @param {string} name of an installed tool */
function bin(name) {
  return join(root, 'node_modules/.bin', name);
}

/** @param {string} name */
function freshReport(name) {
  const path = join(root, 'test-results', name);
  rmSync(path, { force: true });
  return path;
}

/**
 * @param {string} path
 * @param {(report: any) => Counts} count
 */
function countReport(path, count) {
  return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : nothing;
}
