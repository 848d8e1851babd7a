import type { NodePath } from '@babel/traverse';
import { planAction } from './action.js';
import { type Edit, overwriteIfOther } from './edit.js';
import type { MemberRule } from './member-rule.js';
import { planOidcUser } from './oidc-user.js';
import { isDependency, memberOf } from './paths.js';
import { isObstacle, type Plan, planValue } from './plan.js';
import { overwriteStatus } from './status.js';

/** Plans all references to one member: those in lists of dependencies follow the others. */
export function planReferences(
  edit: Edit,
  references: readonly NodePath[],
  rule: MemberRule,
): readonly Plan[] {
  const inCode = references.filter((reference) => !isDependency(reference));
  const plans = inCode.map((reference) => planReference(edit, reference, rule));
  const needs = [...new Set(plans.flatMap((plan) => (isObstacle(plan) ? [] : plan.needs)))];
  const dependencies = references.filter(isDependency).map((reference): Plan => {
    const names = needs.length > 0 ? needs : namesOf(rule);
    return {
      needs: names,
      apply: (access) =>
        rule.kind === 'status'
          ? overwriteStatus(edit, reference, rule.states, access)
          : overwriteIfOther(edit, reference.node, names.map((name) => access(name)).join(', ')),
    };
  });
  return [...plans, ...(rule.kind === 'none' ? [] : dependencies)];
}

function namesOf(rule: MemberRule): readonly string[] {
  if (rule.kind === 'status') return ['status'];
  if (rule.kind === 'error') return ['error'];
  return rule.kind === 'none' ? [] : [rule.name];
}

function planReference(edit: Edit, reference: NodePath, rule: MemberRule): Plan {
  switch (rule.kind) {
    case 'none':
      return { node: reference.node, message: rule.advice };
    case 'status':
      return {
        needs: ['status'],
        apply: (access) => overwriteStatus(edit, reference, rule.states, access),
      };
    case 'error':
      return planError(edit, reference);
    case 'value':
      return rule.isOidcUser
        ? planOidcUser(edit, reference)
        : planValue(edit, reference, rule.name);
    case 'action':
      return planAction(edit, reference, rule);
  }
}

const ERROR_MEMBERS = ['message', 'name', 'stack', 'cause', 'toString'];

function planError(edit: Edit, reference: NodePath): Plan {
  const member = memberOf(reference);
  if (member === undefined || ERROR_MEMBERS.includes(member.name)) {
    return planValue(edit, reference, 'error');
  }
  const message = `error.${member.name} has no equivalent: an AuthError has code, message, oauthError and retryable.`;
  return { node: reference.node, message };
}
