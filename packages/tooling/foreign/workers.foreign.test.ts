import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../processes.mjs';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';
import { userToken, startMock, type Mock } from './site.js';

/** The part of Miniflare that is used here. */
interface Worker {
  dispatchFetch(url: string, init: RequestInit): Promise<Response>;
  dispose(): Promise<void>;
}

interface MiniflareModule {
  readonly Miniflare: new (options: {
    modules: boolean;
    script: string;
    compatibilityDate: string;
  }) => Worker;
}

const callback = 'https://app.example.com/';
let project: Project;
let mock: Mock;
let worker: Worker;

beforeAll(async () => {
  project = await openProject('workers');
  mock = await startMock(project, callback);
}, INSTALL_LIMIT_MS);
beforeAll(async () => {
  const recipe = readFileSync(join(root, 'packages/server/test/recipes/workers.ts'), 'utf8');
  const options = `publisherId: 'publisher', issuer: '${mock.url}'`;
  project.write('worker.ts', recipe.replace("publisherId: 'your-publisher-id'", options));
  project.write(
    'vite.config.js',
    `export default {
      resolve: { conditions: ['workerd', 'worker', 'module', 'browser'] },
      build: { lib: { entry: 'worker.ts', formats: ['es'], fileName: 'worker' } },
    };`,
  );
  await project.run('vite', ['build']);
  const entry = join(project.directory, 'node_modules/miniflare/dist/src/index.js');
  const { Miniflare }: MiniflareModule = await import(/* @vite-ignore */ entry);
  worker = new Miniflare({
    modules: true,
    script: readFileSync(join(project.directory, 'dist/worker.js'), 'utf8'),
    compatibilityDate: '2025-10-01',
  });
}, RUN_LIMIT_MS);
afterAll(async () => {
  await worker?.dispose();
  await mock?.close();
});

const call = (headers: Record<string, string> = {}): Promise<Response> =>
  worker.dispatchFetch('https://backend.test/api/me', { headers });

test(
  'the recipe for Cloudflare Workers accepts a user in workerd',
  async () => {
    const response = await call({ authorization: `Bearer ${await userToken(mock, callback)}` });
    expect(await response.json()).toEqual({ subject: 'email|ada' });
  },
  RUN_LIMIT_MS,
);

test.each([
  ['no token', {}, /^Bearer$/],
  ['a made-up token', { authorization: 'Bearer a.b.c' }, /error="invalid_token"/],
])('the recipe for Cloudflare Workers rejects %s as in RFC 6750', async (_, headers, challenge) => {
  const response = await call(headers);
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(challenge);
});
