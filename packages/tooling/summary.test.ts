import { describe, expect, test } from 'vitest';
import {
  countPlaywright,
  countStep,
  countVitest,
  sum,
  summaryLine,
  withExitCode,
} from './summary.mjs';

describe('the summary line', () => {
  test.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 0, failed: 3, skipped: 0 }, '0 passed, 3 failed'],
    [{ passed: 1, failed: 0, skipped: 2 }, '1 passed, 0 failed, 2 skipped'],
  ])('of %o is "%s"', (counts, line) => {
    expect(summaryLine(counts)).toBe(line);
  });

  test('sums the stages', () => {
    const stages = [countStep(0), countStep(1), { passed: 5, failed: 1, skipped: 2 }];
    expect(sum(stages)).toEqual({ passed: 6, failed: 2, skipped: 2 });
  });
});

describe('a Vitest report', () => {
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };

  test('counts to-dos as skipped', () => {
    expect(countVitest({ ...counts, testResults: [] })).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
    });
  });

  test('counts a file that fails outside of its tests as one failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'skipped' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(countVitest({ ...counts, testResults }).failed).toBe(3);
  });
});

describe('a Playwright report', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };

  test('counts a flaky test as failed', () => {
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  test('counts an error outside of tests as failed', () => {
    expect(countPlaywright({ stats, errors: [{ message: 'no such file' }] }).failed).toBe(3);
  });
});

describe('a bad exit code', () => {
  test('is a failure even if the report shows none', () => {
    expect(withExitCode({ passed: 2, failed: 0, skipped: 0 }, 1).failed).toBe(1);
  });

  test('adds nothing to failures that are reported', () => {
    expect(withExitCode({ passed: 2, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  });
});
