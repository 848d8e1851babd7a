import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.js';

test.skipIf(chromiumPath === undefined)(
  'the Playwright fixture signs in, rotates and fails on command, in two workers',
  () => {
    const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
    const config = fileURLToPath(
      new URL('../playwright-fixture/playwright.config.ts', import.meta.url),
    );
    // Playwright must not take this for a run inside Vitest.
    const { VITEST: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, 'test', '--config', config],
      {
        env,
        encoding: 'utf8',
      },
    );
    expect(stdout + stderr).toContain('6 passed');
    expect(status).toBe(0);
  },
  60_000,
);
