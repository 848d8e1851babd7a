import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { freePort, launchChromium, startMock, type Running } from './site.js';

const site = `http://localhost:${await freePort()}/`;
let project: Project;
let mock: Running;

beforeAll(async () => {
  project = await openProject('next');
  mock = await startMock(project, site);
}, INSTALL_LIMIT_MS);
beforeAll(async () => {
  const env = { NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_ISSUER: mock.url };
  await project.run('next', ['build'], env);
}, RUN_LIMIT_MS);
afterAll(() => mock?.close());

test('Next.js builds a server layout with SesamyProvider, and a server component uses what is no component', () => {
  const page = join(project.directory, '.next/server/app/server.html');
  expect(readFileSync(page, 'utf8')).toMatch(/An error of ours: (?:<!-- -->)?false/);
});

test(
  'a login that a guard of the App Router begins ends at the guarded page',
  async () => {
    const stop = project.start('next', ['start', `--port=${new URL(site).port}`]);
    onTestFinished(stop);
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await expect.poll(() => isReachable(site)).toBe(true);
    await page.goto(`${site}account`);
    await page.getByRole('button', { name: /ada/i }).click();
    await page.getByRole('heading', { name: 'Account of Ada' }).waitFor();
    expect(page.url()).toBe(`${site}account`);
    await page.reload();
    await page.getByRole('heading', { name: 'Account of Ada' }).waitFor();
  },
  RUN_LIMIT_MS,
);

async function isReachable(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
