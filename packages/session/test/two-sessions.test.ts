import { createMockServer } from '@sesamy-kit/mock-server';
import { expect, test } from 'vitest';
import { createSesamySession, requireSession, type Session } from '../src/index.js';
import { openBrowser } from './browser.js';

const clientIds = ['publisher-web', 'publisher-games'];

/** Opens a page with two sessions, each with a guard of its own. */
function openPage(): readonly [Session, Session] {
  const [web, games] = clientIds.map((clientId) => createSesamySession({ clientId }));
  return [web!, games!];
}

test('a guard begins no login while the login of another session of the page is completed', async () => {
  const callbacks = [`${location.origin}/`];
  const server = createMockServer({
    clients: clientIds.map((clientId) => ({ clientId, callbacks })),
  });
  const browser = openBrowser(server);
  browser.visit('/arcade?level=2');
  const [, games] = openPage();
  void requireSession(games);
  await browser.go(await browser.nextNavigation(), { user: 'ada' });

  browser.openDocument();
  const [first, second] = openPage();
  const guards = [requireSession(first), requireSession(second)];
  const url = await browser.nextNavigation();
  expect(second.getSnapshot().status).toBe('authenticated');
  expect(await guards[1]).toMatchObject({ given_name: 'Ada' });
  await browser.go(url);

  browser.openDocument();
  const users = await Promise.all(openPage().map((session) => requireSession(session)));
  expect(users).toMatchObject([{ given_name: 'Ada' }, { given_name: 'Ada' }]);
  expect(location.pathname + location.search).toBe('/arcade?level=2');
});
