import { type Finding, openEdit } from './edit.js';
import { auth0React } from './from/auth0-react.js';
import { reactOidcContext } from './from/react-oidc-context.js';
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
  if (!TEXTS[from].test(code)) return { code, findings: [] };
  const edit = openEdit(code, filename);
  switch (from) {
    case 'auth0-react':
      convertLibrary(edit, auth0React);
      break;
    case 'react-oidc-context':
      convertLibrary(edit, reactOidcContext);
      break;
    case 'sesamy-js':
      convertSesamyJs(edit);
      break;
  }
  const findings = edit.findings.toSorted(
    (one, other) => one.line - other.line || one.column - other.column,
  );
  return { code: edit.text.toString(), findings };
}
