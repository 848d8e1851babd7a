import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserPath } from '../browsers.mjs';
import { foreignDirectory, openExample, RUN_LIMIT_MS, type Project } from './project.js';
import { startRegistry, type Registry } from './registry.js';
import { freePort } from './site.js';

const EXAMPLES = ['vite-react-router'];

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry(join(foreignDirectory(), 'packages'));
});
afterAll(() => registry?.close());

describe.each(EXAMPLES)('the example %s', (name) => {
  test(
    `the example ${name} installs by npm, builds, and passes its own test in Chromium`,
    async () => {
      const example = await openExample(name, registry);
      useChromium(example);
      const PORT = String(await freePort());
      expect(
        await example.run('playwright', ['test', '--config=ci.config.ts'], { PORT }),
      ).toContain('1 passed');
    },
    RUN_LIMIT_MS,
  );
});

/** The example's own configuration, with the browser of this machine. */
function useChromium(example: Project): void {
  const launchOptions = JSON.stringify({ executablePath: browserPath('chromium') });
  example.write(
    'ci.config.ts',
    `import config from './playwright.config';\nexport default { ...config, use: { ...config.use, launchOptions: ${launchOptions} } };\n`,
  );
}
