import type { NodePath } from '@babel/traverse';
import type { Carrier } from '../carriers.js';
import { type Edit, freeName, indentOf, overwrite, rangeOf, report, sourceOf } from '../edit.js';
import { finishImports, type ImportedName, importedNames, reportOtherLoads } from '../imports.js';
import type { MemberRules } from '../member-rule.js';
import { planReferences } from '../members.js';
import { mapOptions, optionText, type OptionRules } from '../options.js';
import { type Access, isObstacle, type Planned } from '../plan.js';
import { loginOptions, logoutOptions } from './auth0-react.js';
import { declarationOf, madeBefore, MODULE, sessionName, statementOf } from './sesamy-api.js';

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

/** Converts a file that calls `init`, or imports the API from a file that does. */
export function convertSesamyJs(edit: Edit, carriers: readonly Carrier[]): void {
  reportOtherLoads(edit, MODULE);
  for (const { specifier, exports } of carriers) {
    for (const name of importedNames(edit, specifier)) {
      const session = exports.get(name.imported);
      if (session !== undefined) convertImported(edit, name, session);
    }
  }
  for (const name of importedNames(edit, MODULE)) {
    if (name.imported === 'init') {
      for (const reference of name.references) convertInit(edit, reference);
    } else if (name.imported === '*' || name.imported === 'default') {
      report(edit, name.node, 'Import init by name, and run this again.');
    }
  }
  reportGlobal(edit);
  finishImports(edit, [MODULE], KIT);
}

function convertInit(edit: Edit, callee: NodePath): void {
  const api = declarationOf(callee);
  if (api === undefined) {
    const message = 'init is not awaited in a declaration: "const sesamy = await init(…);".';
    report(edit, callee.node, message);
    return;
  }
  const [config] = api.call.arguments;
  if (config?.type !== 'ObjectExpression') {
    report(edit, api.call, 'The configuration is not an object literal: write it out.');
    return;
  }
  const { name, declaration, exports, references } = api;
  const isExported = exports.length > 0;
  const { plans, staying } = planUses(edit, name, references);
  if (isExported) {
    const message = `"${name}" is exported: files that use its auth get the session beside it; remove what no file imports.`;
    report(edit, declaration.node, message);
  } else if (plans.length === 0) return;
  const session = sessionName(api);
  for (const plan of plans) plan.apply(accessOf(session));
  if (madeBefore(declaration) !== undefined) return;
  const mapping = mapOptions(edit, config, initOptions);
  for (const { node, message } of [...mapping.notes, ...mapping.obstacles]) {
    report(edit, node, message);
  }
  const options = mapping.options.map((option) => optionText(edit, option)).join(', ');
  const statement = statementOf(declaration).node;
  const indent = `\n${indentOf(edit, statement)}`;
  const lines = [
    `${isExported ? 'export ' : ''}const ${session} = createSesamySession({ ${options} });`,
    `await ${session}.start();`,
  ].join(indent);
  edit.needed.add('createSesamySession');
  if (staying || isExported) edit.text.appendLeft(rangeOf(statement).end, indent + lines);
  else {
    overwrite(edit, declaration.node, lines);
    edit.converted.add(callee.node);
  }
}

/** Gives the members of a session of that name. */
function accessOf(session: string): Access {
  return (member) =>
    member === 'status' ? `${session}.getSnapshot().status` : `${session}.${member}`;
}

/** Converts the uses of an API that another file exports, to the session that it exports beside. */
function convertImported(edit: Edit, name: ImportedName, exported: string): void {
  const { plans, staying } = planUses(edit, name.local, name.references);
  if (plans.length === 0) return;
  const local = freeName([edit.program, ...name.references], exported);
  const named = local === exported ? exported : `${exported} as ${local}`;
  const specifier = name.imported === 'default' ? `{ ${named} }` : named;
  for (const plan of plans) plan.apply(accessOf(local));
  if (staying) edit.text.appendLeft(rangeOf(name.node).end, `, ${specifier}`);
  else overwrite(edit, name.node, specifier);
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
