import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AuthError,
  createSesamySession,
  isAuthError,
  ReloginBoundary,
  RequireSession,
  useSession,
  useStepUp,
} from '../src/index.js';
import { createTestSession } from '../src/testing/index.js';
import { client, clientId, logIn, openBrowser, openPage, type TestBrowser } from './app.js';

const API = 'https://api.publisher.test';
const options = { clientId, allowedOrigins: [API] };

let server: MockServer;
let browser: TestBrowser;
/** The bodies of the requests that the API has accepted, and how many it has received. */
let accepted: string[] = [];
let received = 0;
let isAnyRefused = false;

beforeEach(async () => {
  server = createMockServer({ clients: [client], sendsAuthenticationClaims: true });
  browser = openBrowser(server);
  accepted = [];
  received = 0;
  isAnyRefused = false;
  const platform = globalThis.fetch;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    return request.url.startsWith(API) ? respond(request) : platform(input, init);
  });
  await logIn(server, browser, () => createSesamySession(options));
});

afterEach(() => {
  vi.useRealTimers();
});

/** An API that requires the authentication context class `mfa`. @see RFC 9470 section 3 */
async function respond(request: Request): Promise<Response> {
  received += 1;
  const [, payload = ''] = (request.headers.get('authorization') ?? '').split('.');
  const { acr } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (acr === 'mfa' && !isAnyRefused) {
    accepted.push(await request.text());
    return Response.json({ isDone: true });
  }
  const challenge = 'Bearer error="insufficient_user_authentication", acr_values="mfa"';
  return new Response(null, { status: 401, headers: { 'www-authenticate': challenge } });
}

function CloseAccount(): ReactNode {
  const { fetchJson } = useSession();
  const { run, challenge, error, isLoggingIn, confirm, cancel } = useStepUp();
  const [outcome, setOutcome] = useState('');
  const close = (): void => {
    run(() => fetchJson(`${API}/account`, { method: 'DELETE', body: 'reason=moving' })).then(
      (body) => setOutcome(`Closed ${JSON.stringify(body)}`),
      (failure: unknown) => setOutcome(isAuthError(failure) ? failure.code : String(failure)),
    );
  };
  return (
    <>
      <button type="button" onClick={close}>
        Close account
      </button>
      {challenge !== null && (
        <dialog open aria-busy={isLoggingIn}>
          <button type="button" onClick={() => void confirm()}>
            Confirm
          </button>
          <button type="button" onClick={() => void confirm('redirect')}>
            Confirm on the login page
          </button>
          <button type="button" onClick={cancel}>
            Cancel
          </button>
          {error !== null && <p role="alert">{error.code}</p>}
        </dialog>
      )}
      <output>{outcome}</output>
    </>
  );
}

const press = (name: string): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name }));

/** Opens the page, and lets the API refuse. */
async function openRefused(): Promise<void> {
  openPage(<CloseAccount />, createSesamySession(options));
  await press('Close account');
  await screen.findByRole('dialog');
}

/** Logs in in the window that the page has opened. */
async function logInByWindow(user: string): Promise<void> {
  const opener = location.href;
  await browser.go(await browser.popups.last().url, { user });
  await createSesamySession(options).start();
  browser.visit(opener);
}

