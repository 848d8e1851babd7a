import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { createMockServer } from '@sesamy-kit/mock-server';
import { build, defaultClientConditions } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = join(root, 'dist-static');

/** Addresses that work before the worker runs, at any host for static files. */
const addresses = [
  'account',
  'letter',
  'how-it-works',
  'how-you-are-logged-in',
  'sso-cookie',
  'token-handler',
  ...[
    ...readFileSync(join(root, 'src/stories/all-stories.ts'), 'utf8').matchAll(/slug: '([\w-]+)'/g),
  ].map(([, slug]) => `stories/${slug}`),
];

const conditions = ['@sesamy-kit/source', ...defaultClientConditions];

/** Builds the demo as static files, with the mock of Sesamy in a service worker, into apps/demo/dist-static. */
export async function buildStaticDemo() {
  const built = await build({
    root,
    configFile: false,
    // For any path of any host.
    base: './',
    logLevel: 'warn',
    plugins: [react(), staticPage, kitWithDevtools],
    resolve: { conditions },
    build: {
      outDir,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      rolldownOptions: {
        input: [join(root, 'index.html'), join(root, 'static/navigation.ts')],
      },
    },
  });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions },
    build: {
      outDir,
      emptyOutDir: false,
      lib: {
        entry: join(root, 'static/worker/service-worker.ts'),
        // A module worker is unknown to older browsers.
        formats: ['iife'],
        name: 'serviceWorker',
        fileName: () => 'service-worker.js',
      },
      // Service workers cannot load code on demand.
      rolldownOptions: { output: { codeSplitting: false } },
      target: 'es2022',
    },
  });
  const page = readFileSync(join(outDir, 'index.html'), 'utf8');
  for (const address of addresses) {
    const path = join(outDir, address, 'index.html');
    mkdirSync(dirname(path), { recursive: true });
    const up = '../'.repeat(address.split('/').length);
    writeFileSync(path, page.replaceAll(/ (href|src)="\.\//g, ` $1="${up}`));
  }
  await writeMockFiles(entryOf(built, 'navigation'));
}

/**
 * The addresses of the mock that a page visits or shows without a worker.
 *
 * @param {string} script of the pages, relative to the build
 */
async function writeMockFiles(script) {
  for (const address of ['authorize', 'v2/logout', 'oidc/logout']) {
    const up = '../'.repeat(address.split('/').length + 1);
    write(
      `sesamy/${address}/index.html`,
      `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Log in</title><script type="module" src="${up}${script}"></script></html>\n`,
    );
  }
  const mock = createMockServer();
  for (const { id } of mock.control.users.list()) {
    const picture = await mock.fetch(new URL(`avatars/${id}.svg`, mock.issuer));
    write(`sesamy/avatars/${id}.svg`, await picture.text());
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const path = join(outDir, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/**
 * @param {Awaited<ReturnType<typeof build>>} built
 * @param {string} name
 * @returns {string} the file that an entry became
 */
function entryOf(built, name) {
  const outputs = 'close' in built ? [] : [built].flat().flatMap(({ output }) => output);
  const entry = outputs.find((file) => file.type === 'chunk' && file.isEntry && file.name === name);
  if (entry === undefined) throw new Error(`The build has no ${name}.`);
  return entry.fileName;
}

/** The demo's page with another script, which knows where everything is. @type {import('vite').Plugin} */
const staticPage = {
  name: 'static-page',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html
        .replaceAll(/ *<meta name="(?:sesamy|demo)-[^>]*>\n/g, '')
        .replace('/src/main.tsx', '/static/main.ts'),
  },
};

/** Readers are to see the devtools, which production builds leave out. @type {import('vite').Plugin} */
const kitWithDevtools = {
  name: 'kit-with-devtools',
  enforce: 'pre',
  transform: (code, id) =>
    /\/packages\/[\w-]+\/src\//.test(id)
      ? code.replaceAll('process.env.NODE_ENV', '"development"')
      : null,
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildStaticDemo();
