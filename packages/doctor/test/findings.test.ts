import type { MockServer } from '@sesamy-kit/mock-server';
import { describe, expect, test } from 'vitest';
import { CATALOG, type FindingId, type Level } from '../src/catalog.js';
import type { SetupOptions } from '../src/node.js';
import { createProject, INSTALLED } from './support/project.js';
import {
  CLIENT,
  diagnose,
  ISSUER,
  levelsOf,
  ORIGIN,
  withHeaders,
  type World,
} from './support/world.js';

/** A set-up with something to find. */
interface Case {
  readonly id: FindingId;
  readonly level: Level;
  readonly title: string;
  readonly world: () => World;
}

const cases: readonly Case[] = [
  {
    id: 'issuer-reachable',
    level: 'error',
    title: 'the server is down',
    world: () => ({
      prepare: (server) => void server.control.faults.add({ endpoint: 'discovery', status: 503 }),
    }),
  },
  {
    id: 'issuer-reachable',
    level: 'error',
    title: 'the connection is cut',
    world: () => ({
      prepare: (server) => void server.control.faults.add({ endpoint: 'discovery', reset: true }),
    }),
  },
  {
    id: 'issuer-identifier',
    level: 'warning',
    title: 'there is no discovery document',
    world: () => at('/.well-known/', () => new Response('Not found', { status: 404 })),
  },
  {
    id: 'issuer-identifier',
    level: 'error',
    title: 'only the slash at the end is missing',
    world: () => withMetadata({ issuer: ISSUER.slice(0, -1) }),
  },
  {
    id: 'endpoints',
    level: 'warning',
    title: 'the revocation endpoint is elsewhere',
    world: () => withMetadata({ revocation_endpoint: `${ISSUER}revoke` }),
  },
  {
    id: 'endpoints',
    level: 'error',
    title: 'the token endpoint is elsewhere',
    world: () => withMetadata({ token_endpoint: `${ISSUER}token` }),
  },
  {
    id: 'endpoints',
    level: 'error',
    title: 'the token endpoint is not there',
    world: () => at('/oauth/token', () => new Response('Not found', { status: 404 })),
  },
  {
    id: 'endpoints',
    level: 'error',
    title: 'the issuer is a site that has a page for every path',
    world: () => ({ setup: { issuer: ORIGIN } }),
  },
  {
    id: 'clock',
    level: 'warning',
    title: 'the clocks differ by 90 s',
    world: () => ({ now: () => Date.now() + 90_000 }),
  },
  {
    id: 'clock',
    level: 'error',
    title: 'the clocks differ by 6 minutes',
    world: () => ({ now: () => Date.now() - 360_000 }),
  },
  {
    id: 'client',
    level: 'error',
    title: 'the client id is not known',
    world: () => ({ setup: { clientId: 'publisher-wbe' } }),
  },
  {
    id: 'client',
    level: 'error',
    title: 'the client is disabled',
    world: () => ({ server: { clients: [{ ...CLIENT, isActive: false }] } }),
  },
  {
    id: 'redirect-uri',
    level: 'warning',
    title: 'the server shows a login page in spite of prompt=none',
    world: () => at('/authorize', () => Response.redirect(`${ISSUER}u/login`)),
  },
  {
    id: 'redirect-uri',
    level: 'error',
    title: 'another path is registered',
    world: () => ({ setup: { redirectUri: `${ORIGIN}/callback` } }),
  },
  {
    id: 'authorization-request',
    level: 'error',
    title: 'the audience is not known',
    world: () => ({ setup: { audience: 'https://api.nowhere.test' } }),
  },
  {
    id: 'pkce',
    level: 'info',
    title: 'PKCE is accepted but not required',
    world: () => ({ change: withoutPkceCheck }),
  },
  {
    id: 'pkce',
    level: 'warning',
    title: 'the server neither lists nor requires PKCE',
    world: () => ({
      ...withMetadata({ code_challenge_methods_supported: [] }),
      change: withoutPkceCheck,
    }),
  },
  {
    id: 'pkce',
    level: 'error',
    title: 'the server refuses PKCE',
    world: () => ({
      change: (response, { url }) =>
        withAuthorizationError(
          response,
          url,
          url.includes('code_challenge') ? 'invalid_request' : 'login_required',
        ),
    }),
  },
  {
    id: 'token-cors',
    level: 'error',
    title: 'the token endpoint allows another origin',
    world: () => changed('/oauth/token', { 'access-control-allow-origin': 'https://other.test' }),
  },
  {
    id: 'token-cors',
    level: 'error',
    title: 'the token endpoint allows no origin',
    world: () => changed('/oauth/token', { 'access-control-allow-origin': null }),
  },
  {
    id: 'public-client',
    level: 'error',
    title: 'the client has a secret',
    world: () => ({ server: { clients: [{ ...CLIENT, clientSecret: 'not-in-a-browser' }] } }),
  },
  {
    id: 'refresh-tokens',
    level: 'info',
    title: 'the server lists no scopes',
    world: () => withMetadata({ scopes_supported: undefined }),
  },
  {
    id: 'refresh-tokens',
    level: 'warning',
    title: 'the server does not list offline_access',
    world: () => withMetadata({ scopes_supported: ['openid'] }),
  },
  {
    id: 'refresh-tokens',
    level: 'error',
    title: 'the client may not refresh',
    world: () => ({ server: { clients: [{ ...CLIENT, grantTypes: ['authorization_code'] }] } }),
  },
  {
    id: 'refresh-token-rotation',
    level: 'info',
    title: 'no refresh token is given',
    world: () => ({}),
  },
  {
    id: 'refresh-token-rotation',
    level: 'warning',
    title: 'the refresh token stays the same',
    world: () => ({
      server: {
        clients: [{ ...CLIENT, refreshToken: { rotation: 'non-rotating', leewaySeconds: 0 } }],
      },
      prepare: withRefreshToken,
    }),
  },
  {
    id: 'refresh-token-rotation',
    level: 'error',
    title: 'the refresh token is refused',
    world: () => ({ setup: { refreshToken: 'rt_unknown' } }),
  },
  {
    id: 'logout-url',
    level: 'warning',
    title: 'the server responds to a logout with a page',
    world: () => at('/v2/logout', () => new Response('OK')),
  },
  {
    id: 'logout-url',
    level: 'error',
    title: 'the address after a logout is not registered',
    world: () => ({ setup: { logoutUri: `${ORIGIN}/goodbye` } }),
  },
  {
    id: 'api-cors',
    level: 'warning',
    title: 'the API rejects preflights',
    world: () => at('/client/v1/profile', () => new Response('Not found', { status: 404 })),
  },
  {
    id: 'api-cors',
    level: 'warning',
    title: 'the API allows all headers but by a wildcard',
    world: () => changed('/client/v1/profile', { 'access-control-allow-headers': '*' }),
  },
  {
    id: 'secure-context',
    level: 'error',
    title: 'the app is served over http',
    world: () => ({ setup: { origin: 'http://www.publisher.test' } }),
  },
  {
    id: 'first-party',
    level: 'info',
    title: 'the issuer is on another site',
    world: () => ({ setup: { issuer: 'https://token.sesamy.com/' } }),
  },
  {
    id: 'first-party',
    level: 'error',
    title: 'the issuer is on another site with sso-cookie',
    world: () => ({ setup: { issuer: 'https://token.sesamy.com/', mode: 'sso-cookie' } }),
  },
  {
    id: 'first-party',
    level: 'error',
    title: 'only a public suffix is shared',
    world: () => ({
      setup: {
        mode: 'sso-cookie',
        issuer: 'https://login.co.uk/',
        origin: 'https://publisher.co.uk',
      },
    }),
  },
  {
    id: 'page',
    level: 'warning',
    title: 'the app does not respond',
    world: () => appPage(() => new Response('Bad gateway', { status: 502 })),
  },
  {
    id: 'csp-connect',
    level: 'error',
    title: 'the policy of the header allows only the own origin',
    world: () => appPage(() => html('', { 'content-security-policy': "default-src 'self'" })),
  },
  {
    id: 'csp-connect',
    level: 'error',
    title: 'the policy of a meta element allows only the API',
    world: () =>
      appPage(() =>
        html(
          `<meta http-equiv="Content-Security-Policy" content="connect-src https://api.sesamy.com">`,
        ),
      ),
  },
  {
    id: 'csp-frame',
    level: 'error',
    title: 'the policy allows no frame of the issuer',
    world: () => ({
      ...appPage(() => html('', { 'content-security-policy': "frame-src 'self'" })),
      setup: { mode: 'sso-cookie' },
    }),
  },
  {
    id: 'opener-policy',
    level: 'warning',
    title: 'the page isolates its windows',
    world: () => appPage(() => html('', { 'cross-origin-opener-policy': 'same-origin' })),
  },
  {
    id: 'token-handler',
    level: 'warning',
    title: 'a cache may keep the user',
    world: () => ({
      ...changed('/sesamy/auth/userinfo', { 'cache-control': 'max-age=60' }),
      setup: { mode: 'token-handler' },
    }),
  },
  {
    id: 'token-handler',
    level: 'error',
    title: "the server's fallback page responds",
    world: () => ({
      ...at('/sesamy/auth/userinfo', () => html('')),
      setup: { mode: 'token-handler' },
    }),
  },
  {
    id: 'token-handler-login',
    level: 'error',
    title: 'the login comes back to the host of the handler',
    world: () => ({
      ...at('/sesamy/auth/publisher-web/login', () =>
        Response.redirect(
          `${ISSUER}authorize?redirect_uri=https://api2.sesamy.com/auth/publisher-web/callback`,
        ),
      ),
      setup: { mode: 'token-handler' },
    }),
  },
  {
    id: 'token-handler-login',
    level: 'error',
    title: 'the vendor is not known',
    world: () => ({ setup: { mode: 'token-handler', vendorId: 'nobody' } }),
  },
  {
    id: 'react-version',
    level: 'error',
    title: 'React is too old',
    world: () => project({ react: '17.0.2' }),
  },
  {
    id: 'query-version',
    level: 'error',
    title: 'TanStack Query is not installed',
    world: () => project({ '@tanstack/react-query': undefined }),
  },
  {
    id: 'kit-copies',
    level: 'warning',
    title: 'a dependency has a separate copy',
    world: () => project({ 'widgets/node_modules/@sesamy-kit/session': '0.0.9' }),
  },
  {
    id: 'kit-copies',
    level: 'warning',
    title: 'a dependency has a separate copy of the React package',
    world: () => project({ 'widgets/node_modules/@sesamy-kit/react': '0.0.9' }),
  },
];

