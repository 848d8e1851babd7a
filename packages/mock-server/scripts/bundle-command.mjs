// Puts the compiled command into few files, which start in half the time of many: `bundle/`, which the published
// package has as its command. What a run may not need stays apart and is loaded on demand.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = join(root, 'bundle');

rmSync(directory, { recursive: true, force: true });
const build = await rolldown({
  input: { 'sesamy-mock': join(root, 'bin/sesamy-mock.js') },
  cwd: root,
  platform: 'node',
  // What packages have as CommonJS for Node cannot be put into one file.
  resolve: { mainFields: ['module', 'main'] },
  // Loaded on demand only, for configurations in TypeScript and for https.
  external: [/^jiti$/, /^@peculiar\//],
});
const { output } = await build.write({
  dir: directory,
  minify: true,
  chunkFileNames: '[name].js',
});
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(directory, 'LICENSES.txt'), licensesOf(modules));

/**
 * The licences of what is in the bundle, as these licences ask for.
 *
 * @param {readonly string[]} moduleIds
 */
function licensesOf(moduleIds) {
  const packages = new Set(moduleIds.flatMap((id) => packageOf(id) ?? []));
  return [...packages]
    .map((path) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(path, 'package.json'), 'utf8'),
      );
      const file = ['LICENSE', 'LICENSE.md', 'license']
        .map((each) => join(path, each))
        .find(existsSync);
      if (file === undefined) throw new Error(`${name} has no licence file.`);
      return `${name} ${version} (${license})\n\n${readFileSync(file, 'utf8').trim()}\n`;
    })
    .toSorted()
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} moduleId */
function packageOf(moduleId) {
  if (!moduleId.includes('node_modules')) return null;
  let path = dirname(moduleId);
  while (!existsSync(join(path, 'package.json')) || !('version' in manifestOf(path)))
    path = dirname(path);
  return path;
}

/** @param {string} path */
function manifestOf(path) {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
}
