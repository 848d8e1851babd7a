import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Edit, keyOf, overwrite, rangeOf, removeStatement } from './edit.js';

/** A `fetch` with an access token in its `Authorization` header, and nothing else done with the token. */
export interface BearerFetch {
  /** The request's address. */
  readonly url: t.Node | undefined;
  /** Makes it a `fetch` of the session, which adds the token itself. */
  readonly apply: (edit: Edit, sessionFetch: string) => void;
}

/** Finds the one request that a token is for. @param token the expression whose value is the token */
export function findBearerFetch(token: NodePath): BearerFetch | undefined {
  const variable = variableOf(token);
  const use = variable === undefined ? token : variable.use;
  const header = headerOf(use);
  const headers = header?.parentPath;
  const headersProperty = headers?.parentPath;
  const init = headersProperty?.parentPath;
  const call = init?.parentPath;
  if (header === undefined || !headers?.isObjectExpression()) return undefined;
  if (!headersProperty?.isObjectProperty() || keyOf(headersProperty.node) !== 'headers') {
    return undefined;
  }
  if (!init?.isObjectExpression() || !call?.isCallExpression()) return undefined;
  const { callee, arguments: args } = call.node;
  if (callee.type !== 'Identifier' || callee.name !== 'fetch' || args[1] !== init.node) {
    return undefined;
  }
  if (call.scope.hasBinding('fetch', true)) return undefined;
  return {
    url: args[0],
    apply(edit, sessionFetch) {
      overwrite(edit, callee, sessionFetch);
      if (variable !== undefined) removeStatement(edit, variable.declaration);
      if (headers.node.properties.length > 1) removeItem(edit, headers.node, header.node);
      else if (init.node.properties.length > 1) removeItem(edit, init.node, headersProperty.node);
      else if (args[0] !== undefined) {
        edit.text.remove(rangeOf(args[0]).end, rangeOf(init.node).end);
      }
    },
  };
}

interface TokenVariable {
  readonly declaration: t.Node;
  readonly use: NodePath;
}

/** `const token = …`, used once. */
function variableOf(token: NodePath): TokenVariable | undefined {
  const declarator = token.parentPath;
  if (!declarator?.isVariableDeclarator() || declarator.node.id.type !== 'Identifier') {
    return undefined;
  }
  const declaration = declarator.parent;
  const binding = declarator.scope.getBinding(declarator.node.id.name);
  const [use, ...others] = binding?.referencePaths ?? [];
  if (use === undefined || others.length > 0 || binding?.constant !== true) return undefined;
  if (declaration.type !== 'VariableDeclaration' || declaration.declarations.length > 1) {
    return undefined;
  }
  return { declaration, use };
}

/** The `Authorization` member whose value is `Bearer` and the token. */
function headerOf(use: NodePath): NodePath<t.ObjectProperty> | undefined {
  const value = use.parentPath;
  if (value === null || !isBearer(value.node, use.node)) return undefined;
  const property = value.parentPath;
  if (!property?.isObjectProperty()) return undefined;
  return keyOf(property.node)?.toLowerCase() === 'authorization' ? property : undefined;
}

function isBearer(value: t.Node, token: t.Node): boolean {
  if (value.type === 'TemplateLiteral') {
    const [start, end] = value.quasis.map((quasi) => quasi.value.raw);
    return value.expressions.length === 1 && start?.trim() === 'Bearer' && end === '';
  }
  return (
    value.type === 'BinaryExpression' &&
    value.operator === '+' &&
    value.left.type === 'StringLiteral' &&
    value.left.value.trim() === 'Bearer' &&
    value.right === token
  );
}

function removeItem(edit: Edit, object: t.ObjectExpression, item: t.Node): void {
  const index = object.properties.findIndex((property) => property === item);
  const next = object.properties[index + 1];
  const previous = object.properties[index - 1];
  if (next !== undefined) edit.text.remove(rangeOf(item).start, rangeOf(next).start);
  else if (previous !== undefined) edit.text.remove(rangeOf(previous).end, rangeOf(item).end);
}
