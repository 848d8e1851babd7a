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
  test('shows its children at once and becomes signed out when nobody is signed in', async () => {
    openBrowser(createMockServer({ clients: [client] }));
    const seen = recordStatus();
    openPage(<seen.Recorder />);
    await waitFor(() => expect(seen.statuses()).toEqual(['initializing', 'unauthenticated']));
  });

  test('is authenticated in the first render of a reload', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    const seen = recordStatus();
    openPage(<seen.Recorder />);
    await act(async () => {});
    expect(seen.statuses()).toEqual(['authenticated']);
  });

  test('starts the session once in StrictMode', async () => {
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

  test('answers a callback that an effect of a child moves out of the address', async () => {
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

  test('navigates after a login with the function of the latest render', async () => {
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

  test('shares a session that was made outside React', async () => {
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

  test('throws a configuration error that names the fix', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const options = { clientId, clientSecret: 'hush' };
    expect(() => render(<SesamyProvider {...(options as { clientId: string })} />)).toThrow(
      /"clientSecret" must be left out/,
    );
  });

  test('renders as initializing on a server, where there is no window to touch', () => {
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
  test('throws outside a provider and says what to do', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(() => render(<Status />)).toThrow('Put <SesamyProvider> around');
  });

  test('renders a selector again only when what it selects changes', async () => {
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

  test('accepts a selector that makes a new object each time', async () => {
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

  test('show the user to the signed in', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    openPage(page);
    expect(screen.getByText('Hello Ada')).toBeDefined();
    expect(screen.queryByText('Hello stranger')).toBeNull();
    await act(async () => {});
  });

  test('show the stranger to the signed out, and nobody before it is known', async () => {
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
