import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { prepareDestructuring } from './destructuring.js';
import { type Edit, freeName, indentOf, keyOf, overwrite, report, sourceOf } from './edit.js';
import { importComponentProps } from './imports.js';
import { type MemberRules, unknownMember } from './member-rule.js';
import { planReferences } from './members.js';
import type { Obstacle } from './options.js';
import { memberOf, referencesOf } from './paths.js';
import { isObstacle, isPlanned, type Plan } from './plan.js';

/** A higher-order component that passes what the hook returns as a prop, such as `withAuth0`. */
export interface Injector {
  readonly name: string;
  readonly prop: string;
  /** The type of the props that it adds, if the library exports it. */
  readonly propsType: string | null;
  /** The type of the prop. */
  readonly valueType: string;
}

const ADVICE =
  'take the session as a prop: (props) => <Page {...props} session={useSession()} />, or write the class as a function component.';

/** A conversion of one use of the prop, or what stands in its way. */
type Prepared = Obstacle | { readonly apply: () => void };

/** Converts `withAuth0(Page)` of a class: the class gets the session as the prop `session`. All or nothing. */
export function convertInjected(
  edit: Edit,
  callee: NodePath,
  { injector, members }: { readonly injector: Injector; readonly members: MemberRules },
): void {
  const call = callee.parentPath;
  const found = call?.isCallExpression() ? classOf(call) : undefined;
  if (!call?.isCallExpression() || call.node.callee !== callee.node || found === undefined) {
    report(
      edit,
      callee.node,
      `${injector.name} wraps something other than a class of this file: ${ADVICE}`,
    );
    return;
  }
  const prepared = usesOf(found.path, injector.prop).map((use) => prepareUse(edit, use, members));
  const obstacles = [...prepared.filter(isInTheWay), ...wholeProps(found.path, injector.prop)];
  if (obstacles.length > 0) {
    for (const { node, message } of obstacles) report(edit, node, message);
    report(
      edit,
      callee.node,
      `${injector.name} stays until what is listed for the class is changed: ${ADVICE}`,
    );
    return;
  }
  if (!edit.converted.has(found.path.node)) {
    for (const one of prepared) if (!isInTheWay(one)) one.apply();
    convertTypes(edit, injector);
    edit.converted.add(found.path.node);
  }
  if (prepared.length === 0) overwrite(edit, call.node, found.name);
  else wrap(edit, call, found.name);
  edit.converted.add(callee.node);
}

function isInTheWay(prepared: Prepared): prepared is Obstacle {
  return 'message' in prepared;
}

function classOf(
  call: NodePath<t.CallExpression>,
): { readonly name: string; readonly path: NodePath<t.Class> } | undefined {
  const [component, ...others] = call.node.arguments;
  if (component?.type !== 'Identifier' || others.length > 0) return undefined;
  const declared = call.scope.getBinding(component.name)?.path;
  const path = declared?.isVariableDeclarator() ? declared.get('init') : declared;
  return path?.isClass() ? { name: component.name, path } : undefined;
}

/** Every `this.props.auth0`. */
function usesOf(component: NodePath<t.Class>, prop: string): readonly NodePath[] {
  const uses: NodePath[] = [];
  component.traverse({
    'MemberExpression|OptionalMemberExpression'(path: NodePath) {
      if (isThisProps(path) && memberOf(path)?.name === prop && path.parentPath)
        uses.push(path.parentPath);
    },
  });
  return uses;
}

function isThisProps({ node }: NodePath): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'ThisExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'props'
  );
}

/** Uses of the props that hide which of them are read. */
function wholeProps(component: NodePath<t.Class>, prop: string): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  component.traverse({
    MemberExpression(path) {
      if (!isThisProps(path)) return;
      const { parentPath: parent } = path;
      const pattern = parent?.isVariableDeclarator() ? parent.node.id : undefined;
      const isHidden =
        parent?.isJSXSpreadAttribute() ||
        parent?.isSpreadElement() ||
        (pattern?.type === 'ObjectPattern' &&
          pattern.properties.some(
            (member) => keyOf(member) === prop || member.type === 'RestElement',
          ));
      if (isHidden) {
        const message = `The props are taken as a whole: write this.props.${prop} where it is used.`;
        obstacles.push({ node: path.node, message });
      }
    },
  });
  return obstacles;
}

