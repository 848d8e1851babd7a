import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { migrateSource, type MigrationSource } from '../src/index.js';

const auth0 = (body: string, names = 'useAuth0'): string =>
  `import { ${names} } from '@auth0/auth0-react';\n${body}\n`;

const migrated = (code: string, from: MigrationSource = 'auth0-react'): string =>
  migrateSource(code, 'page.tsx', from).code;

const messages = (code: string, from: MigrationSource = 'auth0-react'): readonly string[] =>
  migrateSource(code, 'page.tsx', from).findings.map(({ message }) => message);

describe('a name that the app already has', () => {
  test('a local status keeps its name, and the status of the session gets another', () => {
    const code = auth0(
      'function Page() {\n  const status = 1;\n  const { isAuthenticated } = useAuth0();\n  return isAuthenticated ? status : null;\n}',
    );
    expect(migrated(code)).toContain('const { status: sessionStatus } = useSession();');
    expect(migrated(code)).toContain("const isAuthenticated = sessionStatus === 'authenticated';");
  });

  test('a fetch of the app is not taken for the global one', () => {
    const code = auth0(
      'function Page({ fetch }) {\n  const { getAccessTokenSilently } = useAuth0();\n  return async () => {\n    const token = await getAccessTokenSilently();\n    await fetch("/a", { headers: { Authorization: `Bearer ${token}` } });\n  };\n}',
    );
    expect(migrated(code)).toContain('const token = await getAccessToken();');
    expect(migrated(code)).toContain('await fetch("/a"');
  });

  test('a token that is used twice stays a token', () => {
    const code = auth0(
      'function Page() {\n  const { getAccessTokenSilently } = useAuth0();\n  return async () => {\n    const token = await getAccessTokenSilently();\n    log(token);\n    await fetch("/a", { headers: { Authorization: `Bearer ${token}` } });\n  };\n}',
    );
    expect(migrated(code)).toContain('const token = await getAccessToken();');
  });
});

describe('what cannot be migrated is left and listed', () => {
  test.each([
    ['a rest member', 'const Page = () => { const { user, ...rest } = useAuth0(); return rest; };'],
    ['a default argument', 'function Page({ auth = useAuth0() }) { return auth.user; }'],
    ['a hook that is passed on', 'const useLogin = useAuth0;'],
    [
      'a whole object',
      'function Page() { const auth = useAuth0(); return <Child auth={auth} />; }',
    ],
    [
      'options in a variable',
      'function Page() { const { logout } = useAuth0(); return () => logout(options); }',
    ],
    [
      'an action that is passed on',
      'function Page() { const { logout } = useAuth0(); return <Child logout={wrap(logout)} />; }',
    ],
    [
      'application state beside returnTo',
      'function Page() { const { loginWithRedirect } = useAuth0(); return () => loginWithRedirect({ appState: { cart: 1 } }); }',
    ],
  ])('%s is left as it is and listed', (_what, body) => {
    const code = auth0(body);
    expect(migrated(code)).toBe(code);
    expect(messages(code)).not.toEqual([]);
  });

  test.each([
    ["const { useAuth0 } = require('@auth0/auth0-react');", 'require()'],
    ["jest.mock('@auth0/auth0-react');", 'createTestSession'],
    ["export { useAuth0 } from '@auth0/auth0-react';", 'Re-exports'],
    ["const auth0 = import('@auth0/auth0-react');", 'import()'],
    [
      "import * as auth0 from '@auth0/auth0-react';\nauth0.useAuth0();",
      'import its members by name',
    ],
  ])('%s is listed', (code, advice) => {
    expect(migrated(code)).toBe(code);
    expect(messages(code).join('\n')).toContain(advice);
  });

  test('a finding has the line and column of the source', () => {
    const code = auth0('const useLogin = useAuth0;');
    expect(migrateSource(code, 'page.ts', 'auth0-react').findings).toEqual([
      expect.objectContaining({ line: 2, column: 18 }),
    ]);
  });

  test('a provider whose options come from elsewhere is left as it is', () => {
    const code = auth0(
      'export const Root = (props) => <Auth0Provider {...props.config}><App /></Auth0Provider>;',
      'Auth0Provider',
    );
    expect(migrated(code)).toBe(code);
    expect(messages(code).join('\n')).toContain('not in this file');
  });
});

