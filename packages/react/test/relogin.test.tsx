import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import {
  createSesamySession,
  isAuthError,
  ReloginBoundary,
  SignedIn,
  useProfile,
  useSession,
  useUpdateProfile,
  type Session,
} from '../src/index.js';
import { client, clientId, openPage, openSignedIn, origin, type TestBrowser } from './app.js';

let server: MockServer;
let browser: TestBrowser;
let session: Session;

/** A form that keeps what the user has written in the page only. */
function NicknameForm(): ReactNode {
  const { fetchJson } = useSession();
  const [outcome, setOutcome] = useState('');
  async function save(nickname: string): Promise<void> {
    setOutcome('saving');
    try {
      await fetchJson(`${session.apiUrl}/client/v1/profile`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nickname }),
        whenSignedOut: 'wait',
      });
      setOutcome('saved');
    } catch (error) {
      setOutcome(isAuthError(error) ? `not saved: ${error.code}` : 'not saved');
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(input().value);
      }}
    >
      <SignedIn>{(user) => <p>Signed in as {user.given_name}</p>}</SignedIn>
      <input name="nickname" aria-label="Nickname" />
      <button type="submit">Save</button>
      <output>{outcome}</output>
    </form>
  );
}

/** A button that renames the user in the profile. */
function Rename(): ReactNode {
  const { data } = useProfile();
  const update = useUpdateProfile({ whenSignedOut: 'wait' });
  if (data === undefined) return null;
  return (
    <button type="button" onClick={() => update.mutate({ firstName: 'Augusta' })}>
      Rename {data.firstName} {data.lastName}
    </button>
  );
}

const input = (): HTMLInputElement => screen.getByLabelText('Nickname');
const outcome = (): string | null => screen.getByRole('status', { hidden: true }).textContent;
const dialog = (): Promise<HTMLElement> => screen.findByRole('dialog');
const countSaved = (): number =>
  server.control.requests.count({ endpoint: 'profile', method: 'PATCH', status: 200 });

beforeEach(async () => {
  server = createMockServer({
    clients: [{ ...client, refreshToken: { rotation: 'rotating', leewaySeconds: 0 } }],
  });
  browser = await openSignedIn(server);
  session = createSesamySession({ clientId });
  openPage(
    <ReloginBoundary>
      <NicknameForm />
      <Rename />
    </ReloginBoundary>,
    session,
  );
  await userEvent.type(await screen.findByLabelText('Nickname'), 'Countess');
});

/** Ends the session at the server; the page learns it at its next call. */
function endSession(): void {
  server.control.refreshTokens.revoke({ user: 'ada' });
  browser.advanceClock(4000);
  server.control.clock.advance({ seconds: 4000 });
}

/** Clicks the dialog's button, and logs a user in in the window that it opens. */
async function logInAgain(user: string): Promise<void> {
  await dialog();
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  const url = new URL(await browser.popups.last().url);
  // Another user can only log in at a login page that asks.
  if (user !== 'ada') url.searchParams.set('prompt', 'login');
  const opener = location.href;
  const callback = await server.control.signIn({ authorizationUrl: url.href, user });
  browser.openDocument();
  browser.visit(callback);
  await act(() => createSesamySession({ clientId }).start());
  browser.visit(opener);
}

test('a form survives the end of its session, and is saved once after the user has logged in again', async () => {
  endSession();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const field = input();
  await dialog();
  expect(outcome()).toBe('saving');
  expect(screen.getByText('Signed in as Ada')).toBeTruthy();
  await logInAgain('ada');
  await waitFor(() => expect(outcome()).toBe('saved'));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(input()).toBe(field);
  expect(field.value).toBe('Countess');
  expect(countSaved()).toBe(1);
  expect(server.control.users.get('ada').nickname).toBe('Countess');
  expect(location.href).toBe(`${origin}/`);
});

test("another user who logs in gets a form of their own, and the previous user's is not saved", async () => {
  endSession();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await logInAgain('grace');
  await screen.findByText('Signed in as Grace');
  expect(input().value).toBe('');
  expect(outcome()).toBe('');
  expect(countSaved()).toBe(0);
});

test('a user who declines the login keeps the form, and the next save offers the login again', async () => {
  endSession();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await dialog();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(outcome()).toBe('not saved: aborted'));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(input().value).toBe('Countess');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await logInAgain('ada');
  await waitFor(() => expect(outcome()).toBe('saved'));
  expect(countSaved()).toBe(1);
});

test('the dialog shows why a login failed, and offers another', async () => {
  endSession();
  browser.popups.areAllowed = false;
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await dialog();
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect((await screen.findByRole('alert')).textContent).toContain('blocked the login window');
  expect(outcome()).toBe('not saved: popup_blocked');
  browser.popups.areAllowed = true;
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await logInAgain('ada');
  await waitFor(() => expect(outcome()).toBe('saved'));
});

test('a form is hidden after a logout in another tab, and is back with the same user', async () => {
  const field = input();
  browser.openDocument();
  const other = createSesamySession({ clientId });
  await act(async () => {
    await other.start();
    void other.logout();
    await browser.nextNavigation();
  });
  await dialog();
  expect(field.closest('[hidden]')).not.toBeNull();
  await logInAgain('ada');
  await waitFor(() => expect(field.closest('[hidden]')).toBeNull());
  expect(input()).toBe(field);
  expect(field.value).toBe('Countess');
});

test('the profile stays on a page whose session has ended, and an update of it waits for the login', async () => {
  endSession();
  await userEvent.click(await screen.findByRole('button', { name: 'Rename Ada Lovelace' }));
  await dialog();
  expect(screen.getByRole('button', { name: /^Rename Augusta Lovelace/ })).toBeTruthy();
  await logInAgain('ada');
  await waitFor(() => expect(countSaved()).toBe(1));
  expect(server.control.users.get('ada').firstName).toBe('Augusta');
});

test('a form is gone after a logout in its own page', async () => {
  await act(async () => {
    void session.logout();
    await browser.nextNavigation();
  });
  expect(screen.queryByLabelText('Nickname')).toBeNull();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a session that ends does not redirect the page to the login', async () => {
  const assign = vi.mocked(location.replace);
  endSession();
  await act(() => session.getAccessToken().catch(() => {}));
  await dialog();
  expect(assign).not.toHaveBeenCalled();
});

test('a user who declines to come back after a logout in another tab is shown the guard', async () => {
  browser.openDocument();
  const other = createSesamySession({ clientId });
  await act(async () => {
    await other.start();
    void other.logout();
    await browser.nextNavigation();
  });
  await dialog();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByLabelText('Nickname')).toBeNull());
  expect(screen.getByRole('button', { name: 'Log in' })).toBeTruthy();
});
