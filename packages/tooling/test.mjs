import { install } from './install.mjs';
import { countStep, failureList, sum, summaryLine } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/** @typedef {'check' | 'unit' | 'build' | 'e2e' | 'browsers' | 'foreign'} StageName */

/** @type {readonly StageName[]} */
const testStages = ['check', 'unit', 'build', 'e2e'];

/** @type {readonly StageName[]} */
const allStages = [...testStages, 'browsers', 'foreign'];

/**
 * `npm test` runs all stages but the long ones. Stages named first in the arguments run alone; the other arguments go to their tool:
 * `npm run test:unit -- packages/session`.
 *
 * @param {readonly string[]} args
 */
export async function main(args) {
  const names = allStages.filter((name) => args.includes(name));
  const toolArgs = args.slice(names.length);
  if (names.length === 0 && toolArgs.length > 0) {
    throw new Error('npm test takes no arguments; npm run test:unit -- ARGS and test:e2e do.');
  }
  await runStages(names.length === 0 ? testStages : names, toolArgs);
}

/**
 * Runs stages one after the other, whether or not earlier ones passed, and ends with the line that sums them.
 *
 * @param {readonly StageName[]} names
 * @param {readonly string[]} [toolArgs]
 */
export async function runStages(names, toolArgs = []) {
  const counts = await install()
    .then(() => runInstalled(names, toolArgs))
    .catch((error) => [crashed('set-up', error)]);
  const total = sum(counts);
  process.exitCode = total.failures.length === 0 ? 0 : 1;
  // Again at the end, where a log that was cut off still has it.
  if (total.failures.length > 0) console.log(`\n${failureList(total)}`);
  console.log(`\n${summaryLine(total)}`);
}

/**
 * @param {readonly StageName[]} names
 * @param {readonly string[]} toolArgs
 */
async function runInstalled(names, toolArgs) {
  // What it imports is there only after the installation.
  const { stages } = await import('./stages.mjs');
  /** @type {Map<StageName, Counts>} */
  const counts = new Map();
  for (const name of names) {
    console.log(`\n── ${name} ──`);
    if (
      (name === 'e2e' || name === 'browsers') &&
      (counts.get('build')?.failures.length ?? 0) > 0
    ) {
      console.log('left out, because the build failed');
      continue;
    }
    const startedAt = performance.now();
    counts.set(name, await stages[name](toolArgs).catch((error) => crashed(name, error)));
    console.log(`${name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  return [...counts.values()];
}

/**
 * @param {string} name
 * @param {unknown} error
 * @returns {Counts}
 */
function crashed(name, error) {
  const message = `${name}: ${error instanceof Error ? error.message : String(error)}`;
  console.error(message);
  return countStep(message, 1);
}
