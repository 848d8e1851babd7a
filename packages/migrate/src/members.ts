import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type BearerFetch, findBearerFetch } from './bearer-fetch.js';
import { type Edit, overwrite, rangeOf, report, sourceOf } from './edit.js';
import { mapOptions, type Obstacle, type OptionRules, rewriteOptions } from './options.js';

/** How a member of what the old hook returns maps to `useSession()`. */
export type MemberRule =
  /** A value of the same meaning. `isOidcUser`: its claims are in `profile`, its tokens beside them. */
  | { readonly kind: 'value'; readonly name: string; readonly isOidcUser?: boolean }
  | { readonly kind: 'error' }
  /** A boolean that the status tells. */
  | { readonly kind: 'status'; readonly states: readonly string[] }
  | {
      readonly kind: 'action';
      readonly name: string;
      readonly options: OptionRules;
      /** Arguments of the new call that the old one implied. */
      readonly implied?: string;
      /** The results differ, so the result must not be used. */
      readonly hasOtherResult?: boolean;
      /** Resolves to an access token. */
      readonly isToken?: boolean;
    }
  /** No equivalent: what to do. */
  | { readonly kind: 'none'; readonly advice: string };

/** Gives the source of a member of the session, such as `session.fetch` or `sessionFetch`. */
export type Access = (name: string) => string;

/** The conversion of one reference. */
export interface Planned {
  /** The members of the session that it takes. */
  readonly needs: readonly string[];
  readonly apply: (access: Access) => void;
}

export type Plan = Planned | Obstacle;

export function isObstacle(plan: Plan): plan is Obstacle {
  return 'message' in plan;
}

export function isPlanned(plan: Plan): plan is Planned {
  return !isObstacle(plan);
}

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

function planValue(edit: Edit, reference: NodePath, name: string): Planned {
  return {
    needs: [name],
    apply: (access) => overwriteIfOther(edit, reference.node, access(name)),
  };
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

/** oidc-client-ts keeps the claims in `user.profile`, the kit in `user`. */
function planOidcUser(edit: Edit, reference: NodePath): Plan {
  const user = reference.parentPath?.isTSNonNullExpression() ? reference.parentPath : reference;
  const member = memberOf(user);
  if (member === undefined) {
    if (isTruthTest(user)) return planValue(edit, reference, 'user');
    const message =
      'The whole user: its claims are in user itself, its tokens are not in the page.';
    return { node: reference.node, message };
  }
  if (member.name === 'access_token') return planToken(edit, member.path, reference);
  if (member.name !== 'profile') {
    const message = `user.${member.name} has no equivalent: session.info() has the scope and the expiry, session.getAccessToken() the token.`;
    return { node: reference.node, message };
  }
  return {
    needs: ['user'],
    apply: (access) => {
      overwriteIfOther(edit, reference.node, access('user'));
      const { end } = rangeOf(member.path.node);
      const isOptional = edit.code.slice(rangeOf(user.node).end, end).includes('?.');
      const rest = edit.code.slice(end);
      const isFollowed = memberOf(member.path) !== undefined || rest.startsWith('[');
      if (isOptional && isFollowed && !rest.startsWith('?.')) {
        const dot = rest.startsWith('.') ? 1 : 0;
        edit.text.overwrite(rangeOf(user.node).end, end + dot, '?.');
      } else edit.text.remove(rangeOf(user.node).end, end);
    },
  };
}

function planToken(edit: Edit, token: NodePath, reference: NodePath): Plan {
  const request = findBearerFetch(token);
  if (request !== undefined) return planFetch(edit, request);
  const message =
    'user.access_token has no equivalent: use session.fetch, or "await session.getAccessToken()".';
  return { node: reference.node, message };
}

function planFetch(edit: Edit, request: BearerFetch, also: () => void = () => {}): Planned {
  return {
    needs: ['fetch'],
    apply: (access) => {
      request.apply(edit, access('fetch'));
      also();
      if (request.url !== undefined && !isOwnOrigin(request.url)) {
        report(
          edit,
          request.url,
          `session.fetch sends the token to apiUrl and to allowedOrigins only: add the origin of ${sourceOf(edit, request.url)} to allowedOrigins of the session.`,
        );
      }
    },
  };
}

function isOwnOrigin(url: t.Node): boolean {
  const start =
    url.type === 'StringLiteral'
      ? url.value
      : url.type === 'TemplateLiteral'
        ? (url.quasis[0]?.value.raw ?? '')
        : '';
  return start.startsWith('/') && !start.startsWith('//');
}

function planAction(
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
  return !isVoid && !outer?.isExpressionStatement();
}

/** The member of the value that is read, with the path of the whole member expression. */
function memberOf(value: NodePath): { readonly name: string; readonly path: NodePath } | undefined {
  const { parentPath: parent } = value;
  if (!parent?.isMemberExpression() && !parent?.isOptionalMemberExpression()) return undefined;
  const { object, property, computed } = parent.node;
  if (object !== value.node || computed || property.type !== 'Identifier') return undefined;
  return { name: property.name, path: parent };
}

function isTruthTest(value: NodePath): boolean {
  const { parentPath: parent } = value;
  if (parent?.isUnaryExpression()) return parent.node.operator === '!';
  if (parent?.isIfStatement() || parent?.isConditionalExpression()) {
    return parent.node.test === value.node;
  }
  return Boolean(parent?.isLogicalExpression({ operator: '&&' }) && value.key === 'left');
}

/** In the list of dependencies of a hook. */
function isDependency(reference: NodePath): boolean {
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

/** A boolean of the old library, as a comparison of the status. */
export function statusText(status: string, states: readonly string[]): string {
  return states.map((state) => `${status} === '${state}'`).join(' || ');
}

function overwriteStatus(
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
    parent.isVariableDeclarator() ||
    parent.isArrayExpression() ||
    parent.isCallExpression() ||
    parent.isObjectProperty() ||
    parent.isConditionalExpression() ||
    (others.length === 0 && parent.isLogicalExpression());
  overwrite(edit, reference.node, isBare ? text : `(${text})`);
}

function overwriteIfOther(edit: Edit, node: t.Node, text: string): void {
  if (sourceOf(edit, node) !== text) overwrite(edit, node, text);
}
