import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { browserPath } from '../browsers.mjs';
import { namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

const file = (name: string): string => namedBlock(name).code;

/** The recipes, and a test of the session's requirements on the environment. */
const tests = {
  'greeting.test.tsx': file('greeting.test.tsx'),
  'login.test.tsx': file('login.test.tsx'),
  'profile.test.tsx': file('profile.test.tsx'),
  'reader.test.tsx': file('reader.test.tsx'),
  'session.test.tsx': readFileSync(
    join(import.meta.dirname, 'projects/shared/session.test.tsx'),
    'utf8',
  ),
};

test('a signed-in component test takes five lines', () => {
  expect(tests['greeting.test.tsx'].trim().split('\n')).toHaveLength(5);
});

describe('the test recipes in Vitest', () => {
  const names = [...Object.keys(tests), 'msw-handlers.test.tsx', 'msw-server.test.tsx'];
  let project: Project;
  beforeAll(async () => {
    project = await openProject('newest');
    for (const [name, code] of Object.entries(tests)) project.write(name, code);
    for (const name of names.slice(-2)) project.write(name, file(name));
  }, INSTALL_LIMIT_MS);

  test.each(['jsdom', 'happy-dom'])(
    'the test recipes pass in Vitest with %s',
    async (environment) => {
      const args = ['run', '--globals', `--environment=${environment}`, ...names];
      expect(await project.run('vitest', args)).toMatch(/Tests\s+10 passed \(10\)/);
    },
    RUN_LIMIT_MS,
  );

  test(
    "the test recipes pass in Vitest's browser mode with Chromium",
    async () => {
      const launchOptions = JSON.stringify({ executablePath: browserPath('chromium') });
      project.write(
        'vitest.browser.config.ts',
        file('vitest.browser.config.ts').replace(
          'playwright()',
          `playwright({ launchOptions: ${launchOptions} })`,
        ),
      );
      const inBrowser = tests['reader.test.tsx'].replaceAll(/^.*IDBFactory.*\n/gm, '');
      project.write('reader.test.tsx', inBrowser);
      const wanted = ['greeting', 'login', 'profile', 'reader', 'msw-handlers'];
      const files = wanted.map((name) => `${name}.test.tsx`);
      const args = ['run', '--globals', '--config=vitest.browser.config.ts', ...files];
      expect(await project.run('vitest', args)).toMatch(/Tests\s+8 passed \(8\)/);
    },
    RUN_LIMIT_MS,
  );
});

describe('the test recipes in Jest', () => {
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

  const runJest = (args: readonly string[]): Promise<string> =>
    // A failed test may leave listeners behind, for which Jest would wait.
    project.run('jest', [...args, '--forceExit'], {
      NODE_OPTIONS: '--experimental-vm-modules',
    });

  test.each([
    ['jest-fixed-jsdom', ['--env=jest-fixed-jsdom', '--setupFiles=./jest.setup.js']],
    ['jest-environment-jsdom and the custom environment', ['--env=./jest.environment.js']],
  ])(
    'the test recipes pass in Jest with %s',
    async (_environment, args) => {
      expect(await runJest(args)).toMatch(/Tests:\s+8 passed, 8 total/);
    },
    RUN_LIMIT_MS,
  );

  test(
    'the test recipes without requests pass in Jest with plain jest-environment-jsdom',
    async () => {
      const printed = await runJest(['--env=jest-environment-jsdom', 'greeting', 'login']);
      expect(printed).toMatch(/Tests:\s+3 passed, 3 total/);
    },
    RUN_LIMIT_MS,
  );
});
