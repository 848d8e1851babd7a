import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { browserPath } from '../browsers.mjs';
import { namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { serve } from './site.js';

let project: Project;

beforeAll(async () => {
  project = await openProject('newest');
}, INSTALL_LIMIT_MS);

test(
  'the Playwright recipe passes for a production build with its production addresses',
  async () => {
    await project.run('vite', ['build', '--outDir', 'dist-playwright']);
    const site = await serve(join(project.directory, 'dist-playwright'));
    onTestFinished(site.close);
    const { code } = namedBlock('reader.spec.ts');
    // The button of this project's app has another label.
    const ofApp = code.replace('http://localhost:5173/', site.url).replace('Log in', 'Enter');
    project.write('reader.spec.ts', ofApp);
    const launchOptions = JSON.stringify({ executablePath: browserPath('chromium') });
    project.write(
      'playwright.config.ts',
      `export default { testMatch: 'reader.spec.ts', use: { launchOptions: ${launchOptions} } };`,
    );
    expect(await project.run('playwright', ['test'])).toContain('1 passed');
  },
  RUN_LIMIT_MS,
);
