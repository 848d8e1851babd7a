import type { Browser } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { launchChromium, serve, startMock } from './site.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each([
  ['Vite 8 and React 19', 'newest'],
  ['Vite 7 and React 18.2', 'oldest'],
] as const)('the production build of an app with %s', (_what, name) => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject(name);
  }, INSTALL_LIMIT_MS);

  test(
    'the production build of an app with %s logs in, shows the profile, has refs on its buttons, and logs out',
    async () => {
      const site = await serve(join(project.directory, 'dist'));
      onTestFinished(site.close);
      const mock = await startMock(project, site.url);
      onTestFinished(mock.close);
      await project.run('vite', ['build'], {
        VITE_ISSUER: mock.url,
        VITE_API_URL: mock.url.slice(0, -1),
      });
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

      await page.goto(site.url);
      await page.getByRole('button', { name: 'Focus' }).click();
      const enter = page.getByRole('button', { name: 'Enter' });
      expect(await enter.evaluate((button) => button === document.activeElement)).toBe(true);
      await enter.click();
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByRole('heading', { name: 'Hello Ada' }).waitFor();
      await page.getByText('Profile of ada@example.com').waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Leave (BUTTON)' }).click();
      await enter.waitFor();
      expect(page.url()).toBe(site.url);
      expect(errors).toEqual([]);
    },
    RUN_LIMIT_MS,
  );
});
