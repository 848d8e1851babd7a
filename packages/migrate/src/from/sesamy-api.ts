import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { exportedName } from '../carriers.js';
import { type Edit, freeName } from '../edit.js';
import { type ImportedName, importedNames } from '../imports.js';

/** The module of sesamy-js. */
export const MODULE = '@sesamy/sesamy-js';

/** By their names the APIs that a file exports, each with the name of the session beside it. */
export function exportedApis(edit: Edit): ReadonlyMap<string, string> {
  const exported = new Map<string, string>();
  for (const { references } of initsOf(edit)) {
    for (const reference of references) {
      const api = declarationOf(reference);
      if (api === undefined) continue;
      for (const name of api.exports) exported.set(name, sessionName(api));
    }
  }
  return exported;
}

function initsOf(edit: Edit): readonly ImportedName[] {
  return importedNames(edit, MODULE).filter(({ imported }) => imported === 'init');
}

/** `const sesamy = await init({ … });` */
export interface ApiDeclaration {
  readonly name: string;
  readonly call: t.CallExpression;
  readonly declaration: NodePath<t.VariableDeclaration>;
  /** The names under which the file exports it. */
  readonly exports: readonly string[];
  readonly references: readonly NodePath[];
}

/** The declaration of the API that a call of `init` is for. */
export function declarationOf(init: NodePath): ApiDeclaration | undefined {
  const call = init.parentPath;
  const awaited = call?.parentPath;
  const declarator = awaited?.parentPath;
  const declaration = declarator?.parentPath;
  if (!call?.isCallExpression() || !awaited?.isAwaitExpression()) return undefined;
  if (!declarator?.isVariableDeclarator() || declarator.node.id.type !== 'Identifier') {
    return undefined;
  }
  if (!declaration?.isVariableDeclaration() || declaration.node.declarations.length > 1) {
    return undefined;
  }
  const { name } = declarator.node.id;
  const all = declaration.scope.getBinding(name)?.referencePaths ?? [];
  const exports = all.flatMap((reference) => exportedName(reference) ?? []);
  const references = all.filter((reference) => exportedName(reference) === undefined);
  const isDeclared = declaration.parentPath.isExportNamedDeclaration();
  return {
    name,
    call: call.node,
    declaration,
    exports: isDeclared ? [name, ...exports] : exports,
    references: references.filter((reference) => !reference.isExportNamedDeclaration()),
  };
}

/** The declaration with its `export`. */
export function statementOf(declaration: NodePath<t.VariableDeclaration>): NodePath {
  const { parentPath } = declaration;
  return parentPath.isExportNamedDeclaration() ? parentPath : declaration;
}

/** The name of the session beside an API: that of an earlier run, or a free one. */
export function sessionName({ declaration, references }: ApiDeclaration): string {
  return madeBefore(declaration) ?? freeName([declaration, ...references], 'session');
}

/** The session that an earlier run has put after the API. */
export function madeBefore(declaration: NodePath<t.VariableDeclaration>): string | undefined {
  const next = statementOf(declaration).getNextSibling();
  const made = next.isExportNamedDeclaration() ? next.node.declaration : undefined;
  const [declarator] = made?.type === 'VariableDeclaration' ? made.declarations : [];
  const { id, init } = declarator ?? {};
  const isSession =
    init?.type === 'CallExpression' &&
    init.callee.type === 'Identifier' &&
    init.callee.name === 'createSesamySession';
  return isSession && id?.type === 'Identifier' ? id.name : undefined;
}
