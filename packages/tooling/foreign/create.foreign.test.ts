import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../processes.mjs';
import { logIn, npmStart } from './example.js';
import { foreignDirectory, installIn, packedTarballs, RUN_LIMIT_MS, runIn } from './project.js';
import { startRegistry, type Registry } from './registry.js';
import { launchChromium } from './site.js';

const directory = join(foreignDirectory(), 'created');
const home = join(directory, 'home');
const examples = readdirSync(join(root, 'apps/examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map(({ name }) => name);

let registry: Registry;

beforeAll(async () => {
  mkdirSync(home, { recursive: true });
  registry = await startRegistry(packedTarballs());
});
afterAll(() => registry?.close());

/** Runs the published command, in a home directory without a cache of npm. */
function npmCreate(app: string, example: string): Promise<string> {
  const args = ['create', '--yes', '@sesamy-kit', app, '--', '--example', example];
  return runIn(directory, 'npm', args, { ...registry.environment, HOME: home });
}

describe.each(examples)('%s', (example) => {
  test(
    `npm create @sesamy-kit makes an app from the example ${example}`,
    async () => {
      const printed = await npmCreate(`my-${example}`, example);
      expect(printed).toContain(`cd my-${example} && npm install\n  npm start`);
      const app = join(directory, `my-${example}`);
      const manifest: { name: string } = JSON.parse(
        readFileSync(join(app, 'package.json'), 'utf8'),
      );
      expect(manifest.name).toBe(`my-${example}`);
      const files = readdirSync(join(root, 'apps/examples', example));
      const leftovers =
        /^(?:node_modules|dist|\.next|next-env\.d\.ts|storybook-static|test-results)$/;
      expect(readdirSync(app)).toEqual(files.filter((file) => !leftovers.test(file)));
    },
    RUN_LIMIT_MS,
  );
});

test(
  'a user logs in to an app after npm create, npm install and npm start',
  async () => {
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const startedAt = performance.now();
    await npmCreate('site', 'vite-react-router');
    const app = join(directory, 'site');
    await installIn(app, [], registry.environment);
    const { url, stop } = await npmStart(app);
    onTestFinished(stop);
    await logIn(await browser.newPage(), url);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`From npm create to logged in: ${seconds} s, with npm's cache of other packages.`);
  },
  RUN_LIMIT_MS,
);
