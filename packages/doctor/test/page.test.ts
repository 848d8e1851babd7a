import {
  createSesamySession,
  type Session,
  type SessionMode,
  type SessionOptions,
} from '@sesamy-kit/session';
import type { FaultPlan } from '@sesamy-kit/mock-server';
import { IDBFactory } from 'fake-indexeddb';
import { Window } from 'happy-dom';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkSetup, type CheckSetupOptions, type Finding } from '../src/index.js';
import { PEERS } from '../src/checks/versions.js';
import { asPageFetch } from './support/page-fetch.js';
import { levelsOf, openWorld, ORIGIN, withHeaders, type World } from './support/world.js';

beforeEach(() => {
  const window = new Window({ url: `${ORIGIN}/` });
  const { document, location, navigator, localStorage, sessionStorage } = window;
  const indexedDB = new IDBFactory();
  const globals = { document, location, navigator, localStorage, sessionStorage, indexedDB };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('isSecureContext', true);
});

async function diagnosePage(
  world: World = {},
  options: CheckSetupOptions = {},
  mode: SessionMode = 'refresh-token',
): Promise<readonly Finding[]> {
  const { fetch, setup } = await openWorld(world);
  const { clientId, issuer } = setup;
  const common: SessionOptions = { clientId, issuer, mode };
  const session = createSesamySession(common);
  return checkSetup(session, { fetch: asPageFetch(fetch, ORIGIN), ...options });
}

describe.each(['documented', 'engine'] as const)(
  'a good page, against the mock (%s)',
  (fidelity) => {
    test.each(['refresh-token', 'sso-cookie', 'token-handler'] as const)(
      'a good page has no fault with %s',
      async (mode) => {
        const findings = await diagnosePage({ server: { fidelity } }, {}, mode);
        const faults = findings.filter(({ level }) => level === 'warning' || level === 'error');
        expect(faults).toEqual([]);
        expect(findings.length).toBeGreaterThan(7);
      },
    );
  },
);

