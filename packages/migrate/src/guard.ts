import type { NodePath } from '@babel/traverse';
import type * as t from '@babel/types';
import { type Edit, keyOf, overwrite, report, sourceOf } from './edit.js';
import { importComponentProps } from './imports.js';

const ADVICE = 'wrap the page in <RequireSession fallback={…}>.';

/** Converts `withAuthenticationRequired(Page, options)` to a component with `RequireSession`. */
export function convertGuard(edit: Edit, callee: NodePath, fallbackOption: string): void {
  const call = callee.parentPath;
  if (!call?.isCallExpression() || call.node.callee !== callee.node) {
    report(edit, callee.node, `The guard is passed on: ${ADVICE}`);
    return;
  }
  const [component, options] = call.node.arguments;
  if (component?.type !== 'Identifier' || !/^[A-Z]/.test(component.name)) {
    report(edit, call.node, `The guarded component has no name: give it one, or ${ADVICE}`);
    return;
  }
  const attributes = options === undefined ? [] : guardAttributes(edit, options, fallbackOption);
  if (attributes === undefined) {
    report(edit, options ?? call.node, `Options of the guard without an equivalent: ${ADVICE}`);
    return;
  }
  const { name } = component;
  const props = propsOf(edit, callee, name);
  const spread = props === '()' ? '' : ' {...props}';
  const open = ['<RequireSession', ...attributes].join(' ');
  overwrite(
    edit,
    call.node,
    `${props} => (\n  ${open}>\n    <${name}${spread} />\n  </RequireSession>\n)`,
  );
  edit.needed.add('RequireSession');
  edit.converted.add(callee.node);
  if (props.includes('ComponentProps')) importComponentProps(edit);
}

/** The parameters of the new component: those of the guarded one. */
function propsOf(edit: Edit, scoped: NodePath, name: string): string {
  const declaration = scoped.scope.getBinding(name)?.path;
  const component = declaration?.isVariableDeclarator() ? declaration.get('init') : declaration;
  const isFunction = component?.isFunctionDeclaration() || component?.isArrowFunctionExpression();
  if (isFunction && component.node.params.length === 0) return '()';
  if (!edit.isTypeScript) return '(props)';
  // The props of an imported component without parameters are unknown, which cannot be spread.
  return `(props: ComponentProps<typeof ${name}>${isFunction ? '' : ' & object'})`;
}

function guardAttributes(
  edit: Edit,
  options: t.Node,
  fallbackOption: string,
): readonly string[] | undefined {
  if (options.type !== 'ObjectExpression') return undefined;
  const attributes = options.properties.map((property) => {
    if (property.type !== 'ObjectProperty') return undefined;
    const key = keyOf(property);
    const { value } = property;
    if (key === fallbackOption) return fallbackAttribute(edit, value);
    if (key === 'returnTo' && value.type === 'StringLiteral') {
      return `loginOptions={{ returnTo: ${sourceOf(edit, value)} }}`;
    }
    return undefined;
  });
  const known = attributes.filter((attribute) => attribute !== undefined);
  return known.length === attributes.length ? known : undefined;
}

function fallbackAttribute(edit: Edit, value: t.Node): string | undefined {
  if (value.type === 'Identifier') return `fallback={${value.name}()}`;
  const isElement =
    value.type === 'ArrowFunctionExpression' &&
    value.params.length === 0 &&
    value.body.type !== 'BlockStatement';
  return isElement ? `fallback={${sourceOf(edit, value.body)}}` : undefined;
}
