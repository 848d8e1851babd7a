import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';

/** @typedef {import('./packed-packages.mjs').PublishedPackage} PublishedPackage */

/**
 * What an entry point exports, with types and release tags, and where that is recorded.
 *
 * @typedef {object} ApiReport
 * @property {string} entry such as `@sesamy-kit/react/testing`
 * @property {string} path of the recorded report, from the root
 * @property {string} content as it is now
 */

/** `npm run api` records the API reports after a change that is meant. */
export function main() {
  for (const { path, content } of apiReports(publishedPackages())) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    if (recordedReport(path) === content) continue;
    writeFileSync(join(root, path), content);
    console.log(`changed: ${path}`);
  }
}

/**
 * @param {string} path from the root
 * @returns {string | null} null where no report is recorded
 */
export function recordedReport(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * Compiles the packages and reports the API of each of their entry points, by their declarations: API Extractor has a
 * TypeScript of its own, which does not read TypeScript 7's configuration.
 *
 * @param {readonly PublishedPackage[]} packages
 * @returns {readonly ApiReport[]}
 */
export function apiReports(packages) {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { status, stdout } = spawnSync(tsc, ['-b', ...packages.map(({ directory }) => directory)], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The packages do not compile:\n${stdout}`);
  const scratch = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    return reportsOf(
      packages.flatMap((published) => typedEntries(published)),
      scratch,
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * @param {readonly Entry[]} entries
 * @param {string} scratch
 * @returns {readonly ApiReport[]}
 */
function reportsOf(entries, scratch) {
  const reported = entries.map((entry) => ({ entry, config: configuration(entry, scratch) }));
  const [first, ...others] = reported.map(({ config }) => config);
  if (first === undefined) return [];
  // One program for all entry points: they share most of their declarations.
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: others.map((config) => config.mainEntryPointFilePath),
  });
  return reported.map(({ entry: { name, subpath, path }, config }) => {
    /** @type {string[]} */
    const errors = [];
    Extractor.invoke(config, {
      localBuild: true,
      compilerState,
      messageCallback: (message) => {
        if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text);
        message.handled = true;
      },
    });
    if (errors.length > 0) throw new Error(`${name} ${subpath}: ${errors.join('\n')}`);
    const content = readFileSync(join(scratch, name, basename(path)), 'utf8');
    return { entry: join(name, subpath), path, content };
  });
}

/**
 * @typedef {object} Entry
 * @property {string} name of its package
 * @property {string} directory of its package
 * @property {string} subpath such as `./verify/hono`
 * @property {string} types its declarations, from the package's directory
 * @property {string} path of the recorded report, from the root
 */

/**
 * @param {PublishedPackage} published
 * @returns {readonly Entry[]}
 */
function typedEntries({ name, directory }) {
  /** @type {{ exports?: Record<string, string | { types?: string }> }} */
  const { exports = {} } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string' || target.types === undefined) return [];
    const report = subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-');
    const path = join(relative(root, directory), 'api', `${report}.api.md`);
    return [{ name, directory, subpath, types: target.types, path }];
  });
}

/**
 * @param {Entry} entry
 * @param {string} scratch
 */
function configuration({ name, directory, types, path }, scratch) {
  const reportFolder = join(scratch, name);
  mkdirSync(reportFolder, { recursive: true });
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(directory, 'package.json'),
    configObject: {
      projectFolder: directory,
      mainEntryPointFilePath: join(directory, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            lib: ['ES2023', 'DOM', 'DOM.Iterable'],
            module: 'ESNext',
            moduleResolution: 'Bundler',
            jsx: 'react-jsx',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: [join(directory, types)],
        },
        skipLibCheck: true,
      },
      apiReport: {
        enabled: true,
        reportFileName: basename(path, '.api.md'),
        reportFolder,
        reportTempFolder: join(reportFolder, 'temp'),
        includeForgottenExports: false,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}
