import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Destructured, prepareDestructuring } from './destructuring.js';
import { type Edit, freeName, indentOf, overwrite, report, sourceOf } from './edit.js';
import { type MemberRules, unknownMember } from './member-rule.js';
import { planReferences } from './members.js';
import { memberOf, referencesOf } from './paths.js';
import { type Access, isObstacle, isPlanned, type Planned } from './plan.js';

/** Converts one use of the old hook. @param callee the reference to the hook */
export function convertHook(edit: Edit, callee: NodePath, rules: MemberRules): void {
  const call = callee.parentPath;
  const declarator = call?.parentPath;
  const declaration = declarator?.parentPath;
  if (call?.isCallExpression() && call.node.callee === callee.node && memberOf(call)) {
    convertMember(edit, callee, call, rules);
    return;
  }
  if (
    !call?.isCallExpression() ||
    call.node.callee !== callee.node ||
    !declarator?.isVariableDeclarator() ||
    !declaration?.isVariableDeclaration() ||
    declaration.node.declarations.length > 1 ||
    !(declaration.parentPath.isBlockStatement() || declaration.parentPath.isProgram())
  ) {
    const hook = sourceOf(edit, callee.node);
    report(
      edit,
      callee.node,
      `${hook} is not called in a declaration of its own: write "const … = ${hook}();".`,
    );
    return;
  }
  if (call.node.typeParameters) {
    report(
      edit,
      call.node,
      'The type of the user is registered once: declare module "@sesamy-kit/react" { interface Register { user: … } }.',
    );
  }
  const { id } = declarator.node;
  if (id.type === 'ObjectPattern') {
    convertDestructuring(edit, callee, { declaration, pattern: id }, rules);
  } else if (id.type === 'Identifier') {
    convertObject(edit, { callee, declaration, name: id.name }, rules);
  }
}

function convertDestructuring(
  edit: Edit,
  callee: NodePath,
  { declaration, pattern }: Pick<Destructured, 'declaration' | 'pattern'>,
  rules: MemberRules,
): void {
  const from = { old: `${sourceOf(edit, callee.node)}()`, session: 'useSession()' };
  const prepared = prepareDestructuring(edit, { declaration, pattern, from }, rules);
  if (prepared === undefined) return;
  for (const { node, message } of prepared.obstacles) report(edit, node, message);
  const members = pattern.properties.length;
  if (prepared.staying === members && members > 0) return;
  edit.needed.add('useSession');
  prepared.apply();
  if (prepared.staying === 0) edit.converted.add(callee.node);
}

/** `useAuth0().user`, without a declaration of the whole. */
function convertMember(edit: Edit, callee: NodePath, call: NodePath, rules: MemberRules): void {
  const member = memberOf(call);
  if (member === undefined) return;
  const plans = planReferences(
    edit,
    [member.path],
    rules[member.name] ?? unknownMember(member.name),
  );
  for (const { node, message } of plans.filter(isObstacle)) report(edit, node, message);
  if (!plans.every(isPlanned)) return;
  edit.needed.add('useSession');
  edit.converted.add(callee.node);
  for (const plan of plans) plan.apply((name) => `useSession().${name}`);
}

interface ObjectUse {
  readonly callee: NodePath;
  readonly declaration: NodePath<t.VariableDeclaration>;
  readonly name: string;
}

/** `const auth = useAuth();`: what cannot be converted stays with the old object, beside the session. */
function convertObject(
  edit: Edit,
  { callee, declaration, name }: ObjectUse,
  rules: MemberRules,
): void {
  const references = referencesOf(declaration.scope.getBinding(name));
  const byMember = new Map<string, NodePath[]>();
  const dependencies: NodePath[] = [];
  let staying = 0;
  for (const reference of references) {
    const { parentPath: parent } = reference;
    const isMember = parent?.isMemberExpression() || parent?.isOptionalMemberExpression();
    if (isMember && parent.node.object === reference.node && !parent.node.computed) {
      const member = sourceOf(edit, parent.node.property);
      byMember.set(member, [...(byMember.get(member) ?? []), parent]);
    } else if (parent?.isArrayExpression() && parent.parentPath?.isCallExpression()) {
      dependencies.push(reference);
    } else {
      report(edit, reference.node, `"${name}" is used as a whole: use its members.`);
      staying += 1;
    }
  }
  const planned: Planned[] = [];
  for (const [member, uses] of byMember) {
    for (const plan of planReferences(edit, uses, rules[member] ?? unknownMember(member))) {
      if (isObstacle(plan)) {
        report(edit, plan.node, plan.message);
        staying += 1;
      } else planned.push(plan);
    }
  }
  if (planned.length === 0 && references.length > 0) return;
  edit.needed.add('useSession');
  const session = staying === 0 ? name : freeName([declaration, ...references], 'session');
  const access: Access = (member) => `${session}.${member}`;
  for (const plan of planned) plan.apply(access);
  if (staying === 0) {
    edit.converted.add(callee.node);
    const call = callee.parent;
    overwrite(edit, call, 'useSession()');
    return;
  }
  for (const { node } of dependencies) overwrite(edit, node, session);
  const line = `\n${indentOf(edit, declaration.node)}const ${session} = useSession();`;
  edit.text.appendLeft(declaration.node.end ?? 0, line);
}
