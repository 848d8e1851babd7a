import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CreateError, isCreateError } from './errors.js';
import { listExamples, templatesDirectory } from './examples.js';
import { packageNameOf } from './package-name.js';

/** Options of {@link createProject}. */
export interface CreateOptions {
  /** Where the app goes: a directory that does not exist, or is empty but for `.git`. */
  readonly directory: string;
  /** The name of an example. */
  readonly example: string;
  /** The directory of the examples. Default: the package's own. */
  readonly templates?: string | undefined;
}

/** An app that {@link createProject} made. */
export interface CreatedProject {
  /** Absolute. */
  readonly directory: string;
  /** The name in its package.json. */
  readonly name: string;
}

/**
 * Copies an example into a new directory, names it after that, and sets the version of the kit's packages to the one
 * of this package. It installs nothing.
 *
 * @throws CreateError `unknown_example`, `invalid_directory`, `directory_not_empty`, `not_writable`
 */
export async function createProject({
  directory,
  example,
  templates = templatesDirectory,
}: CreateOptions): Promise<CreatedProject> {
  await checkExample(example, templates);
  const target = resolve(directory);
  const name = packageNameOf(basename(target));
  if (name === null) {
    throw new CreateError(
      'invalid_directory',
      `"${basename(target)}" cannot be the name of a package. Choose a directory with letters or digits in its name.`,
    );
  }
  try {
    await mkdir(target, { recursive: true });
    await checkEmpty(target);
    await cp(join(templates, example), target, { recursive: true, force: false });
    await rename(join(target, '_gitignore'), join(target, '.gitignore'));
    await setManifest(join(target, 'package.json'), name);
  } catch (error) {
    throw isCreateError(error) ? error : fromFileSystem(error, target);
  }
  return { directory: target, name };
}

async function checkExample(example: string, templates: string): Promise<void> {
  const names = (await listExamples(templates)).map((each) => each.name);
  if (names.includes(example)) return;
  throw new CreateError(
    'unknown_example',
    `There is no example "${example}". Choose one of ${names.join(', ')}.`,
  );
}

async function checkEmpty(directory: string): Promise<void> {
  const files = (await readdir(directory)).filter((file) => file !== '.git');
  if (files.length === 0) return;
  throw new CreateError(
    'directory_not_empty',
    `${directory} is not empty, and nothing in it is overwritten. Choose another directory.`,
  );
}

async function setManifest(path: string, name: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const version = await readVersion();
  const named = text.replace(/("name": )"[^"]*"/, `$1${JSON.stringify(name)}`);
  await writeFile(path, named.replaceAll(/("@sesamy-kit\/[^"]*": )"[^"]*"/g, `$1"${version}"`));
}

/** The version of this package, which all packages of the kit share. */
export async function readVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

function fromFileSystem(error: unknown, target: string): CreateError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    const message = `${target} is a file, or lies below one. Choose another directory.`;
    return new CreateError('invalid_directory', message, { cause: error });
  }
  const message = `${target} could not be written (${code}). Check its permissions and the space on the disk.`;
  return new CreateError('not_writable', message, { cause: error });
}
