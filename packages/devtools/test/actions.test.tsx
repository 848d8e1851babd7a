import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { createSesamySession, type Session } from '@sesamy-kit/session';
import { within } from '@testing-library/react';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestSession } from '../../session/src/testing/index.js';
import { createDevtoolsModel } from '../src/model/devtools-model.js';
import { mountSesamyDevtools } from '../src/mount.js';
import { client, clientId, openPage, openTab, panel } from './support/panel.js';

const createServer = (): MockServer => createMockServer({ clients: [client] });

const callApi = ({ apiUrl, fetch }: Session): Promise<Response> =>
  fetch(`${apiUrl}/client/v1/profile`);

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    ({ code }: { readonly code?: unknown }) => code,
  );

describe('the actions', () => {
  test('an expired access token shows as such, and the next call renews it', async () => {
    const server = createServer();
    const { user, session } = await openPage(server);
    const view = await openTab(user, 'Session');
    await user.click(within(view).getByRole('button', { name: 'Expire access token' }));
    await within(view).findByText('Expire access token: done.');
    await within(view).findByText(/^None that is valid/);
    expect((await callApi(session)).status).toBe(200);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    await within(view).findByText('openid profile email offline_access');
  });

  test('Renew renews the tokens, and its failure is shown by its code', async () => {
    const server = createServer();
    const { user } = await openPage(server);
    const view = await openTab(user, 'Session');
    await user.click(within(view).getByRole('button', { name: 'Renew' }));
    await within(view).findByText('Renew: done.');
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    server.control.refreshTokens.revoke({ user: 'ada' });
    await user.click(within(view).getByRole('button', { name: 'Renew' }));
    await within(view).findByText('Renew: login_required.');
    expect(view.textContent).toContain('revoked');
  });

  test('while the network is lost, calls fail and the browser is offline; then both work again', async () => {
    const { user, session } = await openPage(createServer());
    const view = await openTab(user, 'Session');
    const online = navigator.onLine;
    await user.click(within(view).getByRole('button', { name: 'Lose the network' }));
    expect(await codeOf(callApi(session))).toBe('network');
    expect(navigator.onLine).toBe(false);
    await user.click(within(view).getByRole('button', { name: 'Network is lost', pressed: true }));
    expect((await callApi(session)).status).toBe(200);
    expect(navigator.onLine).toBe(online);
  });

  test("while the network is lost, calls by the app's own fetch fail as well", async () => {
    const { unmount } = await openPage(createServer());
    unmount();
    const platform = globalThis.fetch;
    const session = createSesamySession({ clientId, fetch: (...given) => platform(...given) });
    const model = createDevtoolsModel(session);
    onTestFinished(model.stop);
    expect((await callApi(session)).status).toBe(200);
    model.setOffline(true);
    expect(await codeOf(callApi(session))).toBe('network');
  });

  test('a network that is lost is back when the devtools leave', async () => {
    const { user, session, unmount } = await openPage(createServer());
    const view = await openTab(user, 'Session');
    await user.click(within(view).getByRole('button', { name: 'Lose the network' }));
    unmount();
    expect((await callApi(session)).status).toBe(200);
  });

  test('a network that was lost for two sessions is back when both have it back', async () => {
    const { session } = await openPage(createServer());
    const online = navigator.onLine;
    const first = createDevtoolsModel(session);
    const second = createDevtoolsModel(createSesamySession({ clientId: 'another-web' }));
    first.setOffline(true);
    second.setOffline(true);
    first.setOffline(false);
    expect(navigator.onLine).toBe(false);
    expect(await codeOf(callApi(session))).toBe('network');
    second.setOffline(false);
    expect(navigator.onLine).toBe(online);
    expect((await callApi(session)).status).toBe(200);
  });

  test('a required step-up rejects the next call with the options of the login, and only that one', async () => {
    const { user, session } = await openPage(createServer());
    const view = await openTab(user, 'Session');
    await user.click(within(view).getByRole('button', { name: 'Require a step-up' }));
    await expect(callApi(session)).rejects.toMatchObject({
      code: 'login_required',
      loginOptions: { maxAgeSeconds: 0 },
    });
    expect(within(view).getByRole('button', { name: 'Require a step-up' })).toBeTruthy();
    expect((await callApi(session)).status).toBe(200);
  });

  test('a session that is ended elsewhere is signed out, and the time line says so', async () => {
    const { user, session } = await openPage(createServer());
    const view = await openTab(user, 'Session');
    await user.click(within(view).getByRole('button', { name: 'End session elsewhere' }));
    await vi.waitFor(() =>
      expect(session.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' }),
    );
    const timeline = await openTab(user, 'Timeline');
    expect(await within(timeline).findAllByText('reason: logged-out-elsewhere')).toHaveLength(2);
  });
});

describe('the requests', () => {
  test('a call is shown with its outcome, and with both responses if it was renewed in between', async () => {
    const server = createServer();
    const { user, session } = await openPage(server);
    const view = await openTab(user, 'Requests');
    expect(view.textContent).toContain('No call of session.fetch');
    await callApi(session);
    const row = await within(view).findByRole('row', { name: /client\/v1\/profile/ });
    expect(row.textContent).toMatch(/GEThttps:\/\/api\.sesamy\.com\/client\/v1\/profile200\d+ ms$/);
    // Older than 30 s, so that a renewal may help.
    vi.setSystemTime(Date.now() + 60_000);
    server.control.faults.add({ endpoint: 'profile', status: 401 });
    await callApi(session);
    await within(view).findByText('401, renewed, 200');
    vi.useRealTimers();
  });

  test('a call from while the panel was being loaded is shown as well', async () => {
    const { session, unmount } = await openPage(createServer());
    unmount();
    const stop = mountSesamyDevtools(session, { isInitiallyOpen: true });
    await callApi(session);
    await vi.waitFor(() => panel().getByRole('tab', { name: 'Requests' }).click());
    expect(await panel().findByRole('row', { name: /client\/v1\/profile/ })).toBeTruthy();
    stop();
  });

  test('a call that is refused before it is sent is shown by the code of its error', async () => {
    const { user, session } = await openPage(createServer());
    const view = await openTab(user, 'Requests');
    expect(await codeOf(session.fetch('https://elsewhere.test/a?q=secret'))).toBe(
      'invalid_configuration',
    );
    const row = await within(view).findByRole('row', { name: /elsewhere/ });
    expect(row.textContent).toMatch(/https:\/\/elsewhere\.test\/a\?q=…invalid_configuration/);
  });
});

test('the devtools work with a test session, as far as it has something to show', async () => {
  const session = createTestSession({ user: { sub: 'ada' } });
  const stop = mountSesamyDevtools(session, { isInitiallyOpen: true });
  await vi.waitFor(() => panel().getByRole('tabpanel'));
  expect(panel().getByText(/is a test double/)).toBeTruthy();
  expect(panel().getByText('authenticated', { selector: '.pill' })).toBeTruthy();
  stop();
});
