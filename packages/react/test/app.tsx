import type { MockServer } from '@sesamy-kit/mock-server';
import { render, type RenderResult } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { logIn, openBrowser, type TestBrowser } from '../../session/test/browser.js';
import { createSesamySession, SesamyProvider, type Session } from '../src/index.js';

export const origin = 'https://app.publisher.test';
export const clientId = 'publisher-web';

/** The app's client, as registered at the mock server. */
export const client = { clientId, callbacks: [`${origin}/`] };

/** Renders a page of the app in StrictMode, as a visit or a reload does. */
export function openPage(children: ReactNode, session?: Session): RenderResult {
  const given = session === undefined ? { clientId } : { session };
  return render(
    <StrictMode>
      <SesamyProvider {...given}>{children}</SesamyProvider>
    </StrictMode>,
  );
}

/** Opens a browser in which a user is signed in already. */
export async function openSignedIn(server: MockServer, user = 'ada'): Promise<TestBrowser> {
  const browser = openBrowser(server);
  await logIn(server, browser, () => createSesamySession({ clientId }), user);
  return browser;
}

/** Opens a browser at the callback of a login that began at `returnTo`. */
export async function openCallback(server: MockServer, returnTo: string): Promise<void> {
  const browser = openBrowser(server);
  createSesamySession({ clientId })
    .loginWithRedirect({ returnTo })
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
}

export { logIn, openBrowser, type TestBrowser };
