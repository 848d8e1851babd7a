import { createMockServer } from '@sesamy-kit/mock-server';
import { buildHarness } from '../built-harness.js';
import { listen } from '../listen.js';
import { createPageServer } from '../page-server.js';
import type { PageConfig } from '../page-server.js';
import type { Site } from '../site.js';
import { clientId, watchMock } from '../watched-mock.js';
import { makeCertificate } from './certificate.js';
import { hosts } from './hosts.js';
import { forward, isForSesamy } from './reverse-proxy.js';
import type { SetUp } from './set-up.js';

/** An answer of Sesamy that came to the page from its own origin. */
export interface OwnAnswer {
  readonly path: string;
  readonly body: string;
}

/** The harness page, Sesamy on three hosts, and two hosts of others, all over https. */
export interface ModesSite extends Site {
  readonly origins: Origins;
  /** How the page keeps its session from its next load on. */
  setUp: SetUp;
  /** What the reverse proxy at the page's origin has answered since the worker began. */
  readonly ownAnswers: OwnAnswer[];
}

type Origins = Readonly<Record<keyof typeof hosts, string>>;

/** Starts one server for all hosts. */
export async function startModesSite(): Promise<ModesSite> {
  const ownAnswers: OwnAnswer[] = [];
  const certificate = await makeCertificate(Object.values(hosts));
  const server = await listen(answer, certificate);
  const origins = originsAt(server.port);
  const callbacks = [`${origins.app}/`, `${origins.app}/sesamy/auth/${clientId}/callback`];
  const mock = createMockServer({
    issuer: `${origins.crossSiteIssuer}/`,
    customDomains: [`${origins.sameSiteIssuer}/`],
  });
  const watched = watchMock(mock, callbacks);
  const pages = createPageServer(await buildHarness(), () => pageConfig(origins, site.setUp));

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // Browsers ask for it by themselves, some of them.
    if (url.pathname === '/favicon.ico') return new Response(null, { status: 204 });
    if (url.origin === origins.sibling || url.origin === origins.stranger) return notOurs();
    if (url.origin !== origins.app) return watched.answer(request);
    if (!isForSesamy(url)) return pages.fetch(request);
    const response = await watched.answer(forward(request, origins.api), request);
    ownAnswers.push({ path: url.pathname, body: await response.clone().text() });
    return response;
  }

  const site: ModesSite = Object.assign(watched, {
    url: `${origins.app}/`,
    issuer: mock.issuer,
    config: { issuer: mock.issuer, apiUrl: origins.api, clientId },
    origins,
    setUp: { mode: 'refresh-token', issuer: 'cross-site' } as const,
    ownAnswers,
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
    sibling: at(hosts.sibling),
    stranger: at(hosts.stranger),
  };
}

/** In `token-handler` mode the page is not told where Sesamy is: it talks to its own origin only. */
function pageConfig(origins: Origins, { issuer, ...setUp }: SetUp): PageConfig {
  const isSameSite = issuer === 'same-site';
  const places = {
    issuer: `${isSameSite ? origins.sameSiteIssuer : origins.crossSiteIssuer}/`,
    apiUrl: origins.api,
  };
  return { ...setUp, ...(setUp.mode !== 'token-handler' && places), clientId };
}

/** The page of somebody else. */
function notOurs(): Response {
  return new Response('<!doctype html><title>Not ours</title>', {
    headers: { 'content-type': 'text/html' },
  });
}
