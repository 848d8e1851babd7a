import { createMockServer, type MockServer, type MockServerOptions } from '@sesamy-kit/mock-server';
import { checkDeployment, type Finding, type SetupOptions } from '../../src/node.js';

/** A set-up in which nothing is wrong, and what a test changes of it. */
export interface World {
  readonly server?: MockServerOptions;
  readonly setup?: Partial<SetupOptions>;
  /** Prepares the mock; may return more of the set-up. */
  readonly prepare?: (
    server: MockServer,
  ) => void | Partial<SetupOptions> | Promise<Partial<SetupOptions>>;
  /** Replaces responses; `undefined` leaves the response to the mock or the app. */
  readonly intercept?: (request: Request) => Response | undefined | Promise<Response | undefined>;
  /** Changes responses of the mock and the app. */
  readonly change?: (response: Response, request: Request) => Response;
  readonly now?: () => number;
}

/** The origin of the app. */
export const ORIGIN = 'https://www.publisher.test';

/** The authorization server on the app's own site. */
export const ISSUER = 'https://login.publisher.test/';

/** The client of the app. */
export const CLIENT = {
  clientId: 'publisher-web',
  callbacks: [`${ORIGIN}/`, `${ORIGIN}/sesamy/auth/publisher-web/callback`],
};

/** Runs the checks of the command against a mock and an app in this process. */
export async function diagnose(world: World = {}): Promise<readonly Finding[]> {
  const { fetch, setup } = await openWorld(world);
  return checkDeployment(setup, { fetch, ...(world.now && { now: world.now }) });
}

/** Opens the network of a world. */
export async function openWorld(
  world: World,
): Promise<{ readonly fetch: typeof globalThis.fetch; readonly setup: SetupOptions }> {
  const server = createMockServer({ issuer: ISSUER, clients: [CLIENT], ...world.server });
  const prepared = (await world.prepare?.(server)) ?? {};
  const setup = { clientId: CLIENT.clientId, origin: ORIGIN, issuer: ISSUER };
  return {
    setup: { ...setup, ...world.setup, ...prepared },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const replaced = await world.intercept?.(request.clone());
      const isOwn = new URL(request.url).origin === ORIGIN;
      const response = replaced ?? (await (isOwn ? app(server, request) : server.fetch(request)));
      return world.change?.(response, request) ?? response;
    },
  };
}

/** Returns the levels of a check's findings. */
export function levelsOf(findings: readonly Finding[], id: string): readonly string[] {
  return findings.filter((found) => found.id === id).map(({ level }) => level);
}

/** Returns a copy of the response with other headers; `null` removes one. */
export function withHeaders(
  response: Response,
  changes: Readonly<Record<string, string | null>>,
): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers });
}

/** The app's origin: its page, and the token handler behind a proxy. */
function app(server: MockServer, request: Request): Response | Promise<Response> {
  const url = new URL(request.url);
  if (!url.pathname.startsWith('/sesamy/auth/')) return page();
  const headers = new Headers(request.headers);
  headers.set('x-forwarded-host', url.host);
  headers.set('x-forwarded-proto', 'https');
  headers.set('x-forwarded-prefix', '/sesamy');
  const upstream = new URL(url.pathname.replace('/sesamy', '') + url.search, ISSUER);
  return server.fetch(new Request(upstream, { headers, redirect: 'manual' }));
}

function page(): Response {
  return new Response('<!doctype html><title>App</title>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}
