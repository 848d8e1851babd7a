import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  migrateApp,
  type MigratedFile,
  migrateSource,
  type MigrationSource,
} from '../src/index.js';

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

describe('cacheLocation of a provider', () => {
  const provider = (value: string): string =>
    auth0(
      `export const App = () => <Auth0Provider domain="a" clientId="b" cacheLocation=${value} />;`,
      'Auth0Provider',
    );

  test('cacheLocation "memory" becomes the storage of the session', () => {
    expect(migrated(provider('"memory"'))).toContain("storage: 'memory'");
  });

  test('cacheLocation "localstorage" is left out, since the session survives a reload anyway', () => {
    expect(messages(provider('"localstorage"'))).toEqual([]);
  });

  test('any other cacheLocation is listed', () => {
    expect(messages(provider('{where}'))).toEqual([
      expect.stringContaining('cacheLocation is left out'),
    ]);
  });
});

test.each([
  'const greet = (user: User) => user.name;',
  'log((user as User).name);',
  'type Reader = User;',
])('the type User becomes that of the kit in %s', (use) => {
  const code = auth0(use, 'type User');
  expect(migrated(code)).toBe(`import { type User } from '@sesamy-kit/react';\n${use}\n`);
  expect(messages(code)).toEqual([]);
});

test.each(['() => auth.signinSilent()', 'async () => await auth.signinSilent()'])(
  'the result of a renewal in a click handler is not used: %s',
  (handler) => {
    const code = `import { useAuth } from 'react-oidc-context';\nexport const Renew = () => {\n  const auth = useAuth();\n  return <button onClick={${handler}}>Renew</button>;\n};\n`;
    expect(messages(code, 'react-oidc-context')).toEqual([]);
    expect(migrated(code, 'react-oidc-context')).toContain('auth.renew()}>');
  },
);

test('the options of version 1 of auth0-react are migrated too', () => {
  const code = auth0(
    'function Page() { const { logout, loginWithRedirect } = useAuth0(); return () => { logout({ returnTo: "/" }); loginWithRedirect({ screen_hint: "signup" }); }; }',
  );
  expect(migrated(code)).toContain('logout({ returnTo: "/" })');
  expect(migrated(code)).toContain('loginWithRedirect({ screenHint: "signup" })');
});

test('a member that is read from the call of the hook is migrated', () => {
  const code = auth0('export const useIsMember = () => useAuth0().isAuthenticated;');
  expect(migrated(code)).toContain("=> useSession().status === 'authenticated';");
});

describe('a class with withAuth0', () => {
  const page = (body: string): string =>
    auth0(
      `class Page extends Component {\n${body}\n}\nexport default withAuth0(Page);`,
      'withAuth0',
    );

  test('a class gets the session as a prop from a function component', () => {
    const code = migrated(page('  render() { return this.props.auth0.isLoading ? null : <p />; }'));
    expect(code).toContain("this.props.session.status === 'initializing'");
    expect(code).toContain('<Page {...props} session={useSession()} />');
    expect(code).not.toContain('auth0');
  });

  test('a class that does not use the prop is exported without withAuth0', () => {
    expect(migrated(page('  render() { return <p />; }'))).toContain('export default Page;');
  });

  test.each([
    ['a member without an equivalent', 'this.props.auth0.getIdTokenClaims();'],
    ['the whole prop', 'send(this.props.auth0);'],
    ['props that are passed on', 'return <Child {...this.props} />;'],
    ['a destructured prop', 'const { auth0 } = this.props;'],
  ])('a class with %s is left as it is and listed', (_what, statement) => {
    const code = page(`  render() { this.props.auth0.logout(); ${statement} }`);
    expect(migrated(code)).toBe(code);
    expect(messages(code).join('\n')).toContain('withAuth0 stays until what is listed');
  });

  test('withAuth0 of a component from elsewhere is left and listed', () => {
    const code = auth0('export default withAuth0(connect(Page));', 'withAuth0');
    expect(migrated(code)).toBe(code);
    expect(messages(code)).toEqual([expect.stringContaining('something other than a class')]);
  });

  test('a context of a class is listed', () => {
    const code = auth0(
      'class Page extends Component { static contextType = Auth0Context; }',
      'Auth0Context',
    );
    expect(messages(code)).toEqual([
      expect.stringContaining('A class takes the session as a prop'),
    ]);
  });
});

