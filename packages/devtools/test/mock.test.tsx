import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { clientId, openPage, openTab, type TestPage } from './support/panel.js';

const MOCK = 'http://localhost:4400';

/** Opens a page with the devtools, and the mock's control plane in reach of them. */
async function openWithMock(
  mockUrl = MOCK,
): Promise<TestPage & { server: MockServer; card: HTMLElement }> {
  const server = createMockServer({
    ...(mockUrl !== MOCK && { issuer: `${mockUrl}/` }),
    hasControlPlane: true,
    onWarning: () => undefined,
    clients: [{ clientId, callbacks: [`${location.origin}/`] }],
  });
  const page = await openPage(server, { mockUrl });
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    String(input instanceof Request ? input.url : input).startsWith(`${mockUrl}/mock/`)
      ? server.fetch(new Request(input, init))
      : fetch(input, init),
  );
  const view = await openTab(page.user, 'Session');
  const card = await within(view).findByRole('region', { name: 'Mock of Sesamy' });
  return { ...page, server, card };
}

test("the mock's clock is advanced, and shown", async () => {
  const { user, server, card } = await openWithMock();
  expect(card.textContent).toContain('Clock on time');
  await user.click(within(card).getByRole('button', { name: "Advance the mock's clock by 1 h" }));
  await within(card).findByText('1 h ahead');
  expect(server.control.clock.now() - Date.now()).toBeGreaterThan(3_500_000);
  await user.click(within(card).getByRole('button', { name: "Reset the mock's clock" }));
  await within(card).findByText('on time');
});

test('a mock below a path is found there', async () => {
  const { user, server, card } = await openWithMock('http://localhost:4400/demo/sesamy');
  await user.click(within(card).getByRole('button', { name: "Advance the mock's clock by 1 h" }));
  await within(card).findByText('1 h ahead');
  expect(server.control.requests.list({ endpoint: 'other' })).toEqual([]);
});

test('a fault is planned at the mock, and cleared', async () => {
  const { user, server, card } = await openWithMock();
  await user.selectOptions(
    within(card).getByRole('combobox', { name: 'Fault once' }),
    'API is down (503)',
  );
  await user.click(within(card).getByRole('button', { name: 'Plan' }));
  await within(card).findByRole('button', { name: 'Clear 1' });
  expect(server.control.faults.list()).toMatchObject([
    { scope: { endpoint: 'profile' }, effect: { status: 503 }, remaining: 1 },
  ]);
  await user.click(within(card).getByRole('button', { name: 'Clear 1' }));
  await waitFor(() => expect(server.control.faults.list()).toEqual([]));
});

test('every fault that the panel offers is one that the mock accepts', async () => {
  const { user, server, card } = await openWithMock();
  const select = within(card).getByRole<HTMLSelectElement>('combobox', { name: 'Fault once' });
  for (const { value } of [...select.options]) {
    await user.selectOptions(select, value);
    await user.click(within(card).getByRole('button', { name: 'Plan' }));
  }
  await waitFor(() => expect(server.control.faults.list()).toHaveLength(select.options.length));
});

test('planned faults are left to the app by a check of its set-up', async () => {
  const { user, server, card } = await openWithMock();
  const select = within(card).getByRole<HTMLSelectElement>('combobox', { name: 'Fault once' });
  for (const { value } of [...select.options]) {
    await user.selectOptions(select, value);
    await user.click(within(card).getByRole('button', { name: 'Plan' }));
  }
  const count = select.options.length;
  await waitFor(() => expect(server.control.faults.list()).toHaveLength(count));
  const view = await openTab(user, 'Set-up');
  await user.click(within(view).getByRole('button', { name: 'Check set-up' }));
  await within(view).findByRole('row', { name: /api-cors/ });
  expect(server.control.faults.unused()).toHaveLength(count);
});

test('another user is signed in, without the login page', async () => {
  const { user, browser, card } = await openWithMock();
  const users = within(card).getByRole('combobox', { name: 'User' });
  expect(within(users).queryByText('Ada Lovelace')).toBeNull();
  await user.selectOptions(users, 'Grace Hopper');
  const next = browser.nextNavigation();
  await user.click(within(card).getByRole('button', { name: 'Switch' }));
  expect(await next).toMatch(/^https:\/\/app\.publisher\.test\/\?code=/);
});

test('a session that is ended at Sesamy ends here at the next renewal', async () => {
  const { user, session, card } = await openWithMock();
  await user.click(within(card).getByRole('button', { name: 'End session at Sesamy' }));
  await within(card).findByText('End session at Sesamy: done.');
  expect(session.getSnapshot().status).toBe('authenticated');
  const actions = within(card.parentElement!).getByRole('region', { name: 'Actions' });
  await user.click(within(actions).getByRole('button', { name: 'Renew' }));
  await waitFor(() => expect(session.getSnapshot()).toMatchObject({ reason: 'revoked' }));
});

test('the dashboard opens in a tab of its own', async () => {
  const { card } = await openWithMock();
  const link = within(card).getByRole('link', { name: 'Dashboard' });
  expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual([
    `${MOCK}/mock/`,
    '_blank',
  ]);
});

test('no server is asked whether it is a mock unless it is on this machine', async () => {
  const { user, browser } = await openPage(
    createMockServer({ clients: [{ clientId, callbacks: [`${location.origin}/`] }] }),
  );
  await openTab(user, 'Session');
  expect(browser.requests.filter((request) => request.includes('/mock/'))).toEqual([]);
});
