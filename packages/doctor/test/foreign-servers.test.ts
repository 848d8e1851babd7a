import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OAuth2Server } from 'oauth2-mock-server';
import { Provider, type Configuration } from 'oidc-provider';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkDeployment, type Finding } from '../src/node.js';
import { levelsOf } from './support/world.js';

const ORIGIN = 'http://localhost:5173';

/** The paths of Sesamy, which can be configured. */
const SESAMY_ROUTES = {
  authorization: '/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  userinfo: '/userinfo',
  jwks: '/.well-known/jwks.json',
  end_session: '/v2/logout',
};

beforeEach(() => {
  // oidc-provider warns of what it is configured with for development.
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

describe('oidc-provider', () => {
  test('oidc-provider at its default paths is reported to need others', async () => {
    const { issuer, findings } = await checkProvider('', {});
    expect(levelsOf(findings, 'issuer-reachable')).toEqual(['ok']);
    expect(levelsOf(findings, 'issuer-identifier')).toEqual(['error']);
    expect(levelsOf(findings, 'endpoints')).toEqual(['error']);
    expect(seenOf(findings, 'endpoints')).toContain(
      `${issuer}/token; the kit uses ${issuer}/oauth/token`,
    );
  });

  test('oidc-provider at the paths of Sesamy passes all checks of a login', async () => {
    const { findings } = await checkProvider('/', { routes: SESAMY_ROUTES });
    for (const id of [
      'issuer-identifier',
      'endpoints',
      'client',
      'redirect-uri',
      'authorization-request',
      'pkce',
      'token-cors',
      'public-client',
      'refresh-tokens',
    ])
      expect([id, ...levelsOf(findings, id)]).toEqual([id, 'ok']);
  });

  test.each([
    ['client', { clientId: 'nobody' }],
    ['redirect-uri', { redirectUri: `${ORIGIN}/other` }],
    ['authorization-request', { scope: 'everything' }],
  ])('a wrong %s of oidc-provider is reported', async (id, changes) => {
    const { findings } = await checkProvider('/', { routes: SESAMY_ROUTES }, changes);
    expect(levelsOf(findings, id)).toEqual(['error']);
  });

  test('an origin that CORS of oidc-provider does not allow is reported', async () => {
    const clientBasedCORS = (): boolean => false;
    const { findings } = await checkProvider('/', { routes: SESAMY_ROUTES, clientBasedCORS });
    expect(levelsOf(findings, 'token-cors')).toEqual(['error']);
  });
});

test('oauth2-mock-server is reported to need other paths', async () => {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, 'localhost');
  onTestFinished(() => server.stop());
  const issuer = server.issuer.url ?? '';
  const findings = await checkDeployment({ clientId: 'any', origin: ORIGIN, issuer });
  expect(levelsOf(findings, 'issuer-identifier')).toEqual(['error']);
  expect(levelsOf(findings, 'endpoints')).toEqual(['error']);
  expect(levelsOf(findings, 'token-cors')).toEqual(['ok']);
});

test('a host that does not exist is reported, and the other checks of the server are skipped', async () => {
  const findings = await checkDeployment({
    clientId: 'publisher-web',
    origin: 'https://app.invalid',
    issuer: 'https://nowhere.invalid/',
  });
  expect(levelsOf(findings, 'issuer-reachable')).toEqual(['error']);
  expect(levelsOf(findings, 'client')).toEqual([]);
  expect(levelsOf(findings, 'page')).toEqual(['warning']);
});

test('a server that never responds is reported within the time limit', async () => {
  const http = createServer(() => {});
  await new Promise<void>((resolve) => http.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  const issuer = `http://localhost:${port}/`;
  const setup = { clientId: 'publisher-web', origin: ORIGIN, issuer };
  const findings = await checkDeployment(setup, { timeoutMs: 50 });
  expect(levelsOf(findings, 'issuer-reachable')).toEqual(['error']);
  expect(seenOf(findings, 'issuer-reachable')).toContain('no response within 50 ms');
});

/** Checks an oidc-provider whose identifier ends with `suffix`. */
async function checkProvider(
  suffix: '' | '/',
  configuration: Configuration,
  changes: Readonly<Record<string, string>> = {},
): Promise<{ readonly issuer: string; readonly findings: readonly Finding[] }> {
  const http = createServer();
  await new Promise<void>((resolve) => http.listen(0, 'localhost', resolve));
  onTestFinished(() => void http.close());
  const { port }: AddressInfo = http.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer + suffix, {
    clients: [
      {
        client_id: 'publisher-web',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [`${ORIGIN}/`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        scope: 'openid offline_access profile email',
      },
    ],
    clientBasedCORS: () => true,
    scopes: ['openid', 'offline_access', 'profile', 'email', 'everything'],
    features: { revocation: { enabled: true } },
    ...configuration,
  });
  const respond = provider.callback();
  http.on('request', (request, response) => void respond(request, response));
  const setup = { clientId: 'publisher-web', origin: ORIGIN, issuer, ...changes };
  return { issuer, findings: await checkDeployment(setup) };
}

function seenOf(findings: readonly Finding[], id: string): string | undefined {
  return findings.find((found) => found.id === id)?.seen;
}
