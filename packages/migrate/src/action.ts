import type { NodePath } from '@babel/traverse';
import { findBearerFetch } from './bearer-fetch.js';
import { type Edit, overwrite, overwriteIfOther, rangeOf, report, sourceOf } from './edit.js';
import type { MemberRule } from './member-rule.js';
import { mapOptions, rewriteOptions } from './options.js';
import type { Plan } from './plan.js';
import { planFetch } from './session-fetch.js';

/** Plans a use of a function, such as a call of `logout`. */
export function planAction(
  edit: Edit,
  reference: NodePath,
  rule: Extract<MemberRule, { kind: 'action' }>,
): Plan {
  const { parentPath: parent } = reference;
  const implied = rule.implied ?? '';
  if (parent?.isJSXExpressionContainer() && parent.parentPath?.isJSXAttribute()) {
    return {
      needs: [rule.name],
      // The handler's event is no option.
      apply: (access) => overwrite(edit, reference.node, `() => ${access(rule.name)}(${implied})`),
    };
  }
  const isCall = parent?.isCallExpression() || parent?.isOptionalCallExpression();
  if (!isCall || parent.node.callee !== reference.node) {
    const message = `"${sourceOf(edit, reference.node)}" is passed on: what calls it is not known; use ${rule.name} of useSession there.`;
    return { node: reference.node, message };
  }
  if (rule.hasOtherResult && isResultUsed(parent)) {
    const message = `${rule.name}() resolves to nothing: read the state from useSession instead of the result.`;
    return { node: reference.node, message };
  }
  const [argument, second] = parent.node.arguments;
  if (second !== undefined)
    return { node: second, message: 'A second argument has no equivalent.' };
  if (argument !== undefined && argument.type !== 'ObjectExpression') {
    const message = 'The options are not an object literal: write them out.';
    return { node: argument, message };
  }
  const { options, notes, obstacles } = argument
    ? mapOptions(edit, argument, rule.options)
    : { options: [], notes: [], obstacles: [] };
  const [obstacle] = obstacles;
  if (obstacle !== undefined) return obstacle;
  const reportNotes = (): void => {
    for (const { node, message } of notes) report(edit, node, message);
  };
  const awaited = parent.parentPath;
  const request = rule.isToken && awaited?.isAwaitExpression() && findBearerFetch(awaited);
  if (request) return planFetch(edit, request, reportNotes);
  return {
    needs: [rule.name],
    apply: (access) => {
      overwriteIfOther(edit, reference.node, access(rule.name));
      reportNotes();
      const { end } = rangeOf(parent.node);
      if (argument === undefined || options.length === 0) {
        const from = rangeOf(reference.node).end;
        if (argument !== undefined || implied !== '')
          edit.text.overwrite(from, end, `(${implied})`);
      } else rewriteOptions(edit, argument, options);
    },
  };
}

function isResultUsed(call: NodePath): boolean {
  const outer = call.parentPath?.isAwaitExpression() ? call.parentPath.parentPath : call.parentPath;
  const isVoid = outer?.isUnaryExpression() && outer.node.operator === 'void';
  return !isVoid && !outer?.isExpressionStatement() && !isClickHandler(outer);
}

/** React ignores what a handler of these events returns. */
function isClickHandler(path: NodePath | null | undefined): boolean {
  if (!path?.isArrowFunctionExpression()) return false;
  const attribute = path.parentPath.parentPath;
  if (!attribute?.isJSXAttribute()) return false;
  const { name } = attribute.node;
  return name.type === 'JSXIdentifier' && ['onClick', 'onSubmit'].includes(name.name);
}
