import { createBackend } from '@sesamy-kit/backend';
import { createMockServer } from '@sesamy-kit/mock-server';
import type { MockServer } from '@sesamy-kit/mock-server';
import { createSesamySession } from '@sesamy-kit/session';
import type { Session } from '@sesamy-kit/session';
import { Window } from 'happy-dom';
import { expect, test, vi } from 'vitest';

const backendUrl = 'https://backend.example.com';
type Backend = ReturnType<typeof createBackend>;

function startMock(): MockServer {
  return createMockServer({
    vendorId: 'tidewaiter',
    clients: [
      { clientId: 'publisher-web', callbacks: ['https://app.example.com/'] },
      { clientId: 'demo-backend', type: 'management', clientSecret: 'backend-secret' },
    ],
  });
}

/** The backend starts before the page, as it would in a separate process. */
function startBackend(mock: MockServer): Backend {
  return createBackend({
    publisherId: 'tidewaiter',
    clientId: 'demo-backend',
    clientSecret: 'backend-secret',
    allowedOrigins: ['https://app.example.com'],
    log: () => undefined,
    fetch: (input, init) => mock.fetch(new Request(input, init)),
  });
}

function openPage(): void {
  const page = new Window({ url: 'https://app.example.com/' });
  for (const name of [
    'document',
    'location',
    'history',
    'localStorage',
    'sessionStorage',
  ] as const) {
    vi.stubGlobal(name, page[name]);
  }
  vi.stubGlobal('window', page);
  vi.stubGlobal('navigator', { userAgent: page.navigator.userAgent });
}

async function logIn(mock: MockServer, backend: Backend, user: string): Promise<Session> {
  openPage();
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    return request.url.startsWith(backendUrl) ? backend.fetch(request) : mock.fetch(request);
  });
  const navigation = new Promise<string>((resolve) => {
    vi.spyOn(location, 'assign').mockImplementation((url) => resolve(String(url)));
  });
  const options = {
    clientId: 'publisher-web',
    storage: 'memory',
    allowedOrigins: [backendUrl],
  } as const;
  createSesamySession(options)
    .loginWithRedirect()
    .catch(() => undefined);
  const callback = await mock.control.signIn({ authorizationUrl: await navigation, user });
  history.replaceState(null, '', callback);
  const session = createSesamySession(options);
  await session.start();
  return session;
}

test.each([
  ['ada', 200],
  ['grace', 403],
])(
  'the page of %s reaches the Management API through the backend with %d',
  async (user, status) => {
    const mock = startMock();
    const session = await logIn(mock, startBackend(mock), user);
    const me = await session.fetch(`${backendUrl}/api/me`);
    expect(await me.json()).toMatchObject({ subject: `email|${user}` });
    const publishers = await session.fetch(`${backendUrl}/api/publishers`);
    expect(publishers.status).toBe(status);
    expect(mock.control.requests.count({ endpoint: 'management' })).toBe(status === 200 ? 1 : 0);
  },
);
