import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import {
  type Edit,
  freeName,
  overwrite,
  rangeOf,
  removeStatement,
  report,
  sourceOf,
} from './edit.js';
import {
  joinMappings,
  mapOption,
  mapOptions,
  type MappedOption,
  type Mapping,
  type OptionRules,
  optionText,
} from './options.js';

/** Converts the old provider to `SesamyProvider`. @param reference the name in its opening tag */
export function convertProvider(edit: Edit, reference: NodePath, rules: OptionRules): void {
  const opening = reference.parentPath;
  if (!opening?.isJSXOpeningElement()) {
    if (!opening?.isJSXClosingElement()) {
      report(edit, reference.node, 'The provider is used outside of JSX: use SesamyProvider.');
    }
    return;
  }
  const spreads: NodePath<t.VariableDeclaration>[] = [];
  const kept: string[] = [];
  const mapping = joinMappings(
    opening.get('attributes').map((attribute) => {
      if (attribute.isJSXSpreadAttribute()) {
        const source = literalOf(attribute.get('argument'));
        if (source === undefined) return unreadable(attribute.node);
        if (source.declaration !== undefined) spreads.push(source.declaration);
        return mapOptions(edit, source.object, rules);
      }
      if (!attribute.isJSXAttribute()) return unreadable(attribute.node);
      const name = sourceOf(edit, attribute.node.name);
      if (name === 'key' || name === 'children') {
        kept.push(sourceOf(edit, attribute.node));
        return joinMappings([]);
      }
      return mapOption(edit, name, attribute.node, valueOf(attribute.node), rules);
    }),
  );
  for (const { node, message } of [...mapping.notes, ...mapping.obstacles]) {
    report(edit, node, message);
  }
  if (mapping.obstacles.some(({ node }) => /Spread/.test(node.type))) return;
  const statement = opening.findParent(({ parentPath }) => parentPath?.isProgram() ?? false);
  const isHoisted = statement !== null && isModuleLevel(opening, mapping.options, statement);
  const attributes = isHoisted
    ? `session={${hoist(edit, mapping.options, statement, spreads)}}`
    : mapping.options.map((option) => attributeText(edit, option)).join(' ');
  const [openTag, closeTag] = [opening.node, closingOf(opening)];
  edit.needed.add('SesamyProvider');
  edit.converted.add(reference.node);
  const end = openTag.selfClosing ? ' />' : '>';
  const parts = ['<SesamyProvider', ...kept, attributes].filter((part) => part !== '');
  overwrite(edit, openTag, parts.join(' ') + end);
  if (closeTag !== undefined) {
    overwrite(edit, closeTag.name, 'SesamyProvider');
    edit.converted.add(closeTag.name);
  }
}

function closingOf(opening: NodePath): t.JSXClosingElement | undefined {
  const element = opening.parent;
  return element.type === 'JSXElement' ? (element.closingElement ?? undefined) : undefined;
}

function unreadable(node: t.Node): Mapping {
  const message =
    'The options of the provider are not in this file: write them out, and run this again.';
  return { options: [], notes: [], obstacles: [{ node, message }] };
}

/** The object literal that is spread into the provider, and its declaration if it has no other use. */
function literalOf(
  argument: NodePath<t.Expression>,
): { object: t.ObjectExpression; declaration?: NodePath<t.VariableDeclaration> } | undefined {
  if (argument.isObjectExpression()) return { object: argument.node };
  if (!argument.isIdentifier()) return undefined;
  const binding = argument.scope.getBinding(argument.node.name);
  const declarator = binding?.path;
  if (binding?.constant !== true || !declarator?.isVariableDeclarator()) return undefined;
  const init = declarator.get('init');
  const object =
    init.isTSSatisfiesExpression() || init.isTSAsExpression() ? init.node.expression : init.node;
  if (object?.type !== 'ObjectExpression') return undefined;
  const declaration = declarator.parentPath;
  const isOnly =
    binding.referencePaths.length === 1 &&
    declaration?.isVariableDeclaration() &&
    declaration.node.declarations.length === 1 &&
    !declaration.parentPath.isExportNamedDeclaration();
  return isOnly && declaration?.isVariableDeclaration() ? { object, declaration } : { object };
}

function valueOf(attribute: t.JSXAttribute): t.Node {
  const { value } = attribute;
  return value?.type === 'JSXExpressionContainer' ? value.expression : (value ?? attribute.name);
}

/** Whether the options mean the same before the statement, outside of all functions. */
function isModuleLevel(
  opening: NodePath,
  options: readonly MappedOption[],
  statement: NodePath,
): boolean {
  const program = opening.scope.getProgramParent();
  return options
    .flatMap(({ value }) => identifiersIn(value))
    .every((name) => {
      if (name === 'this') return false;
      const binding = opening.scope.getBinding(name);
      if (binding === undefined) return true;
      const isBefore = rangeOf(binding.path.node).start < rangeOf(statement.node).start;
      return binding.scope === program && (isBefore || binding.kind === 'hoisted');
    });
}

/** The names that an expression refers to. */
function identifiersIn(node: t.Node): readonly string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'ThisExpression') return ['this'];
  if (node.type === 'MemberExpression' && !node.computed) return identifiersIn(node.object);
  if (node.type === 'ObjectProperty' && !node.computed) return identifiersIn(node.value);
  return Object.entries(node)
    .filter(([key]) => !/^(?:loc|start|end|type|.*[cC]omments|extra)$/.test(key))
    .flatMap(([, child]) => (Array.isArray(child) ? child : [child]))
    .filter(isNode)
    .flatMap((child) => identifiersIn(child));
}

function isNode(value: unknown): value is t.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Creates the session before the statement. @returns its name */
function hoist(
  edit: Edit,
  options: readonly MappedOption[],
  statement: NodePath,
  spreads: readonly NodePath<t.VariableDeclaration>[],
): string {
  const name = freeName([statement], 'session', 'sesamySession');
  const members = options.map((option) => `  ${optionText(edit, option)},\n`).join('');
  const code = `const ${name} = createSesamySession({\n${members}});`;
  edit.needed.add('createSesamySession');
  const [spread] = spreads.filter(({ parentPath }) => parentPath?.isProgram());
  for (const other of spreads) if (other !== spread) removeStatement(edit, other.node);
  if (spread === undefined) {
    const { start } = rangeOf(statement.node);
    edit.text.appendRight(start, `${code}\n\n`);
  } else overwrite(edit, spread.node, code);
  return name;
}

function attributeText(edit: Edit, option: MappedOption): string {
  const text = option.text ?? sourceOf(edit, option.value);
  if (option.name === '') return `{${text}}`;
  const literal = /^(['"])([^'"\\]*)\1$/.exec(text);
  return literal === null ? `${option.name}={${text}}` : `${option.name}="${literal[2]}"`;
}
