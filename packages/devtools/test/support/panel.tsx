import type { MockServer } from '@sesamy-kit/mock-server';
import { createSesamySession, SesamyProvider, type Session } from '@sesamy-kit/react';
import { render, waitFor, within, type BoundFunctions, type queries } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { StrictMode } from 'react';
import { logIn, openBrowser, type TestBrowser } from '../../../session/test/browser.js';
import { SesamyDevtools, type SesamyDevtoolsProps } from '../../src/index.js';

export const origin = 'https://app.publisher.test';
export const clientId = 'publisher-web';

/** The app's client, as registered at the mock server. */
export const client = { clientId, callbacks: [`${origin}/`] };

/** Queries of what is in the shadow root of the devtools. */
export type PanelQueries = BoundFunctions<typeof queries>;

/** A page with the devtools. */
export interface TestPage {
  readonly browser: TestBrowser;
  readonly session: Session;
  readonly user: UserEvent;
  readonly unmount: () => void;
}

/** Opens a page in StrictMode, with the devtools in it; signed in as Ada unless `user` is `null`. */
export async function openPage(
  server: MockServer,
  { user = 'ada', ...props }: SesamyDevtoolsProps & { readonly user?: string | null } = {},
): Promise<TestPage> {
  const browser = openBrowser(server);
  if (user !== null) await logIn(server, browser, () => createSesamySession({ clientId }), user);
  const session = createSesamySession({ clientId });
  const { unmount } = render(
    <StrictMode>
      <SesamyProvider session={session}>
        <SesamyDevtools {...props} />
      </SesamyProvider>
    </StrictMode>,
  );
  await waitFor(() => panel().getByRole('button', { name: /^Open Sesamy devtools/ }));
  return { browser, session, user: userEvent.setup(), unmount };
}

/** The shadow roots of the devtools in the page. */
export function shadowRoots(): readonly ShadowRoot[] {
  const hosts = [...document.querySelectorAll('[data-sesamy-devtools]')];
  return hosts.flatMap(({ shadowRoot }) => shadowRoot ?? []);
}

/** Queries of what the devtools show. */
export function panel(): PanelQueries {
  const container = shadowRoots()[0]?.querySelector<HTMLElement>('.devtools');
  if (!container) throw new Error('There are no devtools yet.');
  return within(container);
}

/** Opens the panel at a tab. */
export async function openTab(user: UserEvent, name: string): Promise<HTMLElement> {
  const button = panel().queryByRole('button', { name: /^Open Sesamy devtools/ });
  if (button !== null) await user.click(button);
  await user.click(panel().getByRole('tab', { name }));
  return panel().getByRole('tabpanel', { name });
}
