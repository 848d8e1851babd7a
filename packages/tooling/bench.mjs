import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installBrowsers } from './install-browsers.mjs';
import { install } from './install.mjs';

const leastRuns = 10;

/**
 * `npm run bench`: the size of login libraries for React in an app, and how long their users wait, ours beside
 * others. Arguments: `--runs=15`, visits of each app, and `--latency=50`, milliseconds before each response.
 *
 * @param {readonly string[]} args
 */
export async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '15' },
      latency: { type: 'string', default: '50' },
    },
  });
  const runs = Number(values.runs);
  const latencyMs = Number(values.latency);
  if (!Number.isInteger(runs) || runs < leastRuns) {
    throw new Error(`--runs is "${values.runs}". Give a whole number of at least ${leastRuns}.`);
  }
  if (!Number.isInteger(latencyMs) || latencyMs < 0) {
    throw new Error(`--latency is "${values.latency}". Give a whole number of milliseconds.`);
  }
  await install();
  await installBrowsers(['chromium']);
  // Its imports exist only after the installation.
  const { runBenchmark } = await import('./bench/run-benchmark.mjs');
  const { openProject } = await import('./bench/project.mjs');
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  // Also after Ctrl-C, which Playwright turns into an exit.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const project = await openProject(directory);
  console.log(`\n${await runBenchmark(project, { runs, latencyMs })}`);
}
