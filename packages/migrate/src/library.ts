import type { NodePath } from '@babel/traverse';
import { type Carrier, PART, reportExports } from './carriers.js';
import { type Edit, report } from './edit.js';
import { convertGuard } from './guard.js';
import { convertHook } from './hook.js';
import { convertInjected, type Injector } from './injector.js';
import {
  finishImports,
  type ImportedName,
  importedNames,
  isUsedAsType,
  reportOtherLoads,
} from './imports.js';
import type { MemberRules } from './member-rule.js';
import type { OptionRules } from './options.js';
import { convertProvider } from './provider.js';

/** A React library for logins, and how its names map to the kit's. */
export interface Library {
  readonly module: string;
  readonly hook: string;
  readonly members: MemberRules;
  readonly provider: string;
  readonly options: OptionRules;
  readonly guard: string;
  /** The guard's option that renders what is shown until the login. */
  readonly guardFallback: string;
  /** The higher-order component that passes what the hook returns as a prop. */
  readonly injector: Injector;
  readonly types: Readonly<Record<string, string>>;
  /** What to do about other exports. */
  readonly advice: Readonly<Record<string, string>>;
}

export const KIT = '@sesamy-kit/react';

/** Converts a file that uses the library, itself or by way of other files of the app. */
export function convertLibrary(edit: Edit, library: Library, carriers: readonly Carrier[]): void {
  reportOtherLoads(edit, library.module);
  const names = [
    ...importedNames(edit, library.module),
    ...carriers.flatMap(({ specifier, exports }) =>
      importedNames(edit, specifier).flatMap((name) => {
        const imported = exports.get(name.imported);
        return imported === undefined ? [] : [{ ...name, imported }];
      }),
    ),
  ];
  // What is injected decides about the types beside it.
  const isInjector = ({ imported }: ImportedName): boolean => imported === library.injector.name;
  for (const name of names.filter(isInjector)) convertName(edit, library, name);
  for (const name of names) if (!isInjector(name)) convertName(edit, library, name);
  const modules = [library.module, ...carriers.map(({ specifier }) => specifier)];
  finishImports(edit, modules, KIT);
}

function convertName(edit: Edit, library: Library, name: ImportedName): void {
  const { injector } = library;
  const type = library.types[name.imported];
  if (name.imported === PART) {
    const message = `"${name.local}" returns functions of ${library.module}: once they are those of useSession, give them the options of the kit.`;
    report(edit, name.node, message);
  } else if (type !== undefined && name.references.every(isType)) {
    edit.needed.add(type === name.local ? `type ${type}` : `type ${type} as ${name.local}`);
    for (const { node } of [name, ...name.references]) edit.converted.add(node);
    convertTypes(edit, name.local);
  } else if (name.imported === library.hook) {
    for (const reference of name.references) {
      if (!reportExports(edit, reference, name)) convertHook(edit, reference, library.members);
    }
  } else if (name.imported === library.provider) {
    for (const reference of name.references) convertProvider(edit, reference, library.options);
  } else if (name.imported === library.guard) {
    for (const reference of name.references) {
      convertGuard(edit, reference, library.guardFallback);
    }
  } else if (name.imported === injector.name) {
    for (const reference of name.references) convertInjected(edit, reference, library);
  } else if (
    (name.imported === injector.propsType || name.imported === injector.valueType) &&
    edit.needed.has('type SessionView') &&
    !isUsedAsType(edit, name.local)
  ) {
    for (const { node } of [name, ...name.references]) edit.converted.add(node);
  } else reportUses(edit, library, name);
}

/** Babel counts the type of an assertion or an alias as a reference, but not that of a parameter. */
function isType({ parent }: NodePath): boolean {
  return parent.type === 'TSTypeReference';
}

/** Uses of a type keep its local name. */
function convertTypes(edit: Edit, local: string): void {
  edit.program.traverse({
    TSTypeReference({ node }) {
      if (node.typeName.type === 'Identifier' && node.typeName.name === local) {
        edit.converted.add(node);
      }
    },
  });
}

function reportUses(edit: Edit, { module, advice }: Library, name: ImportedName): void {
  const what = name.imported === '*' ? `import * as ${name.local}` : `"${name.imported}"`;
  const fallback =
    name.imported === '*'
      ? 'import its members by name, and run this again.'
      : "it has no equivalent; see the documentation's table of differences.";
  const message = `${what} of ${module}: ${advice[name.imported] ?? fallback}`;
  if (name.references.length === 0) report(edit, name.node, message);
  for (const { node } of name.references) report(edit, node, message);
}
