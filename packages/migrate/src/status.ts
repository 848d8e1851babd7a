import type { NodePath } from '@babel/traverse';
import { type Edit, overwrite } from './edit.js';
import type { Access } from './plan.js';

/** A boolean of the old library, as a comparison of the status. */
export function statusText(status: string, states: readonly string[]): string {
  return states.map((state) => `${status} === '${state}'`).join(' || ');
}

/** Overwrites a boolean of the old library by a comparison, in parentheses where it needs them. */
export function overwriteStatus(
  edit: Edit,
  reference: NodePath,
  states: readonly string[],
  access: Access,
): void {
  const text = statusText(access('status'), states);
  const { parentPath: parent } = reference;
  const [only, ...others] = states;
  if (others.length === 0 && parent?.isUnaryExpression({ operator: '!' })) {
    overwrite(edit, parent.node, `${access('status')} !== '${only}'`);
    return;
  }
  const isBare =
    parent === null ||
    parent.isJSXExpressionContainer() ||
    parent.isIfStatement() ||
    parent.isReturnStatement() ||
    parent.isArrowFunctionExpression() ||
    parent.isVariableDeclarator() ||
    parent.isArrayExpression() ||
    parent.isCallExpression() ||
    parent.isObjectProperty() ||
    parent.isConditionalExpression() ||
    (others.length === 0 && parent.isLogicalExpression());
  overwrite(edit, reference.node, isBare ? text : `(${text})`);
}