function prepareUse(edit: Edit, use: NodePath, rules: MemberRules): Prepared {
  const { parentPath: parent } = use;
  const from = { old: sourceOf(edit, use.node), session: 'this.props.session' };
  const declaration = parent?.isVariableDeclarator() ? parent.parentPath : undefined;
  if (parent?.isVariableDeclarator() && declaration?.isVariableDeclaration()) {
    const { id } = parent.node;
    if (id.type === 'ObjectPattern' && declaration.node.declarations.length === 1) {
      const prepared = prepareDestructuring(edit, { declaration, pattern: id, from }, rules);
      const [obstacle] = prepared?.obstacles ?? [];
      if (prepared !== undefined) return obstacle ?? prepared;
    }
  }
  const alias = parent?.isVariableDeclarator() ? parent.node.id : undefined;
  const name = alias?.type === 'Identifier' ? alias.name : undefined;
  const places = name === undefined ? [use] : referencesOf(use.scope.getBinding(name));
  const plans = places.flatMap((place) => planMember(edit, place, rules));
  const obstacle = plans.find(isObstacle);
  if (obstacle !== undefined) return obstacle;
  return {
    apply() {
      if (name !== undefined) overwrite(edit, use.node, from.session);
      for (const plan of plans.filter(isPlanned)) {
        plan.apply((member) => `${name ?? from.session}.${member}`);
      }
    },
  };
}

function planMember(edit: Edit, value: NodePath, rules: MemberRules): readonly Plan[] {
  const member = memberOf(value);
  if (member === undefined) {
    const message = `"${sourceOf(edit, value.node)}" is used as a whole: use its members.`;
    return [{ node: value.node, message }];
  }
  return planReferences(edit, [member.path], rules[member.name] ?? unknownMember(member.name));
}

/** Puts a function component around the class, which passes the session. */
function wrap(edit: Edit, call: NodePath<t.CallExpression>, name: string): void {
  const type = edit.isTypeScript ? `: Omit<ComponentProps<typeof ${name}>, 'session'>` : '';
  const element = `<${name} {...props} session={useSession()} />`;
  edit.needed.add('useSession');
  if (edit.isTypeScript) importComponentProps(edit);
  if (call.parentPath.isVariableDeclarator()) {
    overwrite(edit, call.node, `(props${type}) => ${element}`);
    return;
  }
  const wrapper = freeName([call], `${name}WithSession`);
  const statement = call.getStatementParent()?.node ?? call.node;
  const indent = indentOf(edit, statement);
  const code = `function ${wrapper}(props${type}) {\n${indent}  return ${element};\n${indent}}`;
  const isDefault = call.parentPath.isExportDefaultDeclaration();
  overwrite(edit, isDefault ? statement : call.node, isDefault ? `export default ${code}` : code);
}

/** `WithAuth0Props`, and `{ auth0: Auth0ContextInterface }`. */
function convertTypes(edit: Edit, { prop, propsType, valueType }: Injector): void {
  const convert = (node: t.Node, text: string): void => {
    if (edit.converted.has(node)) return;
    edit.needed.add('type SessionView');
    edit.converted.add(node);
    overwrite(edit, node, text);
  };
  edit.program.traverse({
    TSPropertySignature({ node }) {
      const type = node.typeAnnotation?.typeAnnotation;
      if (type?.type !== 'TSTypeReference' || node.key.type !== 'Identifier') return;
      if (node.key.name !== prop || sourceOf(edit, type.typeName) !== valueType) return;
      edit.converted.add(type);
      convert(node, 'session: SessionView;');
    },
    TSTypeReference({ node }) {
      if (sourceOf(edit, node.typeName) === propsType) convert(node, '{ session: SessionView }');
    },
    TSExpressionWithTypeArguments({ node }) {
      if (sourceOf(edit, node.expression) === propsType) {
        convert(node, "Record<'session', SessionView>");
      }
    },
  });
}
