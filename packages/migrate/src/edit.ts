import { parse } from '@babel/parser';
import traverseModule, { type NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import MagicString from 'magic-string';

// Node imports the CommonJS module as a whole, bundlers its default export.
const wrapped: typeof traverseModule & { readonly default?: typeof traverseModule } =
  traverseModule;
const traverse = wrapped.default ?? traverseModule;

/** What a codemod could not change: where, and what to do. */
export interface Finding {
  /** From 1, in the source before the change. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

/** A source file being changed: edits are by character, so that all other code keeps its format. */
export interface Edit {
  readonly code: string;
  readonly program: NodePath<t.Program>;
  readonly text: MagicString;
  readonly isTypeScript: boolean;
  readonly findings: Finding[];
  /** References to the old library that were converted. */
  readonly converted: Set<t.Node>;
  /** What the file needs from the kit, as import specifiers: `useSession`, `type User as Auth0User`. */
  readonly needed: Set<string>;
}

/** A node with its range, which the parser always sets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** @throws SyntaxError when the source is neither JavaScript nor TypeScript */
export function openEdit(code: string, filename: string): Edit {
  const isTypeScript = /\.[cm]?tsx?$/.test(filename);
  const hasJsx = !/\.[cm]?ts$/.test(filename);
  const file = parse(code, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    plugins: [
      ...(isTypeScript ? (['typescript'] as const) : (['flow'] as const)),
      ...(hasJsx ? (['jsx'] as const) : []),
      'decorators-legacy',
    ],
  });
  let program: NodePath<t.Program> | undefined;
  traverse(file, {
    Program(path) {
      program = path;
    },
  });
  if (program === undefined) throw new SyntaxError(`${filename} has no program.`);
  return {
    code,
    program,
    isTypeScript,
    text: new MagicString(code),
    findings: [],
    converted: new Set(),
    needed: new Set(),
  };
}

/** Records what the user has to do by hand. */
export function report(edit: Edit, node: t.Node, message: string): void {
  const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
  const finding = { line, column: column + 1, message };
  const isKnown = edit.findings.some((other) => other.line === line && other.message === message);
  if (!isKnown) edit.findings.push(finding);
}

export function rangeOf(node: t.Node): Range {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

/** The source of a node as it was. */
export function sourceOf(edit: Edit, node: t.Node): string {
  const { start, end } = rangeOf(node);
  return edit.code.slice(start, end);
}

export function overwrite(edit: Edit, node: t.Node, content: string): void {
  const { start, end } = rangeOf(node);
  edit.text.overwrite(start, end, content);
}

/** Overwrites a node unless it has that source already. */
export function overwriteIfOther(edit: Edit, node: t.Node, content: string): void {
  if (sourceOf(edit, node) !== content) overwrite(edit, node, content);
}

/** Removes a statement with its line. */
export function removeStatement(edit: Edit, node: t.Node): void {
  const { start, end } = rangeOf(node);
  const before = /(?:^|\n)[ \t]*$/.exec(edit.code.slice(0, start));
  const after = /^[ \t]*\r?\n/.exec(edit.code.slice(end));
  const isWholeLine = before !== null && after !== null;
  const from = isWholeLine ? start - before[0].replace('\n', '').length : start;
  edit.text.remove(from, isWholeLine ? end + after[0].length : end);
}

/** The white space before the statement's first character on its line. */
export function indentOf(edit: Edit, node: t.Node): string {
  const { start } = rangeOf(node);
  return /[ \t]*$/.exec(edit.code.slice(0, start))?.[0] ?? '';
}

/** A name that means nothing yet where the nodes are. */
export function freeName(paths: readonly NodePath[], ...candidates: readonly string[]): string {
  const isFree = (name: string): boolean =>
    paths.every((path) => !path.scope.hasBinding(name, true) && !path.scope.hasGlobal(name));
  const found = candidates.find((name) => isFree(name));
  if (found !== undefined) return found;
  const last = candidates.at(-1) ?? 'session';
  for (let number = 2; ; number += 1) if (isFree(`${last}${number}`)) return `${last}${number}`;
}

/** The name of a property that is not computed, else undefined. */
export function keyOf(property: t.Node): string | undefined {
  if (property.type !== 'ObjectProperty' && property.type !== 'ObjectMethod') return undefined;
  if (property.computed) return undefined;
  if (property.key.type === 'Identifier') return property.key.name;
  return property.key.type === 'StringLiteral' ? property.key.value : undefined;
}
