import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './processes.mjs';
import {
  countPlaywright,
  countStep,
  countVitest,
  failureList,
  sum,
  summaryLine,
  withExitCode,
} from './summary.mjs';

describe('the summary line', () => {
  test.each([
    [{ passed: 12, failures: [], skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 0, failures: ['a', 'b', 'c'], skipped: 0 }, '0 passed, 3 failed'],
    [{ passed: 1, failures: [], skipped: 2 }, '1 passed, 0 failed, 2 skipped'],
  ])('the summary line of %o is "%s"', (counts, line) => {
    expect(summaryLine(counts)).toBe(line);
  });

  test('the summary line sums the stages', () => {
    const unit = { passed: 5, failures: ['a test'], skipped: 2 };
    expect(sum([countStep('types', 0), countStep('lint', 1), unit])).toEqual({
      passed: 6,
      failures: ['lint', 'a test'],
      skipped: 2,
    });
  });
});

test('the list of failures marks each, and indents its error', () => {
  const failures = ['lint', 'a.test.ts › adds\n    expected 2'];
  expect(failureList({ passed: 0, failures, skipped: 0 })).toBe(
    '✗ lint\n✗ a.test.ts › adds\n    expected 2',
  );
});

describe('a Vitest report', () => {
  const counts = { numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 };
  const name = join(root, 'packages/a.test.ts');

  test('a Vitest report counts to-dos as skipped', () => {
    expect(countVitest({ ...counts, testResults: [] })).toEqual({
      passed: 3,
      failures: [],
      skipped: 2,
    });
  });

  test('a Vitest report names a failed test by file with the first lines of its error, without colours', () => {
    const failureMessages = ['\u001B[31mexpected 2\u001B[39m\n  at line 3'];
    const failed = { status: 'failed', fullName: 'adds', failureMessages };
    const passed = { status: 'passed', fullName: 'subtracts', failureMessages: [] };
    const testResults = [{ name, status: 'failed', assertionResults: [failed, passed] }];
    expect(countVitest({ ...counts, testResults }).failures).toEqual([
      'packages/a.test.ts › adds\n    expected 2\n      at line 3',
    ]);
  });

  test('a Vitest report counts a file that fails outside of its tests as one failure', () => {
    const message = 'no such module';
    const testResults = [
      { name, status: 'failed', message, assertionResults: [] },
      { name, status: 'failed', message: '', assertionResults: [{ status: 'skipped' }] },
      { name, status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
    ];
    expect(countVitest({ ...counts, testResults }).failures).toEqual([
      'packages/a.test.ts\n    no such module',
      'packages/a.test.ts',
    ]);
  });
});

describe('a Playwright report', () => {
  const stats = { expected: 4, skipped: 2 };

  test('a Playwright report counts passed and skipped tests', () => {
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failures: [], skipped: 2 });
  });

  test.each(['unexpected', 'flaky'])(
    'a Playwright report counts a test whose outcome is %s as failed, by name',
    (status) => {
      const results = [{ error: { message: 'no button' } }, {}];
      const failed = { status, projectName: 'firefox', results };
      const spec = { title: 'logs in', tests: [failed] };
      const passed = { title: 'logs out', tests: [{ ...failed, status: 'expected' }] };
      const suites = [
        { title: 'login.spec.ts', suites: [{ title: 'a user', specs: [spec, passed] }] },
      ];
      expect(countPlaywright({ stats, errors: [], suites }).failures).toEqual([
        '[firefox] › login.spec.ts › a user › logs in\n    no button',
      ]);
    },
  );

  test('a Playwright report counts an error outside of tests as failed', () => {
    const errors = [{ message: 'no such file' }];
    expect(countPlaywright({ stats, errors }).failures).toEqual([
      'an error outside of any test\n    no such file',
    ]);
  });
});

describe('a bad exit code', () => {
  test('a non-zero exit code is a failure even if the report shows none', () => {
    const counts = { passed: 2, failures: [], skipped: 0 };
    expect(withExitCode(counts, 'vitest', 1).failures).toEqual(['vitest exited with code 1']);
  });

  test('a non-zero exit code adds no failure to those in the report', () => {
    const counts = { passed: 2, failures: ['a', 'b'], skipped: 0 };
    expect(withExitCode(counts, 'vitest', 1)).toEqual(counts);
  });
});
