import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Edit, rangeOf, report, sourceOf, overwrite, removeStatement } from './edit.js';

/** A name that the file imports from the old library. */
export interface ImportedName {
  /** The name in the library; `*` for a namespace, `default` for the default export. */
  readonly imported: string;
  readonly local: string;
  readonly isType: boolean;
  readonly node: t.Node;
  readonly references: readonly NodePath[];
}

/** What the file imports from a module. */
export function importedNames(edit: Edit, module: string): readonly ImportedName[] {
  return declarationsOf(edit, module).flatMap((declaration) =>
    declaration.node.specifiers.map((specifier) => {
      const { local } = specifier;
      const isTypeImport =
        declaration.node.importKind === 'type' ||
        (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');
      return {
        imported: importedNameOf(specifier),
        local: local.name,
        isType: isTypeImport,
        node: specifier,
        references: edit.program.scope.getBinding(local.name)?.referencePaths ?? [],
      };
    }),
  );
}

function importedNameOf(specifier: t.ImportDeclaration['specifiers'][number]): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const { imported } = specifier;
  return imported.type === 'Identifier' ? imported.name : imported.value;
}

function declarationsOf(edit: Edit, module: string): readonly NodePath<t.ImportDeclaration>[] {
  return edit.program.get('body').flatMap((statement) => {
    return statement.isImportDeclaration() && statement.node.source.value === module
      ? [statement]
      : [];
  });
}

/** Reports other ways to load a module: re-exports, `require`, `import()` and mocks of test runners. */
export function reportOtherLoads(edit: Edit, module: string): void {
  const isModule = (node: t.Node | null | undefined): boolean =>
    node?.type === 'StringLiteral' && node.value === module;
  edit.program.traverse({
    ExportNamedDeclaration({ node }) {
      if (isModule(node.source)) {
        report(edit, node, `Re-exports ${module}: export the kit's names, and use those instead.`);
      }
    },
    ExportAllDeclaration({ node }) {
      if (isModule(node.source)) {
        report(edit, node, `Re-exports ${module}: export the kit's names, and use those instead.`);
      }
    },
    CallExpression({ node }) {
      if (!isModule(node.arguments[0])) return;
      const callee = sourceOf(edit, node.callee);
      const advice = /mock/i.test(callee)
        ? 'give the components a session of createTestSession (@sesamy-kit/session/testing) instead of a mock.'
        : 'import the kit with an import declaration.';
      report(edit, node, `Loads ${module} by ${callee}(): ${advice}`);
    },
    ImportExpression({ node }) {
      if (isModule(node.source)) {
        report(
          edit,
          node,
          `Loads ${module} by import(): import the kit with an import declaration.`,
        );
      }
    },
  });
}

/** Whether the name is still used after the conversion. */
function isStillUsed(edit: Edit, name: ImportedName): boolean {
  return (
    name.references.some(({ node }) => !edit.converted.has(node)) ||
    (edit.isTypeScript && isUsedAsType(edit, name.local)) ||
    (name.references.length === 0 && !edit.converted.has(name.node))
  );
}

/** Babel counts no references from types. */
export function isUsedAsType(edit: Edit, local: string): boolean {
  let isUsed = false;
  edit.program.traverse({
    TSTypeReference({ node }) {
      const [first] = sourceOf(edit, node.typeName).split('.');
      if (first === local && !edit.converted.has(node)) isUsed = true;
    },
    TSExpressionWithTypeArguments({ node }) {
      if (sourceOf(edit, node.expression) === local && !edit.converted.has(node)) isUsed = true;
    },
    TSTypeQuery({ node }) {
      if (sourceOf(edit, node.exprName).split('.')[0] === local) isUsed = true;
    },
  });
  return isUsed;
}

/** Removes the old imports that are no longer used, and imports what is needed from the kit. */
export function finishImports(edit: Edit, from: readonly string[], to: string): void {
  const names = from.flatMap((module) => importedNames(edit, module));
  const declarations = from.flatMap((module) => declarationsOf(edit, module));
  const existing = declarationsOf(edit, to).find(({ node }) => node.importKind !== 'type');
  const missing = [...edit.needed].filter((specifier) => !isImported(edit, to, specifier));
  const anchor = declarations[0]?.node;
  const isRemoved = (specifier: t.Node): boolean => {
    const name = names.find(({ node }) => node === specifier);
    return name !== undefined && !isStillUsed(edit, name);
  };
  for (const { node } of declarations) {
    const kept = node.specifiers.filter((specifier) => !isRemoved(specifier));
    const added = node === anchor && existing === undefined && missing.length > 0;
    const statement = added ? importStatement(edit, node, missing, to) : '';
    if (kept.length === node.specifiers.length) {
      if (added) edit.text.appendLeft(rangeOf(node).end, `\n${statement}`);
    } else if (kept.length > 0) {
      const old = importText(edit, node, kept);
      overwrite(edit, node, added ? `${old}\n${statement}` : old);
    } else if (added) overwrite(edit, node, statement);
    else removeStatement(edit, node);
  }
  const last = existing?.node.specifiers.at(-1);
  if (last !== undefined && missing.length > 0) {
    edit.text.appendLeft(rangeOf(last).end, `, ${missing.join(', ')}`);
  } else if (anchor === undefined && missing.length > 0) {
    edit.text.prepend(`import { ${missing.join(', ')} } from '${to}';\n`);
  }
}

function isImported(edit: Edit, module: string, specifier: string): boolean {
  const imported = specifier.replace(/^type /, '').replace(/ as .*/, '');
  return declarationsOf(edit, module).some(({ node }) =>
    node.specifiers.some((existing) => importedNameOf(existing) === imported),
  );
}

/** As the old import was written: its quotes, and a semicolon if it had one. */
function importStatement(
  edit: Edit,
  like: t.ImportDeclaration,
  specifiers: readonly string[],
  module: string,
): string {
  const source = sourceOf(edit, like);
  const quote = sourceOf(edit, like.source).charAt(0);
  const end = source.endsWith(';') ? ';' : '';
  return `import { ${[...specifiers].sort(byName).join(', ')} } from ${quote}${module}${quote}${end}`;
}

function byName(one: string, other: string): number {
  return one.replace('type ', '').localeCompare(other.replace('type ', ''), 'en');
}

function importText(
  edit: Edit,
  declaration: t.ImportDeclaration,
  kept: readonly t.ImportDeclaration['specifiers'][number][],
): string {
  const named = kept.filter(({ type }) => type === 'ImportSpecifier');
  const others = kept.filter(({ type }) => type !== 'ImportSpecifier');
  const list = named.map((specifier) => sourceOf(edit, specifier)).join(', ');
  const parts = [
    ...others.map((specifier) => sourceOf(edit, specifier)),
    ...(list ? [`{ ${list} }`] : []),
  ];
  const keyword = declaration.importKind === 'type' ? 'import type' : 'import';
  const end = sourceOf(edit, declaration).endsWith(';') ? ';' : '';
  return `${keyword} ${parts.join(', ')} from ${sourceOf(edit, declaration.source)}${end}`;
}

/** Imports React's type of the props of a component, unless the file has one of that name. */
export function importComponentProps(edit: Edit): void {
  if (edit.program.scope.hasBinding('ComponentProps', true)) return;
  const line = "import type { ComponentProps } from 'react';\n";
  if (!edit.text.toString().includes(line)) edit.text.prepend(line);
}
