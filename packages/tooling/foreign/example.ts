import type { Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { browserPath } from '../browsers.mjs';
import { root } from '../processes.mjs';
import {
  cleanEnvironment,
  foreignDirectory,
  installIn,
  packedTarballs,
  projectIn,
  runIn,
  type Project,
} from './project.js';
import { startRegistry } from './registry.js';
import { freePort } from './site.js';

/** What the tools leave in an example's folder. */
const LEFTOVERS = /^(?:node_modules|dist|\.next|storybook-static|test-results)$/;

/**
 * Copies an example of `apps/examples` out of the workspace and installs it by plain npm, with our packages from a
 * registry. Test files share a copy by its name.
 */
export async function openExample(name: string, copy = name): Promise<Project> {
  const directory = join(foreignDirectory(), 'examples', copy);
  if (existsSync(directory)) return projectIn(directory);
  cpSync(join(root, 'apps/examples', name), directory, {
    recursive: true,
    filter: (path) => !LEFTOVERS.test(basename(path)),
  });
  const registry = await startRegistry(packedTarballs());
  try {
    await installIn(directory, [], registry.environment);
  } finally {
    await registry.close();
  }
  return projectIn(directory);
}

/** Runs the example's own test, which also builds it, and returns what it printed. */
export async function testExample(
  example: Project,
  env: Record<string, string> = {},
): Promise<string> {
  // Its own configuration, with the browser of this machine, and limits that guard against a hang only.
  const launchOptions = JSON.stringify({ executablePath: browserPath('chromium') });
  example.write(
    'ci.config.mjs',
    `import config from './playwright.config.ts';
    const servers = [config.webServer].flat().map((server) => ({ ...server, timeout: 300_000 }));
    export default {
      ...config,
      timeout: 120_000,
      expect: { timeout: 60_000 },
      webServer: servers,
      use: { ...config.use, launchOptions: ${launchOptions} },
    };\n`,
  );
  const args = ['test', '--', '--config=ci.config.mjs'];
  return runIn(example.directory, 'npm', args, { ...(await freePorts()), ...env });
}

/** Starts a project by `npm start`, with free ports in the place of its own. */
export async function npmStart(
  directory: string,
  args: readonly string[] = [],
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const ports = await freePorts();
  const child = spawn('npm', ['start', '--', ...args], {
    cwd: directory,
    env: { ...cleanEnvironment(), ...ports },
    stdio: 'ignore',
    // A group of its own, which ends as a whole.
    detached: true,
  });
  return {
    url: `http://localhost:${ports['PORT']}/`,
    stop: () => void (child.pid !== undefined && process.kill(-child.pid)),
  };
}

/** Opens a front page once it is there, and logs in as Ada. */
export async function logIn(page: Page, url: string): Promise<void> {
  await until(url);
  await page.goto(url);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: /ada/i }).click();
  await page.getByText('Hello Ada').waitFor();
}

/** Waits until a page responds with success. */
export async function until(url: string): Promise<void> {
  const isReachable = (): Promise<boolean> =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReachable())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The ports of an example, by the names of its variables. */
async function freePorts(): Promise<Record<string, string>> {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const [PORT = '', API_PORT = '', MOCK_PORT = ''] = ports.map(String);
  return { PORT, API_PORT, MOCK_PORT, SESAMY_ISSUER: `http://localhost:${MOCK_PORT}/` };
}
