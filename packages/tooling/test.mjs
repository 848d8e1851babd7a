import { install } from './install.mjs';
import { countStep, sum, summaryLine } from './summary.mjs';

/** @typedef {import('./summary.mjs').Counts} Counts */

/**
 * `npm test` runs all stages; a stage's name as first argument runs that one, with the other arguments for its tool.
 *
 * @param {readonly string[]} args
 */
export async function main(args) {
  const [name, ...toolArgs] = args;
  await runStages(name === undefined ? ['check', 'unit', 'build', 'e2e'] : [name], toolArgs);
}

/**
 * Runs stages one after the other, whether or not the earlier ones passed, and ends with the line that sums them.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} [toolArgs]
 */
export async function runStages(names, toolArgs = []) {
  const counts = await install().then(
    () => runInstalled(names, toolArgs),
    (error) => [crashed('install', error)],
  );
  const total = sum(counts);
  process.exitCode = total.failed === 0 ? 0 : 1;
  console.log(`\n${summaryLine(total)}`);
}

/**
 * @param {readonly string[]} names
 * @param {readonly string[]} toolArgs
 */
async function runInstalled(names, toolArgs) {
  // What it imports is there only after the installation.
  const { stages } = await import('./stages.mjs');
  const counts = [];
  for (const name of names) {
    const stage = stages[name] ?? unknownStage;
    console.log(`\n── ${name} ──`);
    const startedAt = performance.now();
    counts.push(await stage(toolArgs).catch((error) => crashed(name, error)));
    console.log(`${name} took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  return counts;
}

/** @returns {Promise<Counts>} */
async function unknownStage() {
  throw new Error('there is no such stage. For one tool with arguments: npm run test:unit -- ARGS');
}

/**
 * @param {string} name
 * @param {unknown} error
 * @returns {Counts}
 */
function crashed(name, error) {
  console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  return countStep(1);
}
