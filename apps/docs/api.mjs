// Writes the API reference, a page for each entry point, from the doc comments of the sources. TypeDoc does not run with
// TypeScript 7, so this package has TypeScript 6 beside it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Application, Comment } from 'typedoc';

const docs = import.meta.dirname;
const root = join(docs, '../..');

/** The first one that exports a symbol documents it, so `session` comes before `react`, which exports it again. */
const packages = [
  'session',
  'react',
  'mock-server',
  'server',
  'doctor',
  'devtools',
  'create',
  'migrate',
];

const entryPoints = packages.flatMap(entryPointsOf);

const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: join(docs, 'tsconfig.api.json'),
  entryPoints: entryPoints.map(({ source }) => source),
  // The workspace's compiler checks the sources.
  skipErrorChecking: true,
  logLevel: 'Error',
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  readme: 'none',
  name: 'API reference',
  hideGenerator: true,
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
});

/** @type {any} Options of the plugin, which TypeDoc's own types do not have. */
const pluginOptions = {
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  enumMembersFormat: 'table',
  expandParameters: true,
  useCodeBlocks: true,
  // Doc comments have the defaults, and nearly every member is read-only.
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
  },
};
for (const [name, value] of Object.entries(pluginOptions)) app.options.setValue(name, value);

const project = await app.convert();
if (project === undefined) throw new Error('The sources could not be read.');
for (const module of project.children ?? []) {
  const { specifier = '' } = entryPoints.find(({ source }) => nameOf(source) === module.name) ?? {};
  module.name = specifier;
  module.comment ??= new Comment([{ kind: 'text', text: introduce(specifier) }]);
}
const output = join(docs, 'api');
rmSync(output, { recursive: true, force: true });
app.options.setValue('out', output);
await app.generateOutputs(project);

/**
 * @param {string} specifier
 * @returns {string} where its page says how it is used
 */
function introduce(specifier) {
  const [, name] = specifier.split('/');
  return `The exports of \`${specifier}\`. [The page of the package](/packages/${name}.md) says how to use them.`;
}

/**
 * @param {string} source
 * @returns {string} what TypeDoc calls it
 */
function nameOf(source) {
  return relative(join(root, 'packages'), source).replace(/(?:\/index)?\.tsx?$/, '');
}

/**
 * @param {string} name of a folder of packages
 * @returns {readonly { specifier: string, source: string }[]} what an app can import, and the source of it
 */
function entryPointsOf(name) {
  const directory = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports).flatMap(([subpath, conditions]) => {
    const source = conditions['@sesamy-kit/source'];
    if (source === undefined || !existsSync(join(directory, source))) return [];
    return [{ specifier: join(manifest.name, subpath), source: join(directory, source) }];
  });
}
