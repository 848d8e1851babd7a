import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './processes.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {readonly string[]} failures what failed, with the first lines of its error
 * @property {number} skipped
 */

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly VitestFile[]} testResults
 */

/**
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} [message]
 * @property {readonly { status: string, fullName?: string, failureMessages?: readonly string[] | null }[]} assertionResults
 */

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, skipped: number }} stats
 * @property {readonly { message?: string }[]} errors
 * @property {readonly PlaywrightSuite[]} [suites]
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {readonly PlaywrightSuite[]} [suites]
 * @property {readonly PlaywrightSpec[]} [specs]
 */

/**
 * @typedef {object} PlaywrightSpec
 * @property {string} title
 * @property {readonly PlaywrightTest[]} tests
 */

/**
 * @typedef {object} PlaywrightTest
 * @property {string} status
 * @property {string} projectName
 * @property {readonly { error?: { message?: string } }[]} results
 */

/** @type {Counts} */
export const nothing = { passed: 0, failures: [], skipped: 0 };

/** How many lines of an error the summary shows. */
const MAX_ERROR_LINES = 12;

/**
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export function sum(counts) {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failures: counts.flatMap(({ failures }) => failures),
    skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/**
 * The last line of a run: `12 passed, 0 failed`, and `, 1 skipped` if any was.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export function summaryLine({ passed, failures, skipped }) {
  const counts = `${passed} passed, ${failures.length} failed`;
  return skipped > 0 ? `${counts}, ${skipped} skipped` : counts;
}

/**
 * The failures, one below the other, each behind a cross.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export function failureList({ failures }) {
  return failures.map((failure) => `✗ ${failure}`).join('\n');
}

/**
 * Counts one step that passes or fails as a whole.
 *
 * @param {string} name
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countStep(name, exitCode) {
  return exitCode === 0 ? { ...nothing, passed: 1 } : { ...nothing, failures: [name] };
}

/**
 * Makes sure that a program that ended badly counts as a failure, whatever its report says (or if it wrote none).
 *
 * @param {Counts} counts
 * @param {string} program
 * @param {number} exitCode
 * @returns {Counts}
 */
export function withExitCode(counts, program, exitCode) {
  if (exitCode === 0 || counts.failures.length > 0) return counts;
  return { ...counts, failures: [`${program} exited with code ${exitCode}`] };
}

/**
 * Reads Vitest's JSON report. A file that fails outside of its tests counts as one failed test.
 *
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countVitest({ numPassedTests, numPendingTests, numTodoTests, testResults }) {
  return {
    passed: numPassedTests,
    failures: testResults.flatMap(failuresOfFile),
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * @param {VitestFile} file
 * @returns {readonly string[]}
 */
function failuresOfFile({ name, status, message, assertionResults }) {
  const path = relative(root, name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [describeFailure(path, message)] : [];
  return failed.map(({ fullName = '', failureMessages }) =>
    describeFailure(`${path} › ${fullName}`, failureMessages?.[0]),
  );
}

/**
 * Reads Playwright's JSON report. A flaky test counts as failed, and so does an error outside of any test.
 *
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors, suites = [] }) {
  return {
    passed: stats.expected,
    failures: [
      ...suites.flatMap((suite) => failuresOfSuite(suite, [])),
      ...errors.map(({ message }) => describeFailure('an error outside of any test', message)),
    ],
    skipped: stats.skipped,
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @param {readonly string[]} parents
 * @returns {readonly string[]}
 */
function failuresOfSuite({ title, suites = [], specs = [] }, parents) {
  const path = [...parents, title];
  const own = specs.flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) =>
        describeFailure(
          [`[${projectName}]`, ...path, spec.title].join(' › '),
          results.find(({ error }) => error !== undefined)?.error?.message,
        ),
      ),
  );
  return [...own, ...suites.flatMap((suite) => failuresOfSuite(suite, path))];
}

/**
 * @param {string} name
 * @param {string} [message]
 */
function describeFailure(name, message) {
  if (!message) return name;
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:internal)/.test(line))
    .slice(0, MAX_ERROR_LINES);
  return [name, ...lines.map((line) => `    ${line}`)].join('\n');
}
