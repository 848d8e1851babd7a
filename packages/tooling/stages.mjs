import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowsers } from './install-browsers.mjs';
import { root, run } from './processes.mjs';
import { countPlaywright, countStep, countVitest, nothing, sum, withExitCode } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/**
 * The stages of `npm test` in order, each by the name that runs it alone.
 *
 * @type {Record<string, (args: readonly string[]) => Promise<Counts>>}
 */
export const stages = { check, unit, build, e2e };

async function check() {
  return sum([
    await step('types', 'tsc', ['-b']),
    await step('lint', 'oxlint', ['--deny-warnings']),
    await step('format', 'oxfmt', ['--check', '.']),
  ]);
}

/** @param {readonly string[]} args */
async function unit(args) {
  const reportPath = freshReport('unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const exitCode = await tool('vitest', ['run', ...reporters, ...args]);
  return withExitCode(countReport(reportPath, countVitest), exitCode);
}

async function build() {
  return sum([
    await step('packages', 'tsc', ['-b']),
    await step('demo', 'vite', ['build', 'apps/demo', '--logLevel', 'warn']),
  ]);
}

/** @param {readonly string[]} args */
async function e2e(args) {
  await installBrowsers();
  const reportPath = freshReport('e2e.json');
  const exitCode = await tool('playwright', ['test', '--pass-with-no-tests', ...args]);
  return withExitCode(countReport(reportPath, countPlaywright), exitCode);
}

/**
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 */
async function step(name, command, args) {
  const exitCode = await tool(command, args);
  console.log(`${exitCode === 0 ? '✓' : '✗'} ${name}`);
  return countStep(exitCode);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function tool(command, args) {
  return run(join(root, 'node_modules/.bin', command), args);
}

/** @param {string} name */
function freshReport(name) {
  const path = join(root, 'test-results', name);
  rmSync(path, { force: true });
  return path;
}

/**
 * @param {string} path
 * @param {(report: unknown) => Counts} count
 */
function countReport(path, count) {
  return existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : nothing;
}
