// Builds the live examples into live/ of a built site: pages whose code is a block of the documentation, and the pages of
// the mock of Sesamy that they navigate to.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, defaultClientConditions } from 'vite';

const docs = import.meta.dirname;
const [site = join(docs, 'dist')] = process.argv.slice(2);
const root = join(docs, 'node_modules/.cache/live');

const examples = readdirSync(docs)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => examplesOf(readFileSync(join(docs, file), 'utf8')));
const navigations = ['authorize', 'v2/logout', 'oidc/logout'].map(
  (path) => `sesamy/${path}/index.html`,
);

rmSync(root, { recursive: true, force: true });
for (const { name, code } of examples) {
  const component = /^export function (\w+)/m.exec(code)?.[1];
  const isSignedIn = !code.includes('LoginButton');
  write(`${name}.tsx`, code);
  write(
    `${name}.run.tsx`,
    `import { ${component} } from './${name}';\nimport { run } from '${pathOf('run')}';\nrun(${component}, { isSignedIn: ${isSignedIn} });\n`,
  );
  write(`${name}.html`, pageOf(`./${name}.run.tsx`));
}
for (const page of navigations) {
  write(page, pageOf(relative(dirname(page), 'navigation.ts')));
}
write('navigation.ts', `import '${pathOf('navigation')}';\n`);

await build({
  root,
  configFile: false,
  // For any path of any host.
  base: './',
  publicDir: false,
  // Libraries mark their modules for servers, of which every build warns.
  logLevel: 'error',
  resolve: { conditions: ['@sesamy-kit/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: join(site, 'live'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: [...examples.map(({ name }) => `${name}.html`), ...navigations].map((page) =>
        join(root, page),
      ),
    },
  },
});

/**
 * @param {string} page
 * @returns {readonly { name: string, code: string }[]} the blocks that are marked as live, in their order
 */
function examplesOf(page) {
  const blocks = page.matchAll(/<!-- file: live\/([\w-]+)\.tsx -->\s*```tsx\n([^]*?)^```$/gm);
  return [...blocks].map(([, name = '', code = '']) => ({ name, code }));
}

/** @param {string} script */
function pageOf(script) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Live example</title>
<div id="root"></div>
<script type="module" src="${script}"></script>
</html>
`;
}

/** @param {string} module of the folder of live examples */
function pathOf(module) {
  return join(docs, 'live', module).replaceAll('\\', '/');
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
