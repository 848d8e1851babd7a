import type { NodePath } from '@babel/traverse';

/** The member of the value that is read, with the path of the whole member expression. */
export function memberOf(
  value: NodePath,
): { readonly name: string; readonly path: NodePath } | undefined {
  const { parentPath: parent } = value;
  if (!parent?.isMemberExpression() && !parent?.isOptionalMemberExpression()) return undefined;
  const { object, property, computed } = parent.node;
  if (object !== value.node || computed || property.type !== 'Identifier') return undefined;
  return { name: property.name, path: parent };
}

/** Where only the truth of the value counts. */
export function isTruthTest(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (parent?.isUnaryExpression()) return parent.node.operator === '!';
  if (parent?.isIfStatement() || parent?.isConditionalExpression()) {
    return parent.node.test === value.node;
  }
  return Boolean(parent?.isLogicalExpression({ operator: '&&' }) && value.key === 'left');
}

/** In the list of dependencies of a hook. */
export function isDependency(reference: NodePath): boolean {
  const whole = wholeMember(reference);
  const list = whole.parentPath;
  const call = list?.parentPath;
  if (!list?.isArrayExpression() || !call?.isCallExpression()) return false;
  const name = call.node.callee.type === 'Identifier' ? call.node.callee.name : '';
  return /^use[A-Z]/.test(name) && call.node.arguments[0] !== list.node && whole === reference;
}

/** `user?.profile.sub` of `user`. */
function wholeMember(reference: NodePath): NodePath {
  const member = memberOf(reference);
  return member === undefined ? reference : wholeMember(member.path);
}

/** The places where a name is used. */
export function referencesOf(
  binding: { referencePaths: NodePath[] } | undefined,
): readonly NodePath[] {
  return binding?.referencePaths ?? [];
}
