import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  findNodeAtLocation,
  type Node,
  parseTree,
  type ParseError,
  printParseErrorCode,
} from 'jsonc-parser';
import * as v from 'valibot';
import { suggestName } from '../check-option-names.js';
import { configSchema, type ConfigFile } from '../schemas.js';
import { UsageError } from './arguments.js';

/**
 * Reads and checks a configuration file: JSON with comments, or a module whose export `config` (or
 * default export) is the configuration.
 * @throws UsageError that names the line and what was expected there
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  if (/\.[cm]?[jt]s$/.test(path)) return checkConfig(await importConfig(path), path, null);
  const text = await readText(path);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error || !tree) {
    const reason = error ? printParseErrorCode(error.error) : 'the file is empty';
    throw new UsageError(`${path}:${lineOf(text, error?.offset ?? 0)}: not JSON (${reason}).`);
  }
  return checkConfig(toValue(tree), path, { text, tree });
}

async function importConfig(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  // Without its cache, so that a changed file is read again.
  const jiti = createJiti(import.meta.url, { moduleCache: false, fsCache: false });
  try {
    const module: unknown = await jiti.import(pathToFileURL(resolve(path)).href);
    if (typeof module !== 'object' || module === null) return module;
    return Reflect.get(module, 'config') ?? Reflect.get(module, 'default');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} could not be loaded: ${reason}`, { cause: error });
  }
}

function checkConfig(
  value: unknown,
  path: string,
  source: { text: string; tree: Node } | null,
): ConfigFile {
  if (Array.isArray(value)) throw new UsageError(`${path}: expected an object of settings.`);
  const result = v.safeParse(configSchema, value);
  if (result.success) return result.output;
  const mistakes = result.issues
    .flatMap((issue) => leaves(issue))
    .map((issue) => ({ issue, line: source ? lineOfIssue(source, issue) : null }))
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0))
    .map(({ issue, line }) => {
      const where = v.getDotPath(issue) ?? 'the configuration';
      return `${path}${line === null ? '' : `:${line}`}: ${where}: ${fix(issue)}`;
    });
  throw new UsageError(mistakes.join('\n'));
}

function lineOfIssue(
  { text, tree }: { text: string; tree: Node },
  issue: v.BaseIssue<unknown>,
): number {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  return lineOf(text, offsetOf(tree, keys));
}

/** Of a failed union, what is wrong with its members says more than the union itself. */
function leaves(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  return issue.issues?.flatMap((each) => leaves(each)) ?? [issue];
}

function fix(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const meant = suggestName((issue.path ?? []).map(({ key }) => String(key)));
    const advice = meant === null ? 'Remove it or correct its name.' : `Did you mean "${meant}"?`;
    return `there is no such setting. ${advice}`;
  }
  return issue.expected === null
    ? `${issue.message}.`
    : `expected ${issue.expected}, found ${issue.received}.`;
}

/** Offset of the value at a path, or of the nearest value around it. */
function offsetOf(tree: Node, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, keys.slice(0, length));
    if (node) return node.offset;
  }
  return tree.offset;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => toValue(child));
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children = [] }) => {
      const [name, value] = children;
      return name && value ? [[String(name.value), toValue(value)] as const] : [];
    }),
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The configuration ${path} cannot be read. Does it exist?`, {
      cause: error,
    });
  }
}
