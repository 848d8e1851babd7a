import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { dirname, join } from 'node:path';
import { type Edit, report } from './edit.js';
import { type ImportedName, importedNames } from './imports.js';

/** A file of the app that passes names of the library on, as another file imports it. */
export interface Carrier {
  readonly specifier: string;
  /** By the names that it exports, those of the library. */
  readonly exports: ReadonlyMap<string, string>;
}

/** What a file exports of the library: re-exports, and hooks that only return the library's. */
export function carriedNames(
  edit: Edit,
  module: string,
  hook: string,
): ReadonlyMap<string, string> {
  const carried = new Map<string, string>();
  for (const statement of edit.program.get('body')) {
    if (!statement.isExportNamedDeclaration()) continue;
    if (statement.node.source?.value !== module) continue;
    for (const specifier of statement.node.specifiers) {
      if (specifier.type !== 'ExportSpecifier') continue;
      carried.set(nameOf(specifier.exported), specifier.local.name);
    }
  }
  for (const name of importedNames(edit, module)) {
    for (const reference of name.references) {
      const exported = exportedName(name.imported === hook ? passedOn(reference) : reference);
      if (exported !== undefined) carried.set(exported, name.imported);
    }
  }
  return carried;
}

/** In the place of a name of the library: a hook of the app that returns parts of what the library's does. */
export const PART = 'part';

/** The exported hooks of a converted file that still use the library's. */
export function remainingHooks(edit: Edit, module: string, hook: string): readonly string[] {
  const names = importedNames(edit, module).filter(({ imported }) => imported === hook);
  const references = names.flatMap((name) => name.references);
  return references.flatMap((reference) => {
    const made = edit.converted.has(reference.node) ? null : reference.getFunctionParent();
    const exported = made === null ? undefined : exportedName(made);
    return exported !== undefined && /^(?:use[A-Z]|default$)/.test(exported) ? [exported] : [];
  });
}

/** Reports a hook that is exported or passed on. @returns false if it is neither */
export function reportExports(edit: Edit, reference: NodePath, name: ImportedName): boolean {
  const exported = exportedName(passedOn(reference));
  if (exported === undefined) return false;
  report(
    edit,
    reference.node,
    `"${exported}" passes ${name.imported} on: files that import it get useSession instead; remove it when none does.`,
  );
  return true;
}

/** The function that only returns what the hook does, else the hook itself. */
function passedOn(hook: NodePath): NodePath {
  const { parentPath: call } = hook;
  if (!call?.isCallExpression() || call.node.callee !== hook.node) return hook;
  const { parentPath: outer } = call;
  if (outer?.isArrowFunctionExpression() && outer.node.body === call.node) return outer;
  if (!outer?.isReturnStatement()) return hook;
  const body = outer.parentPath;
  const isOnly = body?.isBlockStatement() && body.node.body.length === 1;
  const made = body?.parentPath;
  return isOnly && made?.isFunction() ? made : hook;
}

/** The name under which a file exports a value or function. */
export function exportedName(path: NodePath): string | undefined {
  const { parentPath: parent } = path;
  if (parent?.isExportSpecifier()) return nameOf(parent.node.exported);
  if (parent?.isExportDefaultDeclaration()) return 'default';
  if (path.isFunctionDeclaration()) {
    return parent?.isExportNamedDeclaration() ? path.node.id?.name : exportOf(path, path.node.id);
  }
  if (!parent?.isVariableDeclarator() || parent.node.id.type !== 'Identifier') return undefined;
  const isExported = parent.parentPath?.parentPath?.isExportNamedDeclaration();
  return isExported ? parent.node.id.name : exportOf(path, parent.node.id);
}

/** The name under which a declared name is exported elsewhere in the file. */
function exportOf(path: NodePath, id: t.Identifier | null | undefined): string | undefined {
  const references = path.scope.getBinding(id?.name ?? '')?.referencePaths ?? [];
  for (const { parentPath } of references) {
    if (parentPath?.isExportSpecifier()) return nameOf(parentPath.node.exported);
    if (parentPath?.isExportDefaultDeclaration()) return 'default';
  }
  return undefined;
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

const FROM = /\bfrom\s*(['"])([^'"\n]+)\1/g;

/** The files that a file imports and that pass names on. @param exportsOf by path without its extension */
export function carriersOf(
  path: string,
  code: string,
  exportsOf: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly Carrier[] {
  if (exportsOf.size === 0) return [];
  const specifiers = new Set([...code.matchAll(FROM)].map(([, , specifier = '']) => specifier));
  return [...specifiers].flatMap((specifier) => {
    const exports = exportsOf.get(targetOf(path, specifier, [...exportsOf.keys()]));
    return exports === undefined ? [] : [{ specifier, exports }];
  });
}

/** The path without its extension, and without `index`. */
export function moduleOf(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}

/** Resolves a relative import, and one of the usual aliases of the sources' directory. */
function targetOf(path: string, specifier: string, modules: readonly string[]): string {
  if (specifier.startsWith('.')) return moduleOf(join(dirname(path), specifier));
  const alias = /^(?:[@~]\/|src\/)(.+)$/.exec(specifier)?.[1];
  if (alias === undefined) return '';
  return modules.find((module) => module.endsWith(`/${moduleOf(alias)}`)) ?? '';
}