describe.each(['documented', 'engine'] as const)('against the mock (%s)', (fidelity) => {
  const withFidelity = (world: World): World => ({
    ...world,
    server: { ...world.server, fidelity },
  });

  test.each(['refresh-token', 'sso-cookie', 'token-handler'] as const)(
    'a good set-up for %s has no finding',
    async (mode) => {
      const { setup } = project({});
      const findings = await diagnose(
        withFidelity({ setup: { ...setup, mode }, prepare: withRefreshToken }),
      );
      const faults = findings.filter(({ level }) => level === 'warning' || level === 'error');
      expect(faults).toEqual([]);
    },
  );

  test.each(cases)('the doctor reports $level $id: $title', async ({ id, level, world }) => {
    const findings = await diagnose(withFidelity(world()));
    expect(levelsOf(findings, id)).toEqual([level]);
  });
});

describe('what only looks like a fault', () => {
  test('a response that a cache has kept for an hour is no wrong clock', async () => {
    const headers = { date: new Date(Date.now() - 3_600_000).toUTCString(), age: '3600' };
    const findings = await diagnose({ change: (response) => withHeaders(response, headers) });
    expect(levelsOf(findings, 'clock')).toEqual(['ok']);
  });

  test('a policy in a comment of the page is not applied', async () => {
    const policy = `<!-- <meta http-equiv="Content-Security-Policy" content="connect-src 'none'"> -->`;
    const findings = await diagnose(appPage(() => html(policy)));
    expect(levelsOf(findings, 'csp-connect')).toEqual(['ok']);
  });
});

