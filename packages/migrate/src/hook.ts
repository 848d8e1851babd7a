import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Edit, freeName, indentOf, keyOf, overwrite, report, sourceOf } from './edit.js';
import type { MemberRule, MemberRules } from './member-rule.js';
import { planReferences } from './members.js';
import { type Access, isObstacle, isPlanned, type Planned } from './plan.js';
import { statusText } from './status.js';

/** Local names of what an app also has by that name. */
const LOCAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  fetch: ['sessionFetch'],
  status: ['status', 'sessionStatus'],
};

/** Converts one use of the old hook. @param callee the reference to the hook */
export function convertHook(edit: Edit, callee: NodePath, rules: MemberRules): void {
  const call = callee.parentPath;
  const declarator = call?.parentPath;
  const declaration = declarator?.parentPath;
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
    convertDestructured(edit, { callee, declaration, pattern: id }, rules);
  } else if (id.type === 'Identifier') {
    convertObject(edit, { callee, declaration, name: id.name }, rules);
  }
}

interface Destructured {
  readonly callee: NodePath;
  readonly declaration: NodePath<t.VariableDeclaration>;
  readonly pattern: t.ObjectPattern;
}

interface Member {
  readonly name: string;
  readonly local: string | undefined;
  readonly property: t.ObjectProperty;
  readonly rule: MemberRule;
}

function convertDestructured(
  edit: Edit,
  { callee, declaration, pattern }: Destructured,
  rules: MemberRules,
): void {
  const members = membersOf(edit, pattern, rules);
  if (members === undefined) return;
  const { scope } = declaration;
  const staying: Member[] = [];
  const plans: Planned[] = [];
  const parts: string[] = [];
  const derived: string[] = [];
  const locals = new Map<string, string>();
  const localOf = (name: string, member?: Member): string => {
    const existing = locals.get(name);
    if (existing !== undefined) return existing;
    // The same name as before, if it is the kit's too.
    const isOwn = member?.local === name;
    const local = isOwn
      ? name
      : freeName(pathsOf(declaration, member), ...(LOCAL_NAMES[name] ?? [name]));
    locals.set(name, local);
    parts.push(local === name ? name : `${name}: ${local}`);
    return local;
  };
  for (const member of members) {
    const references = referencesOf(scope.getBinding(member.local ?? ''));
    const planned = planReferences(edit, references, member.rule);
    const obstacles = planned.filter(isObstacle);
    if (obstacles.length > 0 || member.rule.kind === 'none') {
      for (const { node, message } of obstacles) report(edit, node, message);
      if (member.rule.kind === 'none') report(edit, member.property, member.rule.advice);
      staying.push(member);
    } else if (member.rule.kind === 'status') {
      const text = statusText(localOf('status'), member.rule.states);
      derived.push(`const ${member.local ?? member.name} = ${text};`);
    } else if (member.rule.kind === 'action') {
      const done = planned.filter(isPlanned);
      for (const name of new Set(done.flatMap(({ needs }) => needs))) localOf(name, member);
      plans.push(...done);
    } else {
      const name = member.rule.kind === 'error' ? 'error' : member.rule.name;
      const done = planned.filter(isPlanned);
      const needs = new Set(done.flatMap((plan) => plan.needs));
      for (const needed of needs) if (needed !== name) localOf(needed, member);
      const target = sourceOf(edit, member.property.value);
      if (needs.has(name) || needs.size === 0) {
        parts.push(
          target === name || target.startsWith(`${name} =`) ? target : `${name}: ${target}`,
        );
        locals.set(name, member.local ?? name);
      }
      plans.push(...done);
    }
  }
  if (staying.length === members.length && members.length > 0) return;
  edit.needed.add('useSession');
  for (const plan of plans) plan.apply((name) => locals.get(name) ?? name);
  const keyword = declaration.node.kind;
  const kept = staying.map(({ property }) => sourceOf(edit, property)).join(', ');
  const hook = sourceOf(edit, callee.node);
  const lines = [
    ...(staying.length > 0 ? [`${keyword} { ${kept} } = ${hook}();`] : []),
    `${keyword} { ${parts.join(', ')} } = useSession();`,
    ...derived,
  ];
  if (staying.length === 0) edit.converted.add(callee.node);
  overwrite(edit, declaration.node, lines.join(`\n${indentOf(edit, declaration.node)}`));
}

function referencesOf(binding: { referencePaths: NodePath[] } | undefined): readonly NodePath[] {
  return binding?.referencePaths ?? [];
}

/** Where a new name must be free: at the declaration and at all uses. */
function pathsOf(declaration: NodePath, member: Member | undefined): readonly NodePath[] {
  const binding = declaration.scope.getBinding(member?.local ?? '');
  return [declaration, ...referencesOf(binding)];
}

function membersOf(
  edit: Edit,
  pattern: t.ObjectPattern,
  rules: MemberRules,
): readonly Member[] | undefined {
  const members: Member[] = [];
  for (const property of pattern.properties) {
    const name = keyOf(property);
    if (property.type !== 'ObjectProperty' || name === undefined) {
      report(edit, property, 'A rest or computed member: name the members that are used.');
      return undefined;
    }
    const { value } = property;
    const target = value.type === 'AssignmentPattern' ? value.left : value;
    const local = target.type === 'Identifier' ? target.name : undefined;
    const rule = rules[name] ?? unknownMember(name);
    const isPlain = local !== undefined || (rule.kind === 'value' && !rule.isOidcUser);
    members.push({
      name,
      local,
      property,
      rule: isPlain
        ? rule
        : { kind: 'none', advice: `Destructure "${name}" in a statement of its own.` },
    });
  }
  return members;
}

function unknownMember(name: string): MemberRule {
  return { kind: 'none', advice: `"${name}" has no equivalent in useSession().` };
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
