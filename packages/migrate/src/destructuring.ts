import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Edit, freeName, indentOf, keyOf, overwrite, report, sourceOf } from './edit.js';
import { type MemberRule, type MemberRules, unknownMember } from './member-rule.js';
import { planReferences } from './members.js';
import type { Obstacle } from './options.js';
import { referencesOf } from './paths.js';
import { isObstacle, isPlanned, type Planned } from './plan.js';
import { statusText } from './status.js';

/** Local names of what an app also has by that name. */
const LOCAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  fetch: ['sessionFetch'],
  status: ['status', 'sessionStatus'],
};

/** `const { … } = useAuth0();` */
export interface Destructured {
  readonly declaration: NodePath<t.VariableDeclaration>;
  readonly pattern: t.ObjectPattern;
  /** The source of the old members, such as `useAuth0()`, and that of the session, such as `useSession()`. */
  readonly from: { readonly old: string; readonly session: string };
}

/** A destructuring that was looked at and can be converted. */
export interface PreparedDestructuring {
  /** How many members stay with the old value. */
  readonly staying: number;
  /** What stands in the way of those. */
  readonly obstacles: readonly Obstacle[];
  readonly apply: () => void;
}

interface Member {
  readonly name: string;
  readonly local: string | undefined;
  readonly property: t.ObjectProperty;
  readonly rule: MemberRule;
}

/** Looks at a destructuring. @returns undefined if it can only stay as it is, which is reported */
export function prepareDestructuring(
  edit: Edit,
  { declaration, pattern, from }: Destructured,
  rules: MemberRules,
): PreparedDestructuring | undefined {
  const members = membersOf(edit, pattern, rules);
  if (members === undefined) return undefined;
  const inTheWay: Obstacle[] = [];
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
      inTheWay.push(...obstacles);
      if (member.rule.kind === 'none') {
        inTheWay.push({ node: member.property, message: member.rule.advice });
      }
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
  return {
    staying: staying.length,
    obstacles: inTheWay,
    apply() {
      for (const plan of plans) plan.apply((name) => locals.get(name) ?? name);
      const keyword = declaration.node.kind;
      const kept = staying.map(({ property }) => sourceOf(edit, property)).join(', ');
      const lines = [
        ...(staying.length > 0 ? [`${keyword} { ${kept} } = ${from.old};`] : []),
        `${keyword} { ${parts.join(', ')} } = ${from.session};`,
        ...derived,
      ];
      overwrite(edit, declaration.node, lines.join(`\n${indentOf(edit, declaration.node)}`));
    },
  };
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