/** What only a page finds: see page.test.ts and page.browser.test.ts. */
const onPages = ['info redirect-uri', 'warning storage', 'error service-worker'];
const pageChecks = ['storage', 'service-worker'];

/** See "with the mode auto". */
const choiceChecks = ['mode'];

describe('with the mode auto', () => {
  test.each([
    ['token-handler', {}],
    ['sso-cookie', { authPath: '/nowhere' }],
    ['refresh-token', { authPath: '/nowhere', issuer: 'https://token.sesamy.com/' }],
  ] as const)('the checks are those of %s where the kit would choose it', async (mode, setup) => {
    const findings = await diagnose({ setup: { mode: 'auto', ...setup } });
    expect(findings[0]?.seen).toMatch(new RegExp(`^${mode}: `));
    const named = await diagnose({ setup: { mode, ...setup } });
    expect(findings.slice(1).map(({ id }) => id)).toEqual(named.map(({ id }) => id));
  });
});

describe('the catalog', () => {
  const all = Object.entries(CATALOG).flatMap(([id, { levels }]) =>
    Object.entries(levels).map(([level, explanation]) => ({ id, level, ...explanation })),
  );

  test.each(all.filter(({ level }) => level !== 'ok'))(
    'the tests have a case for $level $id',
    ({ id, level }) => {
      const found = [...onPages, ...cases.map((each) => `${each.level} ${each.id}`)];
      expect(found).toContain(`${level} ${id}`);
    },
  );

  test.each(Object.keys(CATALOG).filter((id) => ![...pageChecks, ...choiceChecks].includes(id)))(
    '%s is in order in a good set-up',
    async (id) => {
      const { setup } = project({});
      const modes = ['refresh-token', 'sso-cookie', 'token-handler'] as const;
      const runs = modes.map((mode) =>
        diagnose({ setup: { ...setup, mode }, prepare: withRefreshToken }),
      );
      const findings = (await Promise.all(runs)).flat();
      expect(new Set(levelsOf(findings, id))).toEqual(new Set(['ok']));
    },
  );

  test.each(all.filter(({ level }) => level === 'warning' || level === 'error'))(
    '$level $id has a remedy',
    (explanation) => {
      expect(explanation).toHaveProperty('cure');
    },
  );
});