describe('a page', () => {
  test('checkSetup names the command that checks the redirect URI', async () => {
    const findings = await diagnosePage();
    const found = findings.find(({ id }) => id === 'redirect-uri');
    expect(found?.level).toBe('info');
    expect(found?.seen).toContain(
      'npx @sesamy-kit/doctor --client-id publisher-web --issuer https://login.publisher.test/ --origin https://www.publisher.test',
    );
  });

  test("checkSetup finds a token endpoint that does not allow the page's origin", async () => {
    const change = headersAt('/oauth/token', { 'access-control-allow-origin': null });
    expect(levelsOf(await diagnosePage({ change }), 'token-cors')).toEqual(['error']);
    expect(levelsOf(await diagnosePage(), 'token-cors')).toEqual(['ok']);
  });

  test('checkSetup does not use up a fault that is planned for a user of the app', async () => {
    const planned: Pick<FaultPlan, 'unused'>[] = [];
    await diagnosePage({
      prepare({ control: { faults } }) {
        faults.add({ endpoint: 'token', user: 'ada', status: 503 });
        faults.add({ endpoint: 'profile', user: 'ada', status: 503 });
        planned.push(faults);
      },
    });
    expect(planned.flatMap((faults) => faults.unused())).toHaveLength(2);
  });

  test("checkSetup finds an API that does not allow the page's origin", async () => {
    const change = headersAt('/client/v1/profile', { 'access-control-allow-origin': null });
    expect(levelsOf(await diagnosePage({ change }), 'api-cors')).toEqual(['warning']);
    expect(levelsOf(await diagnosePage(), 'api-cors')).toEqual(['ok']);
  });

  test('checkSetup distinguishes a server without CORS from an unreachable one', async () => {
    const change = headersAt('/.well-known/', { 'access-control-allow-origin': null });
    const hidden = await diagnosePage({ change });
    expect(levelsOf(hidden, 'issuer-reachable')).toEqual(['ok']);
    expect(levelsOf(hidden, 'issuer-identifier')).toEqual(['warning']);
    const gone = await diagnosePage({
      intercept: ({ url }) => {
        if (!url.startsWith(ORIGIN)) throw new TypeError('Failed to fetch');
        return undefined;
      },
    });
    expect(levelsOf(gone, 'issuer-reachable')).toEqual(['error']);
  });

  test('checkSetup finds a blocking policy of the page, and does not blame the server', async () => {
    const change = headersAt('/', { 'content-security-policy': "default-src 'self'" });
    const findings = await diagnosePage({ change });
    expect(levelsOf(findings, 'csp-connect')).toEqual(['error']);
    expect(levelsOf(findings, 'issuer-reachable')).toEqual([]);
    expect(levelsOf(findings, 'token-cors')).toEqual([]);
  });

  test('checkSetup finds an issuer whose cookies the browser does not send', async () => {
    const world = {
      setup: { issuer: 'https://token.sesamy.com/' },
      server: { issuer: 'https://token.sesamy.com/' },
    };
    expect(levelsOf(await diagnosePage(world, {}, 'sso-cookie'), 'first-party')).toEqual(['error']);
    expect(levelsOf(await diagnosePage(world), 'first-party')).toEqual(['info']);
  });

  test('checkSetup finds an insecure context', async () => {
    vi.stubGlobal('isSecureContext', false);
    expect(levelsOf(await diagnosePage(), 'secure-context')).toEqual(['error']);
  });

  test('checkSetup finds denied storage', async () => {
    vi.stubGlobal('indexedDB', undefined);
    expect(levelsOf(await diagnosePage(), 'storage')).toEqual(['warning']);
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('localStorage', undefined);
    const findings = await diagnosePage();
    expect(levelsOf(findings, 'storage')).toEqual(['warning']);
    expect(findings.find(({ id }) => id === 'storage')?.seen).toContain('localStorage');
  });

  test('checkSetup leaves no entry in the storage', async () => {
    await diagnosePage();
    expect([localStorage.length, sessionStorage.length, await indexedDB.databases()]).toEqual([
      0,
      0,
      [],
    ]);
  });

  test("checkSetup compares the clock with the page's server", async () => {
    const world = { change: headersAt('/', { date: new Date().toUTCString() }) };
    expect(levelsOf(await diagnosePage(world), 'clock')).toEqual(['ok']);
    const now = (): number => Date.now() + 400_000;
    expect(levelsOf(await diagnosePage(world, { now }), 'clock')).toEqual(['error']);
  });

  test('checkSetup does not compare the clock with a page that a service worker may have kept', async () => {
    vi.stubGlobal('navigator', { serviceWorker: { controller: {} } });
    const date = new Date(Date.now() - 86_400_000).toUTCString();
    const findings = await diagnosePage({ change: headersAt('/', { date }) });
    expect(levelsOf(findings, 'clock')).toEqual([]);
  });

  test('checkSetup finds the fallback page in place of the token handler', async () => {
    const intercept = ({ url }: Request): Response | undefined =>
      url.endsWith('/sesamy/auth/userinfo')
        ? new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })
        : undefined;
    const findings = await diagnosePage({ intercept }, {}, 'token-handler');
    expect(levelsOf(findings, 'token-handler')).toEqual(['error']);
  });

  test('checkSetup takes the mode and path of a session that does not show its options', async () => {
    const { fetch } = await openWorld({});
    const { clientId, issuer, apiUrl } = createSesamySession({ clientId: 'publisher-web' });
    const session = { clientId, issuer, apiUrl } as Session;
    const options = { fetch: asPageFetch(fetch, ORIGIN), mode: 'token-handler' } as const;
    expect(levelsOf(await checkSetup(session, options), 'token-handler')).toEqual(['ok']);
    const elsewhere = { ...options, authPath: '/nowhere' };
    expect(levelsOf(await checkSetup(session, elsewhere), 'token-handler')).toEqual(['error']);
  });

  test('checkSetup checks the given versions', async () => {
    const versions = { 'react-version': '17.0.2', 'query-version': '5.108.0' };
    const findings = await diagnosePage({}, { versions });
    expect(levelsOf(findings, 'react-version')).toEqual(['error']);
    expect(levelsOf(findings, 'query-version')).toEqual(['ok']);
  });

  test('checkSetup sends no cookies', async () => {
    const sent: RequestCredentials[] = [];
    const intercept = ({ credentials, method }: Request): undefined => {
      if (method !== 'OPTIONS') sent.push(credentials);
    };
    for (const mode of ['refresh-token', 'sso-cookie', 'token-handler'] as const)
      await diagnosePage({ intercept }, {}, mode);
    expect(new Set(sent)).toEqual(new Set(['omit']));
  });
});

test('the ranges of versions are those of the React package', () => {
  const path = join(import.meta.dirname, '../../react/package.json');
  const { peerDependencies }: { peerDependencies: Record<string, string> } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  const ranges = PEERS.map(({ name, range }) => [name, range]);
  expect(peerDependencies).toMatchObject(Object.fromEntries(ranges));
});

/** Changes headers of the responses at a path: of the app's page for `/`. */
function headersAt(path: string, headers: Readonly<Record<string, string | null>>) {
  return (response: Response, { url }: Request): Response => {
    const { pathname, origin } = new URL(url);
    const isHit = path === '/' ? pathname === '/' && origin === ORIGIN : pathname.startsWith(path);
    return isHit ? withHeaders(response, headers) : response;
  };
}
