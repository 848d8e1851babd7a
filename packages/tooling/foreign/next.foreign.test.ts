import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { root } from '../processes.mjs';
import { allBlocks } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { freePort, launchChromium, userToken, startMock, type Mock } from './site.js';

const site = `http://localhost:${await freePort()}/`;
let project: Project;
let mock: Mock;

beforeAll(async () => {
  project = await openProject('next');
  mock = await startMock(project, site);
  addRouteHandler();
  mkdirSync(join(project.directory, 'app/(client)/account'), { recursive: true });
  for (const { project: name, file = '', code } of allBlocks) {
    if (name === 'next') project.write(file, code);
  }
}, INSTALL_LIMIT_MS);
beforeAll(async () => {
  const env = { NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_ISSUER: mock.url };
  await project.run('next', ['build'], env);
}, RUN_LIMIT_MS);
afterAll(() => mock?.close());

test('Next.js builds a server layout with SesamyProvider and a server component with the non-component exports', () => {
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

test(
  'the recipe for a route handler accepts a user and rejects everyone else as in RFC 6750',
  async () => {
    const stop = project.start('next', ['start', `--port=${new URL(site).port}`]);
    onTestFinished(stop);
    await expect.poll(() => isReachable(site)).toBe(true);
    const call = (authorization?: string): Promise<Response> =>
      fetch(`${site}api/me`, authorization === undefined ? {} : { headers: { authorization } });
    const letIn = await call(`Bearer ${await userToken(mock, site)}`);
    expect(await letIn.json()).toEqual({ subject: 'email|ada' });
    const refused = await call();
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const madeUp = await call('Bearer a.b.c');
    expect(madeUp.status).toBe(401);
    expect(madeUp.headers.get('www-authenticate')).toContain('error="invalid_token"');
  },
  RUN_LIMIT_MS,
);

async function isReachable(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** The recipe of the page on access tokens, with the mock in the place of Sesamy. */
function addRouteHandler(): void {
  const recipe = readFileSync(join(root, 'packages/server/test/recipes/next.ts'), 'utf8');
  const directory = 'app/api/me';
  mkdirSync(join(project.directory, directory), { recursive: true });
  const options = `publisherId: 'publisher', issuer: '${mock.url}'`;
  project.write(
    `${directory}/route.ts`,
    recipe.replace("publisherId: 'your-publisher-id'", options),
  );
}
