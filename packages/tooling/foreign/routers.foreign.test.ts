import type { Browser, Page } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { launchChromium, serve, startMock, type Mock } from './site.js';

let project: Project;
let browser: Browser;

beforeAll(async () => {
  project = await openProject('newest');
  browser = await launchChromium();
}, INSTALL_LIMIT_MS);
afterAll(() => browser?.close());

/** Opens the production build of an app with a router, at its front page. */
async function open(router: string): Promise<{ page: Page; mock: Mock; site: string }> {
  const directory = `routers/${router}`;
  const site = await serve(join(project.directory, directory, 'dist'), { isSpa: true });
  onTestFinished(site.close);
  const mock = await startMock(project, site.url);
  onTestFinished(mock.close);
  await project.run('vite', ['build', directory, '--config=vite.config.ts'], {
    VITE_ISSUER: mock.url,
  });
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(site.url);
  return { page, mock, site: site.url };
}

const logins = ({ server }: Mock): number =>
  server.control.requests.list().filter(({ path }) => path === '/authorize').length;

test(
  'React Router redirects from the callback page to a guarded one after a single login',
  async () => {
    const { page, mock, site } = await open('react-router');
    await page.getByRole('button', { name: /ada/i }).click();
    await page.getByRole('heading', { name: 'For members' }).waitFor();
    expect(page.url()).toBe(`${site}home`);
    expect(logins(mock)).toBe(1);
  },
  RUN_LIMIT_MS,
);