describe('an option that is left out is listed', () => {
  test('openUrl of a logout', () => {
    const code = auth0(
      'function Page() { const { logout } = useAuth0(); return () => logout({ openUrl: (url) => open(url) }); }',
    );
    expect(messages(code)).toEqual([expect.stringContaining('"openUrl" is left out')]);
  });

  test('loadUserInfo of a provider', () => {
    const code =
      "import { AuthProvider } from 'react-oidc-context';\nexport const App = () => <AuthProvider authority={a} client_id={b} redirect_uri={c} loadUserInfo />;\n";
    expect(messages(code, 'react-oidc-context')).toContainEqual(
      expect.stringContaining('session.fetchUserInfo()'),
    );
  });
});

describe('an OIDC user', () => {
  const page = (expression: string): string =>
    `import { useAuth } from 'react-oidc-context';\nfunction Page() {\n  const auth = useAuth();\n  return ${expression};\n}\n`;

  test.each([
    ['auth.user?.profile.name', 'auth.user?.name'],
    ['auth.user?.profile?.name', 'auth.user?.name'],
    ['auth.user.profile.name', 'auth.user.name'],
    ['auth.user!.profile.name', 'auth.user!.name'],
    ["auth.user?.profile['plan']", "auth.user?.['plan']"],
    ['use(auth.user?.profile)', 'use(auth.user)'],
  ])('%s becomes %s', (before, after) => {
    expect(migrated(page(before), 'react-oidc-context')).toContain(`return ${after};`);
  });

  test.each(['auth.user.id_token', 'auth.user?.access_token', 'save(auth.user)'])(
    '%s is left and listed',
    (expression) => {
      expect(migrated(page(expression), 'react-oidc-context')).toBe(page(expression));
      expect(messages(page(expression), 'react-oidc-context')).toHaveLength(1);
    },
  );
});

describe('formatting', () => {
  test('a file without the library is not even parsed', () => {
    const code = 'this is {{ no JavaScript';
    expect(migrateSource(code, 'page.js', 'auth0-react')).toEqual({ code, findings: [] });
  });

  test('the quotes and the missing semicolons of the imports are kept', () => {
    const code =
      'import { useAuth0 } from "@auth0/auth0-react"\nconst C = () => {\n  const { user } = useAuth0();\n  return user;\n}\n';
    expect(migrated(code)).toContain('import { useSession } from "@sesamy-kit/react"\n');
  });
});

test('a second migration changes nothing, whatever a component uses', () => {
  const uses: Readonly<Record<string, string>> = {
    user: '{user?.name}',
    isAuthenticated: '{isAuthenticated && <b />}',
    isLoading: '{!isLoading && <b />}',
    error: '{error?.message}',
    loginWithRedirect:
      '<a onClick={() => loginWithRedirect({ authorizationParams: { prompt: "login" } })} />',
    loginWithPopup: '<a onClick={loginWithPopup} />',
    logout: '<a onClick={() => logout({ logoutParams: { returnTo: "/" } })} />',
    getAccessTokenSilently: '<a onClick={async () => save(await getAccessTokenSilently())} />',
    getIdTokenClaims: '<a onClick={() => getIdTokenClaims()} />',
    handleRedirectCallback: '<a onClick={() => handleRedirectCallback()} />',
  };
  const members = fc.uniqueArray(fc.constantFrom(...Object.keys(uses)), { minLength: 1 });
  fc.assert(
    fc.property(members, fc.boolean(), fc.boolean(), (names, isObject, isAliased) => {
      const hook = isAliased ? 'useLogin' : 'useAuth0';
      const list = names.map((name) => uses[name] ?? '');
      const jsx = isObject
        ? list.map((text, index) =>
            text.replaceAll(new RegExp(`\\b${names[index]}\\b`, 'g'), `auth.${names[index]}`),
          )
        : list;
      const target = isObject ? 'auth' : `{ ${names.join(', ')} }`;
      const code = auth0(
        `export function Page() {\n  const ${target} = ${hook}();\n  return <>${jsx.join('')}</>;\n}`,
        isAliased ? 'useAuth0 as useLogin' : 'useAuth0',
      );
      const once = migrated(code);
      expect(migrated(once)).toBe(once);
      const isComplete = messages(code).length === 0;
      expect(once.includes('@auth0/auth0-react')).toBe(!isComplete);
    }),
  );
});
