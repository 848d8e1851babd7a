import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

const file = (name: string): string => namedBlock(name).code;

/** The recipe, and a test of what the session needs of an environment. */
const tests = {
  'reader.test.tsx': file('reader.test.tsx'),
  'session.test.tsx': readFileSync(
    join(import.meta.dirname, 'projects/shared/session.test.tsx'),
    'utf8',
  ),
};

describe('the test recipe of the README in Vitest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject('newest');
    for (const [name, code] of Object.entries(tests)) project.write(name, code);
  }, INSTALL_LIMIT_MS);

  test.each(['jsdom', 'happy-dom'])(
    'passes with %s',
    async (environment) => {
      const printed = await project.run('vitest', ['run', `--environment=${environment}`]);
      expect(printed).toMatch(/Tests\s+3 passed \(3\)/);
    },
    RUN_LIMIT_MS,
  );
});

describe('the test recipe of the README in Jest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject('oldest');
    for (const [name, code] of Object.entries(tests)) {
      project.write(
        name,
        code.replace("from 'vitest'; // or '@jest/globals'", "from '@jest/globals';"),
      );
    }
    for (const name of ['jest.setup.js', 'jest.environment.js']) project.write(name, file(name));
  }, INSTALL_LIMIT_MS);

  test.each([
    ['jest-fixed-jsdom', ['--env=jest-fixed-jsdom', '--setupFiles=./jest.setup.js']],
    ['jest-environment-jsdom', ['--env=./jest.environment.js']],
  ])(
    'passes with %s',
    async (_environment, args) => {
      // A failed test may leave listeners behind, for which Jest would wait.
      const printed = await project.run('jest', [...args, '--forceExit'], {
        NODE_OPTIONS: '--experimental-vm-modules',
      });
      expect(printed).toMatch(/Tests:\s+3 passed, 3 total/);
    },
    RUN_LIMIT_MS,
  );
});
