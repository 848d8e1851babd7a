import { createMockServer } from '@sesamy-kit/mock-server';
import { createSesamySession, type Session } from '@sesamy-kit/react';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest'; // or '@jest/globals'

const clientId = 'publisher-web';
const server = createMockServer({ clients: [{ clientId, callbacks: [`${location.origin}/`] }] });
globalThis.indexedDB = new IDBFactory();
globalThis.fetch = server.fetch;

async function signIn(): Promise<Session> {
  const first = createSesamySession({ clientId });
  const authorizationUrl = await new Promise<string>((openUrl, reject) => {
    first.loginWithRedirect({ openUrl }).catch(reject);
  });
  history.replaceState(null, '', await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const session = createSesamySession({ clientId });
  await session.start();
  return session;
}

test("works with the environment's own AbortSignal and events, through a renewal", async () => {
  const session = await signIn();
  const unsubscribe = session.subscribe(() => {});
  const profile = `${session.apiUrl}/client/v1/profile`;
  const { signal } = new AbortController();
  expect((await session.fetch(profile, { signal })).status).toBe(200);
  expect(await session.getAccessToken({ signal, forceRefresh: true })).toMatch(/^ey/);
  expect(
    await session.fetchJson(profile, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"nickname":"Countess"}',
    }),
  ).toMatchObject({ nickname: 'Countess' });

  server.control.faults.add({ endpoint: 'profile', hang: true });
  const stop = new AbortController();
  const hanging = session.fetch(profile, { signal: stop.signal });
  stop.abort();
  await expect(hanging).rejects.toMatchObject({ code: 'aborted' });
  server.control.restore(server.control.snapshot());
  unsubscribe();
});