describe('a file that takes the library from another file of the app', () => {
  const app = (files: Record<string, string>, from: MigrationSource): readonly MigratedFile[] =>
    migrateApp(
      Object.entries(files).map(([path, code]) => ({ path, code })),
      from,
    );
  const hook = (source: string): string =>
    `import { useAuth } from '${source}';\nexport function Page() {\n  const { user } = useAuth();\n  return user;\n}\n`;
  const session =
    "import { useSession } from '@sesamy-kit/react';\nexport function Page() {\n  const { user } = useSession();\n  return user;\n}\n";

  test.each([
    ['an arrow function', 'export const useAuth = () => useAuth0();'],
    ['a function', 'export function useAuth() { return useAuth0(); }'],
    ['another name', 'export const useAuth = useAuth0;'],
    ['an export at the end', 'const useAuth = () => useAuth0();\nexport { useAuth };'],
    ['an exported import', 'export { useAuth0 as useAuth };'],
  ])('a hook that is %s around the library is replaced where it is used', (_what, code) => {
    const [, page] = app(
      { 'src/auth.ts': auth0(code), 'src/pages/page.tsx': hook('../auth') },
      'auth0-react',
    );
    expect(page).toMatchObject({ code: session, findings: [] });
  });

  test.each(['./auth', './auth.js', '@/auth', '~/auth', 'src/auth'])(
    'the import of %s is followed to a re-export',
    (source) => {
      const exported = "export { useAuth0 as useAuth } from '@auth0/auth0-react';\n";
      const files = { '/a/src/auth.ts': exported, '/a/src/page.tsx': hook(source) };
      expect(app(files, 'auth0-react')[1]?.code).toBe(session);
    },
  );

  test('the file with the hook is left and listed', () => {
    const code = auth0('export const useAuth = () => useAuth0();');
    expect(app({ 'auth.ts': code }, 'auth0-react')).toEqual([
      { path: 'auth.ts', code, findings: [expect.objectContaining({ line: 2, column: 30 })] },
    ]);
  });

  test('the import of a hook that returns functions of the library is listed', () => {
    const code = auth0(
      'export const useAuth = () => {\n  const { user, logout } = useAuth0();\n  return { user, logout };\n};',
    );
    const files = { 'auth.ts': code, 'page.tsx': hook('./auth') };
    expect(app(files, 'auth0-react')[1]).toMatchObject({
      code: hook('./auth'),
      findings: [{ line: 1, column: 10, message: expect.stringContaining('returns functions of') }],
    });
  });

  test('the import of a hook that returns values only is not listed', () => {
    const code = auth0(
      'export const useAuth = () => {\n  const { user } = useAuth0();\n  return { user };\n};',
    );
    const files = { 'auth.ts': code, 'page.tsx': hook('./auth') };
    expect(app(files, 'auth0-react')[1]?.findings).toEqual([]);
  });

  test('a hook of the same name from another package is left', () => {
    const files = {
      'auth.ts': auth0('export const useAuth = () => useAuth0();'),
      'page.tsx': hook('other'),
    };
    expect(app(files, 'auth0-react')[1]?.code).toBe(hook('other'));
  });

  test.each([
    ['by its name', 'export const sesamy = await init({});', '{ sesamy }', '{ session }'],
    [
      'at the end',
      'const sesamy = await init({});\nexport { sesamy };',
      '{ sesamy }',
      '{ session }',
    ],
    [
      'by default',
      'const sesamy = await init({});\nexport default sesamy;',
      'sesamy',
      '{ session }',
    ],
  ])(
    'an API of sesamy-js that is exported %s gets a session beside it',
    (_how, api, before, after) => {
      const files = {
        'sesamy.ts': `import { init } from '@sesamy/sesamy-js';\n${api}\n`,
        'page.ts': `import ${before} from './sesamy';\nawait sesamy.auth.loginWithRedirect();\n`,
      };
      const [made, page] = app(files, 'sesamy-js');
      expect(made?.code).toContain('export const session = createSesamySession({');
      expect(made?.findings).toEqual([
        expect.objectContaining({ message: expect.stringContaining('"sesamy" is exported') }),
      ]);
      expect(page?.code).toBe(
        `import ${after} from './sesamy';\nawait session.loginWithRedirect();\n`,
      );
    },
  );
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
