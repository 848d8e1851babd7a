import type { Browser, Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { freePort, launchChromium, serve, startMock } from './site.js';

let project: Project;
let browser: Browser;

beforeAll(async () => {
  project = await openProject('newest');
  browser = await launchChromium();
}, INSTALL_LIMIT_MS);
afterAll(() => browser?.close());

/** Builds a program of a paper and opens it, with the mock in the place of Sesamy. */
async function open(
  name: string,
  withMock: (code: string, issuer: string, apiUrl: string) => string,
): Promise<Page> {
  const directory = `programs/${name}`;
  mkdirSync(join(project.directory, directory), { recursive: true });
  const site = await serve(join(project.directory, directory, 'dist'));
  onTestFinished(site.close);
  const mock = await startMock(project, site.url);
  onTestFinished(mock.close);
  const code = withMock(namedBlock(name).code, mock.url, mock.url.slice(0, -1));
  expect(code).toContain(mock.url);
  project.write(`${directory}/main.tsx`, code);
  project.write(
    `${directory}/index.html`,
    '<!doctype html><body><div id="root"></div><script type="module" src="/main.tsx"></script></body>',
  );
  await project.run('vite', ['build', directory, '--config=vite.config.ts']);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(site.url);
  return page;
}

describe('a program of a README', () => {
  test(
    'README.md, fifteen lines: logs in, greets by the profile, and logs out',
    async () => {
      const page = await open('readme', (code, issuer, apiUrl) =>
        code.replace(
          'clientId="publisher-web"',
          `clientId="publisher-web" issuer="${issuer}" apiUrl="${apiUrl}"`,
        ),
      );
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByText('Hello Ada').waitFor();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByRole('button', { name: 'Log in' }).waitFor();
    },
    RUN_LIMIT_MS,
  );

  const openSession = (): Promise<Page> =>
    open('session', (code, issuer, apiUrl) =>
      code.replace("'publisher-web'", `'publisher-web', issuer: '${issuer}', apiUrl: '${apiUrl}'`),
    );

  test(
    'packages/session/README.md: redirects to the login, and shows the profile',
    async () => {
      const page = await openSession();
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByText('Hello Ada').waitFor();
      await page.getByText('ada@example.com').waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    'packages/session/README.md: does not redirect again after Cancel, and offers the login',
    async () => {
      const page = await openSession();
      await page.getByRole('button', { name: 'Cancel' }).click();
      const button = page.getByRole('button', { name: 'Log in' });
      await button.waitFor();
      await button.click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await button.waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    'packages/mock-server/README.md: signs in without the page, plans faults, and explains a token',
    async () => {
      const { given, code } = namedBlock('mock');
      project.write('program.ts', `${given}\n${code}\nconsole.log(response.status, callbackUrl);`);
      const args = ['--module esnext --moduleResolution bundler --target es2022 --skipLibCheck'];
      await project.run('tsc', [...args.flatMap((line) => line.split(' ')), 'program.ts']);
      const printed = await project.node('program.js');
      expect(printed).toContain('never issued');
      expect(printed).toMatch(/200 https:\/\/app\.example\.com\/\?code=/);
    },
    RUN_LIMIT_MS,
  );

  test(
    'apps/docs/get-started.md: logs in at the mock beside the dev server, and stays logged in over a reload',
    async () => {
      const directory = join(project.directory, 'get-started');
      mkdirSync(join(directory, 'src'), { recursive: true });
      for (const file of ['vite.config.ts', 'main.tsx']) {
        const target = file === 'main.tsx' ? 'src/main.tsx' : file;
        project.write(`get-started/${target}`, namedBlock(`get-started/${file}`).code);
      }
      project.write(
        'get-started/index.html',
        '<!doctype html><body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body>',
      );
      const port = await freePort();
      onTestFinished(project.start('vite', ['get-started', `--port=${port}`, '--strictPort']));
      const site = `http://localhost:${port}/`;
      await expect
        .poll(
          () =>
            fetch(site).then(
              ({ ok }) => ok,
              () => false,
            ),
          { timeout: RUN_LIMIT_MS },
        )
        .toBe(true);
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      await page.goto(site);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByText('Hello Ada').waitFor();
      await page.reload();
      await page.getByText('Hello Ada').waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    'apps/docs/mock-in-the-browser.md: a worker of one file serves the mock to the page',
    async () => {
      const directory = 'mock-in-the-browser';
      mkdirSync(join(project.directory, directory), { recursive: true });
      for (const file of ['service-worker.js', 'vite.worker.config.js', 'main.ts']) {
        project.write(`${directory}/${file}`, namedBlock(`${directory}/${file}`).code);
      }
      project.write(
        `${directory}/index.html`,
        '<!doctype html><body><script type="module" src="/main.ts"></script></body>',
      );
      await project.run('vite', ['build', directory]);
      const config = `--config=${directory}/vite.worker.config.js`;
      await project.run('vite', ['build', directory, config]);
      const site = await serve(join(project.directory, directory, 'dist'));
      onTestFinished(site.close);
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      await page.goto(site.url);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.goto(`${site.url}sesamy/mock/`);
      await page.getByText('ada@example.com').first().waitFor();
    },
    RUN_LIMIT_MS,
  );

  test(
    'apps/docs/management-api.md: lists the users of the mock',
    async () => {
      project.write('management.ts', namedBlock('management-api').code);
      const args =
        '--module esnext --moduleResolution bundler --target es2022 --skipLibCheck --types node';
      await project.run('tsc', [...args.split(' '), 'management.ts']);
      expect(await project.node('management.js')).toContain('ada@example.com');
    },
    RUN_LIMIT_MS,
  );
});