describe('useStepUp', () => {
  test('useStepUp logs in as the API requires, and sends the request again', async () => {
    await openRefused();
    await press('Confirm');
    const url = new URL(await browser.popups.last().url);
    expect(url.searchParams.get('acr_values')).toBe('mfa');
    await logInByWindow('ada');
    expect(await screen.findByText('Closed {"isDone":true}')).toBeDefined();
    expect(accepted).toEqual(['reason=moving']);
    expect(received).toBe(2);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('useStepUp sends nothing while the user has not decided, and rejects with aborted when they decline', async () => {
    await openRefused();
    expect(received).toBe(1);
    await press('Cancel');
    expect(await screen.findByText('aborted')).toBeDefined();
    expect(received).toBe(1);
  });

  test('useStepUp keeps the call waiting when the window is closed, for another try', async () => {
    await openRefused();
    await press('Confirm');
    await browser.popups.last().url;
    browser.popups.last().close();
    expect((await screen.findByRole('alert')).textContent).toBe('popup_closed');
    await press('Confirm');
    await logInByWindow('ada');
    expect(await screen.findByText('Closed {"isDone":true}')).toBeDefined();
  });

  test('useStepUp does not send the request of one user for another', async () => {
    await openRefused();
    await press('Confirm');
    await logInByWindow('grace');
    expect(await screen.findByText('user_changed')).toBeDefined();
    expect(accepted).toEqual([]);
    expect(received).toBe(1);
  });

  test('useStepUp tells that the window was blocked, and can leave for the login page instead', async () => {
    browser.popups.areAllowed = false;
    await openRefused();
    await press('Confirm');
    expect((await screen.findByRole('alert')).textContent).toBe('popup_blocked');
    await press('Confirm on the login page');
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('acr_values')).toBe('mfa');
  });

  test('useStepUp closes the window of the login when the user declines, and the next call starts afresh', async () => {
    await openRefused();
    await press('Confirm');
    await browser.popups.last().url;
    await press('Cancel');
    expect(await screen.findByText('aborted')).toBeDefined();
    expect(browser.popups.last().isClosed).toBe(true);
    await press('Close account');
    await waitFor(() => expect(received).toBe(2));
    expect(await screen.findByRole('dialog')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('dialog').getAttribute('aria-busy')).toBe('false');
  });

  test('useStepUp sends the request again only once', async () => {
    await openRefused();
    isAnyRefused = true;
    await press('Confirm');
    await logInByWindow('ada');
    expect(await screen.findByText('login_required')).toBeDefined();
    expect(received).toBe(2);
  });
});

describe('RequireSession with a required login', () => {
  const guarded = (
    <RequireSession acrValues="mfa" fallback={<p>Checking</p>}>
      <p>Secret</p>
    </RequireSession>
  );

  test('RequireSession redirects a user whose login is too weak, and renders its children after the login', async () => {
    openPage(guarded, createSesamySession(options));
    expect(screen.queryByText('Secret')).toBeNull();
    const url = await browser.nextNavigation();
    expect(new URL(url).searchParams.get('acr_values')).toBe('mfa');
    expect(screen.getByText('Checking')).toBeDefined();
    await browser.go(url, { user: 'ada' });
    document.body.replaceChildren();
    openPage(guarded, createSesamySession(options));
    expect(await screen.findByText('Secret')).toBeDefined();
  });

  test('RequireSession accepts a login that is young enough, and no older one', async () => {
    const recent = (
      <RequireSession maxAgeSeconds={600}>
        <p>Secret</p>
      </RequireSession>
    );
    const { unmount } = openPage(recent, createSesamySession(options));
    expect(await screen.findByText('Secret')).toBeDefined();
    unmount();
    browser.advanceClock(700);
    server.control.clock.advance({ seconds: 700 });
    openPage(recent, createSesamySession(options));
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('max_age')).toBe('600');
    expect(screen.queryByText('Secret')).toBeNull();
  });

  test('RequireSession requests a scope that the login was not for', async () => {
    openPage(
      <RequireSession scope="payments">
        <p>Secret</p>
      </RequireSession>,
      createSesamySession(options),
    );
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('scope')?.split(' ')).toContain('payments');
  });

  test('RequireSession renders an error when it cannot learn how the user logged in, and logs in on request', async () => {
    const session = createTestSession({ user: { sub: 'ada' } });
    session.info.mockRejectedValue(new AuthError('network', 'The server is unreachable.'));
    openPage(guarded, session);
    expect((await screen.findByRole('alert')).textContent).toContain('unreachable');
    expect(screen.queryByText('Secret')).toBeNull();
    await press('Log in');
    expect(session.loginWithRedirect).toHaveBeenCalledWith({ acrValues: 'mfa' });
  });

  test('RequireSession renders its children after a login by popup from its error slot, although the first check had failed', async () => {
    const session = createSesamySession(options);
    const { info } = session;
    let isReachable = false;
    vi.spyOn(session, 'info').mockImplementation(async () => {
      if (isReachable) return info();
      throw new AuthError('network', 'The server is unreachable.');
    });
    function Slot(): ReactNode {
      const { loginWithPopup } = useSession();
      return (
        <button type="button" onClick={() => void loginWithPopup({ acrValues: 'mfa' })}>
          Log in in a window
        </button>
      );
    }
    openPage(
      <RequireSession acrValues="mfa" error={() => <Slot />} fallback={<p>Checking</p>}>
        <p>Secret</p>
      </RequireSession>,
      session,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Log in in a window' }));
    isReachable = true;
    await logInByWindow('ada');
    expect(await screen.findByText('Secret')).toBeDefined();
  });

  test('RequireSession ignores the failure of a check for a login that it no longer requires', async () => {
    const session = createTestSession({ user: { sub: 'ada' } });
    const known = await session.info();
    let fail = (_error: AuthError): void => {};
    session.info.mockResolvedValue(known && { ...known, acr: 'otp' });
    session.info.mockImplementationOnce(() => new Promise((_resolve, reject) => (fail = reject)));
    function Page(): ReactNode {
      const [acrValues, setAcrValues] = useState('mfa');
      return (
        <>
          <button type="button" onClick={() => setAcrValues('otp')}>
            Continue
          </button>
          <RequireSession acrValues={acrValues} fallback={<p>Checking</p>}>
            <p>Secret</p>
          </RequireSession>
        </>
      );
    }
    openPage(<Page />, session);
    await press('Continue');
    await screen.findByText('Secret');
    await act(async () => fail(new AuthError('network', 'The server is unreachable.')));
    expect(screen.getByText('Secret')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('ReloginBoundary requires the same login as RequireSession', async () => {
    openPage(
      <ReloginBoundary acrValues="mfa" fallback={<p>Checking</p>}>
        <p>Secret</p>
      </ReloginBoundary>,
      createSesamySession(options),
    );
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('acr_values')).toBe('mfa');
    expect(screen.getByText('Checking')).toBeDefined();
    expect(screen.queryByText('Secret')).toBeNull();
  });

  test('RequireSession renders the error of a login that was not completed, and does not start another', async () => {
    const { unmount } = openPage(guarded, createSesamySession(options));
    await browser.go(await browser.nextNavigation(), { action: 'cancel' });
    unmount();
    openPage(guarded, createSesamySession(options));
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(screen.queryByText('Secret')).toBeNull();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Log in' })).toBeDefined());
    expect(location.replace).toHaveBeenCalledOnce();
  });
});
