import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.js';

/** Runs one spec of the fixture's own Playwright project. */
function runSpec(name: string): { status: number | null; output: string } {
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  const config = fileURLToPath(
    new URL('../playwright-fixture/playwright.config.ts', import.meta.url),
  );
  // Playwright must not take this for a run inside Vitest.
  const { VITEST: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'test', '--config', config, name],
    { env, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

test.skipIf(chromiumPath === undefined)(
  'the Playwright fixture signs in, rotates and fails on command, in two workers',
  () => {
    const { status, output } = runSpec('/fixture.spec.ts');
    expect(output).toContain('6 passed');
    expect(status).toBe(0);
  },
  60_000,
);

test.skipIf(chromiumPath === undefined)(
  'a planned fault that hits no request fails only the Playwright test that planned it',
  () => {
    const { status, output } = runSpec('/unused-fault.spec.ts');
    expect(output).toContain(
      'The planned fault_1 (status) hit no request: {"endpoint":"jwks"}. Is its scope right?',
    );
    expect(output).toMatch(/2 failed\n[^]*plans a fault that hits no request/);
    expect(output).toContain('2 passed');
    expect(output.match(/hit no request: /g)).toHaveLength(1);
    expect(status).toBe(1);
  },
  60_000,
);
