import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { migrateApp, type MigrationSource, sources } from './migrate.js';

const HELP = `Usage: sesamy-migrate <${sources.join(' | ')}> [paths] [--dry]

Changes the files of an app from that library to sesamy-kit. Paths are files or directories (default: this directory);
node_modules, dist and build are left out. Prettier formats the changed files if the project has it.

  --dry      print what would be changed, and change nothing
  --help, --version

Exit code: 0 when everything is done, 1 when something is left to do by hand, 2 for a mistake on the command line.`;

/** What the formatter of the project offers; its types are not needed to be installed. */
interface Prettier {
  resolveConfig(path: string): Promise<object | null>;
  format(code: string, options: object): Promise<string>;
}

/** Runs the command `sesamy-migrate`. Sets the exit code. */
export async function runCli(
  argv: readonly string[],
  directory: string = process.cwd(),
): Promise<void> {
  const { values, positionals } = readArguments(argv);
  const [source, ...paths] = positionals;
  const from = sources.find((name) => name === source);
  if (values.help) console.log(HELP);
  else if (values.version) console.log(await readVersion());
  else if (values.error !== undefined || from === undefined) {
    const expected = `Name the library to migrate from: ${sources.join(', ')}.`;
    console.error(values.error ?? expected);
    process.exitCode = 2;
  } else await migrateFiles(from, await findFiles(directory, paths), directory, values.dry);
}

interface Flags {
  readonly help: boolean;
  readonly version: boolean;
  readonly dry: boolean;
  readonly error?: string;
}

function readArguments(argv: readonly string[]): { values: Flags; positionals: readonly string[] } {
  const flag = { type: 'boolean', default: false } as const;
  const options = { help: flag, version: flag, dry: flag };
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const values = { help: false, version: false, dry: false, error: String(error) };
    return { values, positionals: [] };
  }
}

async function findFiles(directory: string, paths: readonly string[]): Promise<readonly string[]> {
  const extensions = '{js,jsx,mjs,ts,tsx,mts}';
  const patterns = paths.length === 0 ? ['.'] : paths;
  return glob(
    patterns.map((path) =>
      /\.[cm]?[jt]sx?$/.test(path) ? path : join(path, `**/*.${extensions}`),
    ),
    {
      cwd: directory,
      absolute: true,
      ignore: ['**/node_modules/**', '**/dist/**', '**/build/**', '**/*.d.ts'],
      expandDirectories: false,
    },
  );
}

async function migrateFiles(
  from: MigrationSource,
  files: readonly string[],
  directory: string,
  isDry: boolean,
): Promise<void> {
  const prettier = await findPrettier(directory);
  const paths = [...files].sort();
  const codes = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  const before = paths.map((path, index) => ({ path, code: codes[index] ?? '' }));
  let changed = 0;
  let left = 0;
  for (const [index, { path, code, findings, syntaxError }] of migrateApp(before, from).entries()) {
    const name = relative(directory, path);
    if (syntaxError) console.log(`${name}:1:1: Cannot be parsed: ${syntaxError.message}`);
    for (const { line, column, message } of findings) {
      console.log(`${name}:${line}:${column}: ${message}`);
    }
    left += findings.length + (syntaxError ? 1 : 0);
    if (code === codes[index]) continue;
    changed += 1;
    console.log(`${isDry ? 'would change' : 'changed'} ${name}`);
    if (!isDry) await writeFile(path, await format(prettier, code, path));
  }
  console.log(
    `\n${count(changed, 'file')} ${isDry ? 'would change' : 'changed'}, ${count(left, 'place')} left to do by hand.`,
  );
  if (left > 0) process.exitCode = 1;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

async function findPrettier(directory: string): Promise<Prettier | null> {
  try {
    const path = createRequire(join(resolve(directory), 'package.json')).resolve('prettier');
    const module: { default?: Prettier } & Prettier = await import(pathToFileURL(path).href);
    return module.default ?? module;
  } catch {
    return null;
  }
}

async function format(prettier: Prettier | null, code: string, file: string): Promise<string> {
  if (prettier === null) return code;
  const config = await prettier.resolveConfig(file);
  return prettier.format(code, { ...config, filepath: file });
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}
