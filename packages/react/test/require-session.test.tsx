import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSesamySession, RequireSession, useSession } from '../src/index.js';
import { client, clientId, openBrowser, openPage, openSignedIn, type TestBrowser } from './app.js';

let server: MockServer;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
});

const guarded = (
  <RequireSession
    fallback={<p>One moment</p>}
    error={({ error, login }) => (
      <button type="button" onClick={login}>
        Failed: {error.oauthError}
      </button>
    )}
    signedOut={<p>Goodbye</p>}
  >
    <p>For members</p>
  </RequireSession>
);

/** Starts a login, and returns with the server's response. */
async function comeBackWith(answer: string): Promise<TestBrowser> {
  const browser = openBrowser(server);
  createSesamySession({ clientId })
    .loginWithRedirect()
    .catch(() => {});
  const state = new URL(await browser.nextNavigation()).searchParams.get('state');
  browser.visit(`/?${answer}&state=${state}`);
  return browser;
}

describe('RequireSession', () => {
  test('RequireSession renders its children immediately for a signed-in user', async () => {
    await openSignedIn(server);
    openPage(guarded);
    expect(screen.getByText('For members')).toBeDefined();
    await act(async () => {});
  });

  test('RequireSession redirects a visitor to the login, once in StrictMode, and back to the same page', async () => {
    const browser = openBrowser(server);
    browser.visit('/members?tab=2#top');
    openPage(guarded);
    expect(screen.getByText('One moment')).toBeDefined();
    const authorizationUrl = await browser.nextNavigation();
    await act(async () => {});
    // Back from the login must not return to the guard, which would redirect again.
    expect(location.replace).toHaveBeenCalledOnce();
    expect(location.assign).not.toHaveBeenCalled();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    const session = createSesamySession({ clientId });
    await session.start();
    expect(location.href).toMatch(/\/members\?tab=2#top$/);
    expect(session.getSnapshot().status).toBe('authenticated');
  });

  test('RequireSession renders a failed login and starts no other', async () => {
    await comeBackWith('error=access_denied');
    openPage(guarded);
    expect(await screen.findByText('Failed: access_denied')).toBeDefined();
    expect(screen.queryByText('For members')).toBeNull();
    expect(location.assign).toHaveBeenCalledOnce();
  });

  test('RequireSession starts another login on request', async () => {
    await comeBackWith('error=server_error');
    openPage(guarded);
    await userEvent.click(await screen.findByText('Failed: server_error'));
    await waitFor(() => expect(location.assign).toHaveBeenCalledTimes(2));
  });

  test('RequireSession renders the error and a login button by default', async () => {
    await comeBackWith('error=access_denied');
    openPage(<RequireSession>For members</RequireSession>);
    expect((await screen.findByRole('alert')).textContent).toContain('access_denied');
    expect(screen.getByRole('button', { name: 'Log in' })).toBeDefined();
  });

  test('RequireSession renders the error above the signedOut slot', async () => {
    await comeBackWith('error=access_denied');
    openPage(<RequireSession signedOut={<p>Goodbye</p>}>For members</RequireSession>);
    expect((await screen.findByRole('alert')).textContent).toContain('access_denied');
    expect(screen.getByText('Goodbye')).toBeDefined();
  });

  test('RequireSession keeps its slot mounted while a popup that the slot opened is open', async () => {
    const browser = await comeBackWith('error=access_denied');
    function Slot(): ReactNode {
      const { status, loginWithPopup } = useSession();
      const [note, setNote] = useState('');
      return (
        <>
          <input aria-label="Note" value={note} onChange={(event) => setNote(event.target.value)} />
          <button type="button" onClick={() => void loginWithPopup().catch(() => {})}>
            Log in in a window ({status})
          </button>
        </>
      );
    }
    openPage(
      <RequireSession error={() => <Slot />} fallback="One moment">
        For members
      </RequireSession>,
    );
    await act(async () => {});
    await userEvent.type(await screen.findByLabelText('Note'), 'kept');
    await userEvent.click(screen.getByRole('button'));
    expect(await screen.findByText(/authenticating/)).toBeDefined();
    expect(screen.getByLabelText('Note')).toHaveProperty('value', 'kept');
    browser.popups.last().close();
    expect(await screen.findByText(/unauthenticated/)).toBeDefined();
    expect(screen.getByLabelText('Note')).toHaveProperty('value', 'kept');
  });

  test('RequireSession does not redirect a user who logged out in another tab', async () => {
    await openSignedIn(server);
    openPage(guarded);
    const other = createSesamySession({ clientId });
    await act(async () => {
      await other.logout();
    });
    expect(await screen.findByText('Goodbye')).toBeDefined();
    // One for the login in the beginning, one for the other tab's logout.
    expect(location.assign).toHaveBeenCalledTimes(2);
  });
});
