import type { NodePath } from '@babel/traverse';
import { type Edit, freeName, indentOf, overwrite, rangeOf, report, sourceOf } from '../edit.js';
import { finishImports, importedNames } from '../imports.js';
import type { MemberRules } from '../member-rule.js';
import { planReferences } from '../members.js';
import { mapOptions, optionText, type OptionRules } from '../options.js';
import { type Access, isObstacle, type Planned } from '../plan.js';
import { loginOptions, logoutOptions } from './auth0-react.js';

const MODULE = '@sesamy/sesamy-js';
const KIT = '@sesamy-kit/session';

const PROFILE = 'session.fetchJson(`${session.apiUrl}/client/v1/profile`)';

/** Of `auth` in what `init` resolves to. */
const authMembers: MemberRules = {
  isAuthenticated: { kind: 'status', states: ['authenticated'] },
  loginWithRedirect: { kind: 'action', name: 'loginWithRedirect', options: loginOptions },
  loginWithPopup: { kind: 'action', name: 'loginWithPopup', options: loginOptions },
  login: { kind: 'action', name: 'loginWithRedirect', options: loginOptions },
  logout: { kind: 'action', name: 'logout', options: logoutOptions },
  getTokenSilently: { kind: 'action', name: 'getAccessToken', options: {}, isToken: true },
  getUser: { kind: 'none', advice: `auth.getUser() loads the profile: use ${PROFILE}.` },
  setToken: { kind: 'none', advice: 'setToken has no equivalent: log in.' },
};

const initOptions: OptionRules = {
  clientId: 'clientId',
  vendorId: 'vendorId',
  organization: 'organization',
  auth: {
    nested: {
      clientId: 'clientId',
      organization: 'organization',
      domain: { to: 'issuer', render: (source) => `\`https://\${${source}}/\`` },
      enabled: null,
      environment: { dropped: 'Set "issuer" and "apiUrl" for the development cluster.' },
    },
  },
  environment: {
    dropped: 'Set "issuer" and "apiUrl" of the session for the development cluster.',
  },
};

/** Converts a file that calls `init`. */
export function convertSesamyJs(edit: Edit): void {
  for (const name of importedNames(edit, MODULE)) {
    if (name.imported === 'init') {
      for (const reference of name.references) convertInit(edit, reference);
    } else if (name.imported === '*' || name.imported === 'default') {
      report(edit, name.node, 'Import init by name, and run this again.');
    }
  }
  reportGlobal(edit);
  finishImports(edit, MODULE, KIT);
}

function convertInit(edit: Edit, callee: NodePath): void {
  const call = callee.parentPath;
  const awaited = call?.parentPath;
  const declarator = awaited?.parentPath;
  const declaration = declarator?.parentPath;
  if (
    !call?.isCallExpression() ||
    !awaited?.isAwaitExpression() ||
    !declarator?.isVariableDeclarator() ||
    declarator.node.id.type !== 'Identifier' ||
    !declaration?.isVariableDeclaration() ||
    declaration.node.declarations.length > 1
  ) {
    report(
      edit,
      callee.node,
      'init is not awaited in a declaration: "const sesamy = await init(…);".',
    );
    return;
  }
  if (declaration.parentPath.isExportNamedDeclaration()) {
    report(
      edit,
      declaration.node,
      'The API is exported: export a session of createSesamySession({ clientId }) beside it, and use that in the other files.',
    );
    return;
  }
  const [config] = call.node.arguments;
  if (config?.type !== 'ObjectExpression') {
    report(edit, call.node, 'The configuration is not an object literal: write it out.');
    return;
  }
  const { name } = declarator.node.id;
  const references = declaration.scope.getBinding(name)?.referencePaths ?? [];
  const { plans, staying } = planUses(edit, name, references);
  if (plans.length === 0) return;
  const mapping = mapOptions(edit, config, initOptions);
  for (const { node, message } of [...mapping.notes, ...mapping.obstacles]) {
    report(edit, node, message);
  }
  const session = freeName([declaration, ...references], 'session');
  const access: Access = (member) =>
    member === 'status' ? `${session}.getSnapshot().status` : `${session}.${member}`;
  for (const plan of plans) plan.apply(access);
  const options = mapping.options.map((option) => optionText(edit, option)).join(', ');
  const indent = `\n${indentOf(edit, declaration.node)}`;
  const lines = [
    `const ${session} = createSesamySession({ ${options} });`,
    `await ${session}.start();`,
  ].join(indent);
  edit.needed.add('createSesamySession');
  if (staying) edit.text.appendLeft(rangeOf(declaration.node).end, indent + lines);
  else {
    overwrite(edit, declaration.node, lines);
    edit.converted.add(callee.node);
  }
}

function planUses(
  edit: Edit,
  name: string,
  references: readonly NodePath[],
): { readonly plans: readonly Planned[]; readonly staying: boolean } {
  const byMember = new Map<string, NodePath[]>();
  let staying = false;
  for (const reference of references) {
    const auth = memberPath(reference, 'auth');
    const member = auth?.parentPath;
    if (auth !== undefined && member?.isMemberExpression() && !member.node.computed) {
      const key = sourceOf(edit, member.node.property);
      byMember.set(key, [...(byMember.get(key) ?? []), member]);
    } else {
      staying = true;
      const part = reference.parentPath?.isMemberExpression()
        ? sourceOf(edit, reference.parentPath.node)
        : name;
      const advice = part.endsWith('.profile')
        ? `use ${PROFILE}.`
        : 'the kit is for logins and the APIs behind them: call the API by session.fetchJson, or keep sesamy-js for it.';
      report(edit, reference.node, `${part} has no equivalent: ${advice}`);
    }
  }
  const plans: Planned[] = [];
  for (const [key, uses] of byMember) {
    const rule = authMembers[key] ?? { kind: 'none', advice: `auth.${key} has no equivalent.` };
    for (const use of uses) {
      // isAuthenticated() is a call, and resolves; the state is there at once.
      const target = rule.kind === 'status' ? callOf(use) : use;
      const found = target === undefined ? [] : planReferences(edit, [target], rule);
      for (const plan of found) {
        if (isObstacle(plan)) {
          staying = true;
          report(edit, plan.node, plan.message);
        } else plans.push(plan);
      }
      if (target === undefined) {
        staying = true;
        report(edit, use.node, `auth.${key} is passed on: read session.getSnapshot().status.`);
      }
    }
  }
  return { plans, staying };
}

function memberPath(reference: NodePath, property: string): NodePath | undefined {
  const { parentPath: parent } = reference;
  if (!parent?.isMemberExpression() || parent.node.computed) return undefined;
  const { property: node } = parent.node;
  return node.type === 'Identifier' && node.name === property ? parent : undefined;
}

/** The awaited call of a method. */
function callOf(method: NodePath): NodePath | undefined {
  const call = method.parentPath;
  const awaited = call?.parentPath;
  return call?.isCallExpression() && awaited?.isAwaitExpression() ? awaited : undefined;
}

/** The script tag puts the API on `window`. */
function reportGlobal(edit: Edit): void {
  edit.program.traverse({
    MemberExpression({ node }) {
      const text = sourceOf(edit, node);
      if (/^(?:window|globalThis)\.sesamy$/.test(text)) {
        report(
          edit,
          node,
          `${text} is of the script tag: import the session that your app creates.`,
        );
      }
    },
  });
}
