import { join } from 'node:path';
import { build, defaultClientConditions, type Rolldown } from 'vite';
import { describe, expect, test } from 'vitest';
import { root } from './processes.mjs';

const APP = 'virtual:app';

/** Bundles a small app, or the demo, and returns its chunks. */
async function bundle(app: 'small' | 'demo', mode: 'production' | 'development') {
  const result = await build({
    root: join(root, app === 'demo' ? 'apps/demo' : 'packages/devtools'),
    ...(app === 'small' && { configFile: false }),
    mode,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    ...(app === 'small' && { plugins: [smallApp] }),
    resolve: { conditions: ['@sesamy-kit/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      ...(app === 'small' && { rolldownOptions: { input: APP } }),
    },
  });
  if (!('output' in result)) throw new Error('Vite has made no single build.');
  return result.output.filter((file) => file.type === 'chunk');
}

const smallApp = {
  name: 'small-app',
  resolveId: (id: string) => (id === APP ? id : null),
  load: (id: string) =>
    id === APP
      ? `import { SesamyDevtools, sesamyDevtoolsPlugin } from '@sesamy-kit/devtools';
         import { mountSesamyDevtools } from '@sesamy-kit/devtools/mount';
         globalThis.app = [SesamyDevtools, sesamyDevtoolsPlugin, mountSesamyDevtools];`
      : null,
};

const modulesOf = (chunks: readonly Rolldown.OutputChunk[]): readonly string[] =>
  chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
  );

/** The panel, what it shows and how it sees that. */
const isDevtools = (id: string): boolean =>
  /packages\/(?:doctor|devtools\/src\/(?:panel|model)|session\/src\/inspection\/(?!internals))/.test(
    id,
  );

const isPanel = (id: string): boolean => /packages\/(?:doctor|devtools\/src\/panel)/.test(id);

describe.each(['small', 'demo'] as const)('the %s app', (app) => {
  test('has no code of the devtools in a production build', async () => {
    const chunks = await bundle(app, 'production');
    expect(modulesOf(chunks).filter(isDevtools)).toEqual([]);
    expect(chunks.map(({ code }) => code).join('\n')).not.toContain('Sesamy devtools');
  });
});

test('the panel is a chunk on demand in a development build', async () => {
  const chunks = await bundle('small', 'development');
  expect(modulesOf(chunks).filter(isDevtools)).not.toEqual([]);
  const withPanel = chunks.filter((chunk) => modulesOf([chunk]).some(isPanel));
  expect(withPanel).not.toEqual([]);
  expect(withPanel.filter(({ isEntry }) => isEntry)).toEqual([]);
  const entry = chunks.find(({ isEntry }) => isEntry);
  expect(withPanel.filter(({ fileName }) => entry?.imports.includes(fileName))).toEqual([]);
});
