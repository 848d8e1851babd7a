import { PortInUseError } from '../node.js';
import { type MockServerOptions, resolveOptions } from '../options.js';
import { createRemoteControl } from '../remote.js';
import { createMockServer, type MockServer } from '../server.js';

/** A mock that a dev server uses, perhaps together with others. */
export interface SharedMock {
  readonly issuer: string;
  /** Whether it runs in another process, whose options it has. */
  readonly isElsewhere: boolean;
  /** Adds callbacks and logout URLs to a client. Rejects when there is no such client. */
  register(clientId: string, urls: RegisteredUrls): Promise<void>;
  /** Closes the mock unless others still use it. */
  release(): Promise<void>;
}

/** What a dev server's address adds to a client. */
export interface RegisteredUrls {
  readonly callbacks: readonly string[];
  readonly logoutUrls: readonly string[];
}

interface OwnMock {
  server: MockServer;
  options: MockServerOptions;
  users: number;
}

/**
 * The mocks of this process by their fixed port. Vite starts a new server before it closes the old
 * one, so the two find each other here; Node keeps this module while Vite reads its configuration again.
 */
const ownMocks = new Map<number, OwnMock>();

/**
 * Listens on a port. On a fixed one, a mock of this process is replaced by one with the new options
 * and the old state, and a mock of another process is shared.
 * @throws PortInUseError when another program has the port
 */
export async function openSharedMock(
  port: number,
  options: MockServerOptions,
): Promise<SharedMock> {
  if (port === 0) {
    const server = createMockServer(options);
    await server.listen({ port });
    return ownMock(
      () => server,
      () => server.close(),
    );
  }
  const known = ownMocks.get(port);
  try {
    const own = known ? await replaced(known, port, options) : await started(port, options);
    ownMocks.set(port, own);
    return ownMock(
      () => own.server,
      async () => {
        own.users -= 1;
        if (own.users > 0) return;
        ownMocks.delete(port);
        await own.server.close();
      },
    );
  } catch (error) {
    const issuer = error instanceof PortInUseError ? await issuerOfMock(port) : null;
    if (issuer === null) throw error;
    return mockElsewhere(port, issuer);
  }
}

async function started(port: number, options: MockServerOptions): Promise<OwnMock> {
  const server = createMockServer(options);
  await server.listen({ port });
  return { server, options, users: 1 };
}

async function replaced(own: OwnMock, port: number, options: MockServerOptions): Promise<OwnMock> {
  const { users, clients } = resolveOptions(own.options);
  const server = createMockServer({ ...options, users, clients });
  server.control.restore(own.server.control.snapshot());
  server.reconfigure(options);
  // Not before the options are known to be good: the previous dev server continues when they are rejected.
  await own.server.close();
  await server.listen({ port });
  return Object.assign(own, { server, options, users: own.users + 1 });
}

function ownMock(server: () => MockServer, close: () => Promise<void>): SharedMock {
  let isReleased = false;
  return {
    get issuer() {
      return server().issuer;
    },
    isElsewhere: false,
    register: async (clientId, urls) => {
      const { clients } = server().control;
      clients.update(clientId, withUrls(clients.get(clientId), urls));
    },
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      await close();
    },
  };
}

function mockElsewhere(port: number, issuer: string): SharedMock {
  const { clients } = createRemoteControl(`http://localhost:${port}/`);
  return {
    issuer,
    isElsewhere: true,
    register: async (clientId, urls) => {
      await clients.update(clientId, withUrls(await clients.get(clientId), urls));
    },
    release: async () => undefined,
  };
}

function withUrls(known: RegisteredUrls, added: RegisteredUrls): RegisteredUrls {
  return {
    callbacks: [...new Set([...known.callbacks, ...added.callbacks])],
    logoutUrls: [...new Set([...known.logoutUrls, ...added.logoutUrls])],
  };
}

const HEALTH_TIMEOUT_MS = 2000;

/** The issuer of the mock with a control plane that listens on a port; null for any other program. */
async function issuerOfMock(port: number): Promise<string | null> {
  try {
    const response = await fetch(`http://localhost:${port}/mock/health`, {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
      redirect: 'error',
    });
    const health: unknown = await response.json();
    const isMock =
      typeof health === 'object' &&
      health !== null &&
      'server' in health &&
      health.server === 'sesamy-mock' &&
      'issuer' in health;
    return isMock && typeof health.issuer === 'string' ? health.issuer : null;
  } catch {
    return null;
  }
}
