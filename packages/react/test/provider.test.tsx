import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, render, screen, waitFor } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { useEffect, type ReactNode } from 'react';
import { describe, expect, test, vi } from 'vitest';
import {
  createSesamySession,
  SesamyProvider,
  SignedIn,
  SignedOut,
  useSession,
} from '../src/index.js';
import { client, clientId, openBrowser, openPage, openSignedIn, type TestBrowser } from './app.js';

function Status(): React.ReactNode {
  return <output>{useSession((session) => session.status)}</output>;
}

/** A component that remembers each status it was rendered with. */
function recordStatus(): { Recorder: () => null; statuses: () => string[] } {
  const seen = new Set<string>();
  const Recorder = (): null => {
    seen.add(useSession().status);
    return null;
  };
  return { Recorder, statuses: () => [...seen] };
}

describe('SesamyProvider', () => {
  test('SesamyProvider renders its children immediately, then signed out without a session', async () => {
    openBrowser(createMockServer({ clients: [client] }));
    const seen = recordStatus();
    openPage(<seen.Recorder />);
    await waitFor(() => expect(seen.statuses()).toEqual(['initializing', 'unauthenticated']));
  });

  test('SesamyProvider is authenticated in the first render of a reload', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    const seen = recordStatus();
    openPage(<seen.Recorder />);
    await act(async () => {});
    expect(seen.statuses()).toEqual(['authenticated']);
  });

  test('SesamyProvider starts the session once in StrictMode', async () => {
    const server = createMockServer({ clients: [client] });
    const browser = openBrowser(server);
    createSesamySession({ clientId })
      .loginWithRedirect()
      .catch(() => {});
    const authorizationUrl = await browser.nextNavigation();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    openPage(<Status />);
    expect(await screen.findByText('authenticated')).toBeDefined();
    expect(browser.requests).toEqual(['POST https://token.sesamy.com/oauth/token']);
  });

  test("SesamyProvider completes a callback that a child's effect removes from the URL", async () => {
    const server = createMockServer({ clients: [client] });
    const browser = openBrowser(server);
    await openCallback(server, browser);
    const Tidy = (): null => {
      useEffect(() => history.replaceState(null, '', '/home'), []);
      return null;
    };
    openPage(
      <>
        <Tidy />
        <Status />
      </>,
    );
    expect(await screen.findByText('authenticated')).toBeDefined();
    expect(browser.requests).toEqual(['POST https://token.sesamy.com/oauth/token']);
  });

  test('SesamyProvider navigates after a login with the latest navigate', async () => {
    const server = createMockServer({ clients: [client] });
    await openCallback(server, openBrowser(server));
    const [first, latest] = [vi.fn<(path: string) => void>(), vi.fn<(path: string) => void>()];
    const at = (navigate: (path: string) => void): ReactNode => (
      <SesamyProvider clientId={clientId} navigate={navigate}>
        <Status />
      </SesamyProvider>
    );
    const { rerender } = render(at(first), { reactStrictMode: true });
    rerender(at(latest));
    expect(await screen.findByText('authenticated')).toBeDefined();
    expect(latest).toHaveBeenCalledExactlyOnceWith('/members');
    expect(first).not.toHaveBeenCalled();
  });

  test('SesamyProvider accepts a session created outside React', async () => {
    const server = createMockServer({ clients: [client] });
    await openSignedIn(server);
    const session = createSesamySession({ clientId });
    openPage(<Status />, session);
    expect(screen.getByRole('status').textContent).toBe('authenticated');
    await act(async () => {
      await session.logout();
    });
    expect(screen.getByRole('status').textContent).toBe('logging-out');
  });

  test('SesamyProvider throws a configuration error that names the fix', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const options = { clientId, clientSecret: 'hush' };
    expect(() => render(<SesamyProvider {...(options as { clientId: string })} />)).toThrow(
      /"clientSecret" must be left out/,
    );
  });

  test('SesamyProvider renders as initializing on a server', () => {
    vi.stubGlobal('window', undefined);
    const html = renderToString(
      <SesamyProvider clientId={clientId}>
        <Status />
      </SesamyProvider>,
    );
    expect(html).toBe('<output>initializing</output>');
  });
});

describe('useSession', () => {
  test('useSession throws outside a provider with a remedy', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(() => render(<Status />)).toThrow('Put <SesamyProvider> around');
  });

  test('useSession passes the events of the session to a component', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    const seen: string[] = [];
    const Reasons = (): null => {
      const { on } = useSession();
      useEffect(() => on('session-ended', ({ reason }) => seen.push(reason)), [on]);
      return null;
    };
    const session = createSesamySession({ clientId });
    openPage(<Reasons />, session);
    await act(() => session.logout({ local: true }));
    expect(seen).toEqual(['logged-out']);
  });

  test('useSession with a selector re-renders only when the selected value changes', async () => {
    const server = createMockServer({ clients: [client] });
    await openSignedIn(server);
    const session = createSesamySession({ clientId });
    const seen: (string | null)[] = [];
    const Name = (): null => {
      const name = useSession((view) =>
        view.status === 'authenticated' ? (view.user.name ?? null) : null,
      );
      seen.push(name);
      return null;
    };
    openPage(<Name />, session);
    await act(() => session.logout());
    expect([...new Set(seen)]).toEqual(['Ada Lovelace', null]);
  });

  test('useSession accepts a selector that returns a new object each time', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    const Pair = (): React.ReactNode => {
      const { status } = useSession((view) => ({ status: view.status }));
      return <output>{status}</output>;
    };
    openPage(<Pair />);
    expect(screen.getByRole('status').textContent).toBe('authenticated');
    await act(async () => {});
  });
});

describe('SignedIn and SignedOut', () => {
  const page = (
    <>
      <SignedIn>{(user) => <p>Hello {user.given_name}</p>}</SignedIn>
      <SignedOut>
        <p>Hello stranger</p>
      </SignedOut>
    </>
  );

  test('SignedIn renders the user', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    openPage(page);
    expect(screen.getByText('Hello Ada')).toBeDefined();
    expect(screen.queryByText('Hello stranger')).toBeNull();
    await act(async () => {});
  });

  test('SignedOut renders when signed out, and not while initializing', async () => {
    openBrowser(createMockServer({ clients: [client] }));
    const html = renderToString(<SesamyProvider clientId={clientId}>{page}</SesamyProvider>);
    expect(html).toBe('');
    openPage(page);
    expect(await screen.findByText('Hello stranger')).toBeDefined();
  });
});

/** Logs in from `/members`, as far as the callback's address. */
async function openCallback(server: MockServer, browser: TestBrowser): Promise<void> {
  browser.visit('/members');
  createSesamySession({ clientId })
    .loginWithRedirect()
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
}
