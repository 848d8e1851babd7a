import { beforeAll, describe, expect, test } from 'vitest';
import { namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

const file = (name: string): string => namedBlock(name).code;

describe('the test recipe of the README in Vitest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject('newest');
    project.write('reader.test.tsx', file('reader.test.tsx'));
  }, INSTALL_LIMIT_MS);

  test.each(['jsdom', 'happy-dom'])(
    'passes with %s',
    async (environment) => {
      const printed = await project.run('vitest', ['run', `--environment=${environment}`]);
      expect(printed).toMatch(/Tests\s+2 passed \(2\)/);
    },
    RUN_LIMIT_MS,
  );
});

describe('the test recipe of the README in Jest', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject('oldest');
    project.write(
      'reader.test.tsx',
      file('reader.test.tsx').replace(
        "from 'vitest'; // or '@jest/globals'",
        "from '@jest/globals';",
      ),
    );
    for (const name of ['jest.setup.js', 'jest.environment.js']) project.write(name, file(name));
  }, INSTALL_LIMIT_MS);

  test.each([
    ['jest-fixed-jsdom', ['--env=jest-fixed-jsdom', '--setupFiles=./jest.setup.js']],
    ['jest-environment-jsdom', ['--env=./jest.environment.js']],
  ])(
    'passes with %s',
    async (_environment, args) => {
      const printed = await project.run('jest', args, {
        NODE_OPTIONS: '--experimental-vm-modules',
      });
      expect(printed).toMatch(/Tests:\s+2 passed, 2 total/);
    },
    RUN_LIMIT_MS,
  );
});
