import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../processes.mjs';
import { cleanEnvironment, INSTALL_LIMIT_MS } from './project.js';

const execute = promisify(execFile);

test(
  'the unit tests of @sesamy-kit/react pass on React 18.2',
  async () => {
    const { FOREIGN_DIRECTORY: _, ...env } = cleanEnvironment();
    const args = [join(root, 'packages/tooling/run.mjs'), 'react-version', '18.2.0'];
    const { stdout } = await execute(process.execPath, args, {
      env,
      timeout: INSTALL_LIMIT_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(stdout).toContain('React 18.2.0\n');
    expect(stdout).toMatch(/Tests +\d{3} passed/);
  },
  INSTALL_LIMIT_MS,
);
