import { createMockServer } from '@sesamy-kit/mock-server';
import { readBuiltDemo } from '../built-demo.js';
import { buildHarness } from '../built-harness.js';
import { listen } from '../listen.js';
import { createPageServer } from '../page-server.js';
import type { PageConfig, ReadBuiltFile } from '../page-server.js';
import type { Site } from '../site.js';
import { clientId, watchMock } from '../watched-mock.js';
import { makeCertificate } from './certificate.js';
import { hosts } from './hosts.js';
import { forward, isForSesamy } from './reverse-proxy.js';
import type { SetUp } from './set-up.js';

/** A response of Sesamy that the page received from its own origin. */
export interface OwnResponse {
  readonly path: string;
  readonly body: string;
}

/** The harness page, Sesamy on three hosts, and two hosts of others, all over https. */
export interface ModesSite extends Site {
  readonly origins: Origins;
  /** The session mode of the page from its next load on. */
  setUp: SetUp;
  /** The responses of the reverse proxy at the page's origin since the worker began. */
  readonly ownResponses: OwnResponse[];
}

type Origins = Readonly<Record<keyof typeof hosts, string>>;

/** Starts one server for all hosts. */
export async function startModesSite(): Promise<ModesSite> {
  const ownResponses: OwnResponse[] = [];
  const certificate = await makeCertificate(Object.values(hosts));
  const server = await listen(handle, certificate);
  const origins = originsAt(server.port);
  const callbacks = [`${origins.app}/`, `${origins.app}/sesamy/auth/${clientId}/callback`];
  const mock = createMockServer({
    issuer: `${origins.crossSiteIssuer}/`,
    customDomains: [`${origins.sameSiteIssuer}/`],
  });
  const watched = watchMock(mock, callbacks);
  const readHarness = await buildHarness();
  let developmentHarness: Promise<ReadBuiltFile> | undefined;

  async function readBuiltFile(name: string): ReturnType<ReadBuiltFile> {
    const { build = 'harness' } = site.setUp;
    switch (build) {
      case 'harness':
        return readHarness(name);
      case 'demo':
        return readBuiltDemo(name);
      case 'development-harness':
        // Few tests need it.
        developmentHarness ??= buildHarness('development');
        return (await developmentHarness)(name);
    }
  }

  const pages = createPageServer(readBuiltFile, () => pageConfig(origins, site.setUp));

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // Some browsers request it on their own.
    if (url.pathname === '/favicon.ico') return new Response(null, { status: 204 });
    if (url.origin === origins.sibling || url.origin === origins.stranger) return notOurs(request);
    if (url.origin === origins.britishApp) return pages.fetch(request);
    if (url.origin !== origins.app) return watched.handle(request);
    if (!isForSesamy(url)) return pages.fetch(request);
    const response = await watched.handle(forward(request, origins.api), request);
    ownResponses.push({ path: url.pathname, body: await response.clone().text() });
    return response;
  }

  const site: ModesSite = Object.assign(watched, {
    url: `${origins.app}/`,
    issuer: mock.issuer,
    config: { issuer: mock.issuer, apiUrl: origins.api, clientId },
    origins,
    setUp: { mode: 'refresh-token', issuer: 'cross-site' } as const,
    ownResponses,
    close: () => server.close(),
  });
  return site;
}

function originsAt(port: number): Origins {
  const at = (host: string): string => `https://${host}:${String(port)}`;
  return {
    app: at(hosts.app),
    sameSiteIssuer: at(hosts.sameSiteIssuer),
    crossSiteIssuer: at(hosts.crossSiteIssuer),
    api: at(hosts.api),
    britishApp: at(hosts.britishApp),
    sibling: at(hosts.sibling),
    stranger: at(hosts.stranger),
  };
}

/** In `token-handler` mode the page has no issuer: it sends requests to its own origin only. */
function pageConfig(
  origins: Origins,
  { mode, issuer, issuerUrl, fallbackMode, isFramable = false }: SetUp,
): PageConfig {
  const isSameSite = issuer === 'same-site';
  const issuerOrigin = isSameSite ? origins.sameSiteIssuer : origins.crossSiteIssuer;
  const places = {
    issuer: issuerUrl ?? `${issuerOrigin}/`,
    apiUrl: origins.api,
  };
  return {
    mode,
    clientId,
    isFramable,
    ...(fallbackMode && { fallbackMode }),
    ...(mode !== 'token-handler' && places),
  };
}

/** Another party's page; it sets a cookie, and lists those it received. */
function notOurs(request: Request): Response {
  const cookies = request.headers.get('cookie') ?? '';
  return new Response(`<!doctype html><title>Not ours</title><body>${cookies}`, {
    headers: {
      'content-type': 'text/html',
      'set-cookie': 'visited=yes; Secure; SameSite=None; HttpOnly',
      'access-control-allow-origin': request.headers.get('origin') ?? '*',
      'access-control-allow-credentials': 'true',
    },
  });
}
