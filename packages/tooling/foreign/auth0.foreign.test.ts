import type { Browser, Page } from '@playwright/test';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { root } from '../processes.mjs';
import { allBlocks, namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { launchChromium, serve, startMock, type Mock } from './site.js';

const PAPER = 'apps/docs/auth0-sdks.md';
const CALLBACK = 'http://localhost/';
const TYPES = '--strict --skipLibCheck --types node --target es2022 --lib es2022,dom,dom.iterable';
const MODULES =
  '--module esnext --moduleResolution bundler --moduleDetection force --jsx react-jsx';

let project: Project;
let browser: Browser;

beforeAll(async () => {
  project = await openProject('auth0');
  browser = await launchChromium();
}, INSTALL_LIMIT_MS);
afterAll(() => browser?.close());

/** Builds a program of the page on SDKs and opens it, with the mock in the place of Sesamy. */
async function open(file: string): Promise<{ page: Page; mock: Mock }> {
  const directory = file.replace(/\..*/, '');
  mkdirSync(join(project.directory, directory), { recursive: true });
  const site = await serve(join(project.directory, directory, 'dist'));
  onTestFinished(site.close);
  const mock = await startMock(project, site.url);
  onTestFinished(mock.close);
  const origin = new URL(mock.url).origin;
  const code = namedBlock(file)
    .code.replaceAll('https://api.sesamy.com', origin)
    .replaceAll('token.sesamy.com', origin);
  project.write(`${directory}/${file}`, code);
  project.write(
    `${directory}/index.html`,
    `<!doctype html><body><div id="root"></div><script type="module" src="/${file}"></script></body>`,
  );
  await project.run('vite', ['build', directory, '--logLevel=warn']);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(site.url);
  return { page, mock };
}

test(
  'the programs of the page on SDKs compile',
  async () => {
    const blocks = allBlocks.filter(({ project: name }) => name === 'auth0');
    expect(blocks.map(({ file }) => file)).toEqual(['spa.ts', 'react.tsx', 'node.ts']);
    for (const { file = '', code } of blocks) project.write(file, code);
    const files = blocks.map(({ file = '' }) => file);
    await project.run('tsc', [...`--noEmit ${TYPES} ${MODULES}`.split(' '), ...files]);
  },
  RUN_LIMIT_MS,
);

test(
  'auth0-spa-js logs in at the mock, stays logged in over a reload, and reads the profile',
  async () => {
    const { page } = await open('spa.ts');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: /ada/i }).click();
    const greeting = page.getByText('Hello Ada Lovelace, profile 200');
    await greeting.waitFor();
    await page.reload();
    await greeting.waitFor();
  },
  RUN_LIMIT_MS,
);

test(
  'auth0-react logs in at the mock and out again',
  async () => {
    const { page } = await open('react.tsx');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: /ada/i }).click();
    await page.getByText('Hello Ada Lovelace').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  },
  RUN_LIMIT_MS,
);

const CREDENTIALS = { SESAMY_CLIENT_ID: 'backend', SESAMY_CLIENT_SECRET: 'for-tests-only' };

/** Lets the SDK, which knows https only, reach the mock in its own process. */
const IN_PROCESS = `
import { createMockServer } from '@sesamy-kit/mock-server';
const server = createMockServer({
  clients: [{ clientId: 'backend', type: 'management', clientSecret: 'for-tests-only' }],
});
globalThis.fetch = (input, init) => server.fetch(new Request(input, init));
await import('./node.js');
`;

test(
  'auth0 for Node lists the users of the mock',
  async () => {
    project.write('node.ts', namedBlock('node.ts').code);
    await project.run('tsc', [...`${TYPES} ${MODULES}`.split(' '), 'node.ts']);
    project.write('with-mock.js', IN_PROCESS);
    Object.assign(process.env, CREDENTIALS);
    onTestFinished(() => {
      for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
    });
    expect(await project.node('with-mock.js')).toContain('ada@example.com');
  },
  RUN_LIMIT_MS,
);

const hasRequests = canImportRequests();

test.skipIf(!hasRequests)(
  `the Python program reads the publishers of the mock${hasRequests ? '' : ' (skipped: no python3 with the module requests)'}`,
  async () => {
    const [, code = ''] =
      /^```python\n([^]*?)^```$/m.exec(readFileSync(join(root, PAPER), 'utf8')) ?? [];
    const mock = await startMock(project, CALLBACK);
    onTestFinished(mock.close);
    mock.server.control.clients.add({
      clientId: 'backend',
      type: 'management',
      clientSecret: 'for-tests-only',
    });
    const { stdout } = await promisify(execFile)('python3', ['-c', code], {
      env: {
        ...process.env,
        ...CREDENTIALS,
        SESAMY_ISSUER: mock.url,
        SESAMY_API_URL: new URL(mock.url).origin,
      },
    });
    expect(stdout).toMatch(/^200 application\/json/);
  },
  RUN_LIMIT_MS,
);

function canImportRequests(): boolean {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
