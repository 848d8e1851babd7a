import type { Browser } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { logIn, npmStart, openExample, testExample } from './example.js';
import { findNginx } from './nginx.js';
import { foreignDirectory, RUN_LIMIT_MS } from './project.js';
import { launchChromium } from './site.js';

/** Storybook has a test file of its own. */
const EXAMPLES = [
  'vite-react-router',
  'vite-tanstack-router',
  'vite-no-router',
  'nextjs',
  'backend-express',
  'backend-hono',
];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

describe.each(EXAMPLES)('%s', (name) => {
  test(
    `the example ${name} installs by npm, builds, and passes its own test`,
    async () => {
      const example = await openExample(name);
      expect(await testExample(example)).toContain('1 passed');
    },
    RUN_LIMIT_MS,
  );

  test(
    `npm start runs the example ${name} with the mock, where a user logs in`,
    async () => {
      const { directory } = await openExample(name);
      const { url, stop } = await npmStart(directory);
      onTestFinished(stop);
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      await logIn(page, url);
    },
    RUN_LIMIT_MS,
  );
});

const nginx = findNginx(join(foreignDirectory(), 'nginx'));

test.skipIf(nginx === undefined)(
  'the example token-handler-nginx passes its own test, which begins with npm start (skipped without nginx)',
  async () => {
    const example = await openExample('token-handler-nginx');
    await example.run('tsc', []);
    expect(await testExample(example, { NGINX_PATH: nginx ?? '' })).toContain('1 passed');
  },
  RUN_LIMIT_MS,
);
