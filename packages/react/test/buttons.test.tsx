import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef, StrictMode } from 'react';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  createSesamySession,
  LoginButton,
  LogoutButton,
  SesamyProvider,
  type AuthError,
} from '../src/index.js';
import { client, openBrowser, openPage, openSignedIn, origin } from './app.js';

let server: MockServer;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
});

test("a button's ref is its element", async () => {
  openBrowser(server);
  const login = createRef<HTMLButtonElement>();
  const logout = createRef<HTMLButtonElement>();
  openPage(
    <>
      <LoginButton ref={login} />
      <LogoutButton ref={logout} />
    </>,
  );
  expect(login.current).toBe(await screen.findByRole('button', { name: 'Log in' }));
  expect(logout.current).toBe(screen.getByRole('button', { name: 'Log out' }));
});

describe('LoginButton', () => {
  test.each<[string, (button: HTMLElement) => Promise<void> | void]>([
    ['the pointer is over it', (button) => userEvent.hover(button)],
    ['it has the focus', () => userEvent.tab()],
  ])("LoginButton preloads the login when %s, after the app's handlers", async (_when, act) => {
    openBrowser(server);
    const session = createSesamySession({ clientId: client.clientId });
    const done: string[] = [];
    const preloadLogin = async (): Promise<void> => void done.push('preload');
    render(
      <StrictMode>
        <SesamyProvider session={{ ...session, preloadLogin }}>
          <LoginButton onPointerEnter={() => done.push('own')} onFocus={() => done.push('own')} />
        </SesamyProvider>
      </StrictMode>,
    );
    const button = await screen.findByRole('button');
    expect(done).toEqual([]);
    await act(button);
    expect(done).toEqual(['own', 'preload']);
  });

  test.each([
    ['loads the code of the login when the page is idle', false, ['preload']],
    ['loads nothing ahead when the user saves data', true, []],
  ])('LoginButton %s', (_what, saveData, expected) => {
    openBrowser(server);
    vi.stubGlobal('requestIdleCallback', (task: () => void) => {
      task();
      return 1;
    });
    vi.stubGlobal('cancelIdleCallback', () => {});
    Object.assign(navigator, { connection: { saveData } });
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'connection'));
    const done: string[] = [];
    const session = createSesamySession({ clientId: client.clientId });
    const preloadLogin = async (): Promise<void> => void done.push('preload');
    render(
      <StrictMode>
        <SesamyProvider session={{ ...session, preloadLogin }}>
          <LoginButton />
        </SesamyProvider>
      </StrictMode>,
    );
    expect([...new Set(done)]).toEqual(expected);
  });

  test('LoginButton redirects to the login, busy and disabled meanwhile', async () => {
    const browser = openBrowser(server);
    openPage(<LoginButton />);
    const button = screen.getByRole('button', { name: 'Log in' });
    await userEvent.click(button);
    expect(await browser.nextNavigation()).toMatch(/^https:\/\/token\.sesamy\.com\/authorize\?/);
    await waitFor(() => expect(button.getAttribute('aria-busy')).toBe('true'));
    expect(button).toHaveProperty('disabled', true);
  });

  test('LoginButton takes the props of a button, and does not submit a form', async () => {
    openBrowser(server);
    openPage(
      <LoginButton className="large" title="Members" data-place="header">
        Sign in
      </LoginButton>,
    );
    const button = await screen.findByRole('button', { name: 'Sign in' });
    expect(button.className).toBe('sesamy-login-button large');
    expect(button).toMatchObject({ type: 'button', title: 'Members' });
    expect(button.dataset['place']).toBe('header');
  });

  test.each([
    ['LoginButton', LoginButton, 'sesamy-login-button'],
    ['LogoutButton', LogoutButton, 'sesamy-logout-button'],
  ])('%s has exactly one class without a className', async (_name, Button, className) => {
    openBrowser(server);
    openPage(<Button />);
    expect((await screen.findByRole('button')).className).toBe(className);
  });

  test('LoginButton passes its options to the login', async () => {
    const browser = openBrowser(server);
    openPage(<LoginButton loginOptions={{ screenHint: 'signup' }} />);
    await userEvent.click(screen.getByRole('button'));
    expect(await browser.nextNavigation()).toContain('screen_hint=signup');
  });

  test('LoginButton calls onError with the error of a failed login', async () => {
    const browser = openBrowser(server);
    const onError = vi.fn<(error: AuthError) => void>();
    openPage(<LoginButton onError={onError} />);
    await userEvent.click(screen.getByRole('button'));
    await browser.nextNavigation();
    await screen.findByRole('button', { busy: true });
    // As when Back leads out of the back/forward cache.
    await act(async () =>
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
    );
    await waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'aborted' });
  });

  test('LoginButton does nothing if onClick prevents the default', async () => {
    openBrowser(server);
    openPage(<LoginButton onClick={(event) => event.preventDefault()} />);
    await userEvent.click(screen.getByRole('button'));
    expect(location.assign).not.toHaveBeenCalled();
  });
});

describe('LogoutButton', () => {
  test('LogoutButton ends the session and redirects', async () => {
    const browser = await openSignedIn(server);
    await Promise.resolve(vi.mocked(location.assign).mockClear());
    openPage(<LogoutButton logoutOptions={{ returnTo: '/bye' }} />);
    const button = screen.getByRole('button', { name: 'Log out' });
    await userEvent.click(button);
    const url = new URL(await browser.nextNavigation());
    expect(url.pathname).toBe('/v2/logout');
    expect(url.searchParams.get('returnTo')).toBe(`${origin}/bye`);
    expect(button.getAttribute('aria-busy')).toBe('true');
  });
});
