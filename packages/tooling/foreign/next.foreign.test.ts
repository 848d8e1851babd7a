import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../processes.mjs';
import { allBlocks } from './code-blocks.js';
import { openExample, until } from './example.js';
import { INSTALL_LIMIT_MS, RUN_LIMIT_MS, type Project } from './project.js';
import { freePort, launchChromium, userToken, startMock, type Mock } from './site.js';

const site = `http://localhost:${await freePort()}/`;
let project: Project;
let mock: Mock;

beforeAll(async () => {
  project = await openExample('nextjs', 'nextjs-production');
  mock = await startMock(project, site);
}, INSTALL_LIMIT_MS);
afterAll(() => mock?.close());

test('the example nextjs has the files of the papers', () => {
  const blocks = allBlocks.filter((block) => block.project === 'next');
  expect(blocks.length).toBe(3);
  for (const { file = '', code } of blocks) {
    expect(readFileSync(join(project.directory, file), 'utf8')).toBe(code);
  }
});

describe('the production build of the example nextjs, with pages of server components only', () => {
  let stop: ReturnType<Project['start']> | undefined;

  beforeAll(async () => {
    cpSync(join(import.meta.dirname, 'projects/next'), project.directory, { recursive: true });
    addRecipe();
    const env = { NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_SESAMY_ISSUER: mock.url };
    await project.run('next', ['build'], env);
    // One server for all tests: a port may still be in use when `stop` returns.
    const args = ['start', `--port=${new URL(site).port}`];
    const serverEnv = { SESAMY_ISSUER: mock.url, SESAMY_PUBLISHER_ID: 'publisher' };
    stop = project.start('next', args, serverEnv);
    await until(site);
  }, RUN_LIMIT_MS);
  afterAll(() => stop?.());

  test('Next.js builds a server layout with SesamyProvider and a server component with the non-component exports', () => {
    const page = join(project.directory, '.next/server/app/server.html');
    expect(readFileSync(page, 'utf8')).toMatch(/An error of ours: (?:<!-- -->)?false/);
  });

  test(
    'a login that a guard of the App Router begins ends at the guarded page',
    async () => {
      const browser = await launchChromium();
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      await page.goto(`${site}account`);
      await page.getByRole('button', { name: /ada/i }).click();
      await page.getByText('Ada Lovelace').waitFor();
      expect(page.url()).toBe(`${site}account`);
      await page.reload();
      await page.getByText('Ada Lovelace').waitFor();
    },
    RUN_LIMIT_MS,
  );

  test.each(['api/me', 'recipe'])(
    'the route handler %s accepts a user and rejects everyone else as in RFC 6750',
    async (path) => {
      const call = (authorization?: string): Promise<Response> =>
        fetch(`${site}${path}`, authorization === undefined ? {} : { headers: { authorization } });
      const accepted = await call(`Bearer ${await userToken(mock, site)}`);
      expect(await accepted.json()).toEqual({ subject: 'email|ada' });
      const refused = await call();
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      const madeUp = await call('Bearer a.b.c');
      expect(madeUp.status).toBe(401);
      expect(madeUp.headers.get('www-authenticate')).toContain('error="invalid_token"');
    },
    RUN_LIMIT_MS,
  );
});

/** The recipe of the page on access tokens, with the mock in the place of Sesamy. */
function addRecipe(): void {
  const recipe = readFileSync(join(root, 'packages/server/test/recipes/next.ts'), 'utf8');
  mkdirSync(join(project.directory, 'app/recipe'), { recursive: true });
  const options = `publisherId: 'publisher', issuer: '${mock.url}'`;
  project.write('app/recipe/route.ts', recipe.replace("publisherId: 'your-publisher-id'", options));
}
