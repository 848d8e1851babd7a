import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowsers } from './install-browsers.mjs';
import { publishedPackages } from './packed-packages.mjs';
import { root, run } from './processes.mjs';
import { countPlaywright, countStep, countVitest, nothing, sum, withExitCode } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/**
 * The stages of `npm test` in order, each by the name that runs it alone.
 *
 * @type {Readonly<Record<import('./test.mjs').StageName, (args: readonly string[]) => Promise<Counts>>>}
 */
export const stages = { check, unit, build, e2e };

async function check() {
  return sum([
    await step('types', bin('tsc'), ['-b']),
    await step('lint', bin('oxlint'), ['--deny-warnings']),
    await step('format', bin('oxfmt'), ['--check', '.']),
    await step('boundaries', process.execPath, ['packages/tooling/run.mjs', 'boundaries']),
  ]);
}

/** @param {readonly string[]} args */
async function unit(args) {
  const reportPath = freshReport('unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const files = process.env['SOAK'] === '1' ? ['.soak.test.'] : [];
  const exitCode = await run(bin('vitest'), [
    'run',
    '--config=packages/tooling/vitest.projects.config.ts',
    ...reporters,
    ...files,
    ...args,
  ]);
  return withExitCode(countReport(reportPath, countVitest), exitCode);
}

async function build() {
  const directories = publishedPackages().map(({ directory }) => directory);
  return sum([
    await step('packages', bin('tsc'), ['-b', ...directories, 'apps/backend']),
    await step('demo', bin('vite'), ['build', 'apps/demo', '--logLevel', 'warn']),
  ]);
}

/** @param {readonly string[]} args */
async function e2e(args) {
  await installBrowsers();
  const reportPath = freshReport('e2e.json');
  const exitCode = await run(bin('playwright'), ['test', '--pass-with-no-tests', ...args]);
  return withExitCode(countReport(reportPath, countPlaywright), exitCode);
}

/**
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 */
async function step(name, command, args) {
  const exitCode = await run(command, args);
  console.log(`${exitCode === 0 ? '✓' : '✗'} ${name}`);
  return countStep(exitCode);
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
