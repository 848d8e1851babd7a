import { createMockServer } from '@sesamy-kit/mock-server';
import { createSesamySession } from '@sesamy-kit/session';
import { waitFor, within } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { SesamyDevtools } from '../src/index.js';
import { mountSesamyDevtools } from '../src/mount.js';
import { client, openPage, openTab, panel, shadowRoots } from './support/panel.js';

const createServer = () => createMockServer({ clients: [client] });

describe('the devtools', () => {
  test('the devtools show a button that opens the panel, and Escape closes it and returns the focus', async () => {
    const { user } = await openPage(createServer());
    await user.click(panel().getByRole('button', { name: /^Open Sesamy devtools/ }));
    expect(panel().getByRole('region', { name: 'Sesamy devtools' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(panel().queryByRole('region', { name: 'Sesamy devtools' })).toBeNull();
    const button = panel().getByRole('button', { name: /^Open Sesamy devtools/ });
    expect(shadowRoots()[0]?.activeElement).toBe(button);
  });

  test('the devtools are in the page once in StrictMode, and leave with the component', async () => {
    const { unmount } = await openPage(createServer());
    expect(shadowRoots()).toHaveLength(1);
    unmount();
    await waitFor(() => expect(shadowRoots()).toEqual([]));
  });

  test('the devtools remember over a reload that they were open, and at which tab', async () => {
    const server = createServer();
    const first = await openPage(server);
    await openTab(first.user, 'Storage');
    first.unmount();
    const stop = mountSesamyDevtools(first.session);
    await waitFor(() => panel().getByRole('tabpanel', { name: 'Storage' }));
    stop();
    expect(shadowRoots()).toEqual([]);
  });

  test('the devtools of two sessions on a page are opened one by one', async () => {
    const { user } = await openPage(createServer());
    await openTab(user, 'Storage');
    const stop = mountSesamyDevtools(createSesamySession({ clientId: 'another-web' }));
    await waitFor(() => {
      const [, root] = shadowRoots();
      const container = root?.querySelector<HTMLElement>('.devtools');
      within(container ?? document.body).getByRole('button', { name: /^Open Sesamy devtools/ });
    });
    stop();
  });

  test('the devtools outside a provider need a session', () => {
    expect(() => renderToString(<SesamyDevtools />)).toThrow('pass it a session');
  });

  test('the arrow keys lead from tab to tab', async () => {
    const { user } = await openPage(createServer());
    await openTab(user, 'Session');
    await user.keyboard('{ArrowRight}');
    expect(panel().getByRole('tab', { selected: true }).textContent).toBe('Timeline');
    await user.keyboard('{End}');
    expect(panel().getByRole('tab', { selected: true }).textContent).toBe('Set-up');
    await user.keyboard('{ArrowRight}');
    expect(panel().getByRole('tab', { selected: true }).textContent).toBe('Session');
  });
});

describe('the time line', () => {
  test('the time line shows the events of the session', async () => {
    const server = createServer();
    const { user, session } = await openPage(server);
    await session.renew();
    server.control.refreshTokens.revoke({ user: 'ada' });
    await session.renew().catch(() => {});
    const view = await openTab(user, 'Timeline');
    const entries = within(view).getAllByRole('listitem');
    expect(entries.map(({ textContent }) => textContent.replace(/^[\d:.]+/, ''))).toEqual(
      expect.arrayContaining([
        'eventrenewedby this tab',
        'eventrenewal-failedlogin_required',
        'eventsession-endedreason: revoked',
        'stateunauthenticatedreason: revoked',
      ]),
    );
  });
});

describe('the views', () => {
  test('the session view shows the state, and what the access token is good for', async () => {
    const { user } = await openPage(createServer());
    const view = await openTab(user, 'Session');
    const token = within(view).getByRole('region', { name: 'Access token' });
    await waitFor(() => expect(token.textContent).toMatch(/expiresin 59 min|expiresin 1 h/));
    expect(token.textContent).toContain('openid profile email offline_access');
    expect(token.textContent).toContain('https://api.sesamy.com');
    const state = within(view).getByRole('region', { name: 'State' });
    expect(state.textContent).toContain('authenticated');
  });

  test('the time line shows the states in their order', async () => {
    const { user } = await openPage(createServer(), { user: null });
    const view = await openTab(user, 'Timeline');
    await waitFor(() => expect(view.textContent).toContain('unauthenticated'));
    const entries = within(view).getAllByRole('listitem');
    expect(entries.map(({ textContent }) => textContent.replace(/^[\d:.]+state/, ''))).toEqual([
      'unauthenticatedreason: none',
      'initializing',
    ]);
  });

  test('the storage view names what is stored, and which entries hold a secret', async () => {
    const { user } = await openPage(createServer());
    const view = await openTab(user, 'Storage');
    const row = await within(view).findByRole('row', { name: /\/tokens/ });
    expect(row.textContent).toMatch(/^IndexedDB.*access token and refresh tokenyes$/);
  });

  test('the configuration has every default filled in, and says what the app has set', async () => {
    const { user } = await openPage(createServer());
    const view = await openTab(user, 'Configuration');
    const rowOf = (name: RegExp) => within(view).getByRole('row', { name }).textContent;
    expect(rowOf(/^issuer/)).toBe('issuerhttps://token.sesamy.com/default');
    expect(rowOf(/^clientId/)).toBe('clientIdpublisher-webthe app');
  });

  test('the set-up view checks the page on request, and says what to do', async () => {
    const { user } = await openPage(createServer());
    const view = await openTab(user, 'Set-up');
    expect(within(view).queryByRole('row')).toBeNull();
    await user.click(within(view).getByRole('button', { name: 'Check set-up' }));
    const row = await within(view).findByRole('row', { name: /redirect-uri/ });
    expect(row.textContent).toMatch(/^inforedirect-uri.*npx @sesamy-kit\/doctor/);
    expect(within(view).getByRole('status').textContent).toMatch(/\d+ errors?, \d+ warnings?/);
    expect(within(view).getByRole('row', { name: /react-version/ }).textContent).toMatch(/^ok/);
  });
});