/** Signs a user in and returns the refresh token. */
async function withRefreshToken(server: MockServer): Promise<Partial<SetupOptions>> {
  const verifier = 'v'.repeat(43);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const authorizationUrl = `${ISSUER}authorize?${new URLSearchParams({
    client_id: CLIENT.clientId,
    redirect_uri: `${ORIGIN}/`,
    response_type: 'code',
    scope: 'openid offline_access',
    state: 's',
    code_challenge: Buffer.from(digest).toString('base64url'),
    code_challenge_method: 'S256',
  })}`;
  const callback = new URL(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const response = await server.fetch(`${ISSUER}oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT.clientId,
      code: callback.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: `${ORIGIN}/`,
    }),
  });
  const { refresh_token }: { refresh_token: string } = await response.json();
  return { refreshToken: refresh_token };
}

/** Replaces the responses below a path. */
function at(path: string, respond: () => Response): World {
  return {
    intercept: ({ url }) => (new URL(url).pathname.startsWith(path) ? respond() : undefined),
  };
}

/** Changes headers of the responses below a path. */
function changed(path: string, headers: Readonly<Record<string, string | null>>): World {
  return {
    change: (response, { url }) =>
      new URL(url).pathname.startsWith(path) ? withHeaders(response, headers) : response,
  };
}

/** Changes the discovery document; `undefined` removes a member. */
function withMetadata(changes: Readonly<Record<string, unknown>>): World {
  return {
    intercept: async (request) => {
      if (!request.url.endsWith('/openid-configuration')) return undefined;
      const metadata = {
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}authorize`,
        token_endpoint: `${ISSUER}oauth/token`,
        revocation_endpoint: `${ISSUER}oauth/revoke`,
        userinfo_endpoint: `${ISSUER}userinfo`,
        jwks_uri: `${ISSUER}.well-known/jwks.json`,
        scopes_supported: ['openid', 'offline_access'],
        code_challenge_methods_supported: ['S256'],
      };
      return Response.json({ ...metadata, ...changes });
    },
  };
}

function withoutPkceCheck(response: Response, { url }: Request): Response {
  return withAuthorizationError(response, url, 'login_required');
}

/** Changes the error of an authorization response. */
function withAuthorizationError(response: Response, url: string, error: string): Response {
  if (new URL(url).pathname !== '/authorize') return response;
  return withHeaders(response, { location: `${ORIGIN}/?error=${error}` });
}

/** Replaces the app's page. */
function appPage(respond: () => Response): World {
  return { intercept: ({ url }) => (url === `${ORIGIN}/` ? respond() : undefined) };
}

function html(head: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`<!doctype html>${head}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  });
}

/** A healthy app's dependencies with changes; `undefined` removes a package. */
function project(
  changes: Readonly<Record<string, string | undefined>>,
): Required<Pick<World, 'setup'>> {
  const packages = Object.entries({ ...INSTALLED, ...changes }).flatMap(([path, version]) =>
    version === undefined ? [] : [[path, version] as const],
  );
  return { setup: { projectDirectory: createProject(Object.fromEntries(packages)) } };
}
