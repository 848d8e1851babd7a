import {
  type Carrier,
  carriedNames,
  carriersOf,
  moduleOf,
  PART,
  remainingHooks,
} from './carriers.js';
import { type Edit, type Finding, openEdit } from './edit.js';
import { auth0React } from './from/auth0-react.js';
import { reactOidcContext } from './from/react-oidc-context.js';
import { exportedApis } from './from/sesamy-api.js';
import { convertSesamyJs } from './from/sesamy-js.js';
import { convertLibrary } from './library.js';

/** The libraries to migrate from. */
export const sources = ['auth0-react', 'react-oidc-context', 'sesamy-js'] as const;

/** A library to migrate from. */
export type MigrationSource = (typeof sources)[number];

/** A file after the migration. */
export interface MigratedSource {
  /** The same as before if nothing could be changed. */
  readonly code: string;
  /** What is left to do by hand, in the order of the source. */
  readonly findings: readonly Finding[];
}

/** A file of an app. */
export interface SourceFile {
  /** Decides between JavaScript and TypeScript, with or without JSX; imports between the files are resolved by it. */
  readonly path: string;
  /** The text of the file. */
  readonly code: string;
}

/** A file of an app after the migration. */
export interface MigratedFile extends MigratedSource {
  /** As it was given. */
  readonly path: string;
  /** Set if the file could not be parsed: it is as it was. */
  readonly syntaxError?: SyntaxError;
}

const TEXTS: Readonly<Record<MigrationSource, RegExp>> = {
  'auth0-react': /@auth0\/auth0-react/,
  'react-oidc-context': /react-oidc-context/,
  'sesamy-js': /@sesamy\/sesamy-js|\b(?:window|globalThis)\.sesamy\b/,
};

/**
 * Migrates one file to `@sesamy-kit/react` (from sesamy-js: to `@sesamy-kit/session`). What it cannot change it leaves as
 * it is, with the old import, and lists.
 *
 * @param filename decides between JavaScript and TypeScript, with or without JSX
 * @throws SyntaxError when the file cannot be parsed
 */
export function migrateSource(
  code: string,
  filename: string,
  from: MigrationSource,
): MigratedSource {
  return migrate({ path: filename, code }, from, []);
}

/**
 * Migrates the files of an app, each like {@link migrateSource}. A file that imports the library from another file of the
 * app is migrated too: from a hook that only returns the library's, a re-export, or the exported API of sesamy-js. The
 * import of a hook that returns parts of what the library's returns is listed.
 */
export function migrateApp(
  files: readonly SourceFile[],
  from: MigrationSource,
): readonly MigratedFile[] {
  const exportsOf = new Map<string, ReadonlyMap<string, string>>();
  for (const { path, code } of files) {
    if (!TEXTS[from].test(code)) continue;
    const carried = ignoringSyntax(() => exportsIn(openEdit(code, path), from));
    if (carried !== undefined && carried.size > 0) exportsOf.set(moduleOf(path), carried);
  }
  return files.map((file) => {
    try {
      const carriers = carriersOf(file.path, file.code, exportsOf);
      return { path: file.path, ...migrate(file, from, carriers) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { path: file.path, code: file.code, findings: [], syntaxError: error };
    }
  });
}

function exportsIn(edit: Edit, from: MigrationSource): ReadonlyMap<string, string> {
  if (from === 'sesamy-js') return exportedApis(edit);
  const library = libraries[from];
  const carried = carriedNames(edit, library.module, library.hook);
  convertLibrary(edit, library, []);
  const parts = remainingHooks(edit, library.module, library.hook);
  return new Map([...parts.map((name) => [name, PART] as const), ...carried]);
}

const libraries = { 'auth0-react': auth0React, 'react-oidc-context': reactOidcContext };

function ignoringSyntax<Result>(parse: () => Result): Result | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function migrate(
  { path, code }: SourceFile,
  from: MigrationSource,
  carriers: readonly Carrier[],
): MigratedSource {
  if (!TEXTS[from].test(code) && carriers.length === 0) return { code, findings: [] };
  const edit = openEdit(code, path);
  if (from === 'sesamy-js') convertSesamyJs(edit, carriers);
  else convertLibrary(edit, libraries[from], carriers);
  const findings = edit.findings.toSorted(
    (one, other) => one.line - other.line || one.column - other.column,
  );
  return { code: edit.text.toString(), findings };
}
