import { expect, test } from 'vitest';
import { createWorld, readJson, type Tokens } from './support/world.js';

test('a rotating client gets a new refresh token each time', async () => {
  const world = createWorld();
  const { refresh_token: first } = await world.tokens();
  const { refresh_token: second } = await readJson<Tokens>(await world.refresh(first));
  expect(second).not.toBe(first);
  expect((await world.refresh(second)).status).toBe(200);
});

test('a non-rotating client gets the same refresh token each time', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens({ client_id: 'steady' });
  const again = await readJson<Tokens>(await world.refresh(refresh_token, { client_id: 'steady' }));
  expect(again.refresh_token).toBe(refresh_token);
});

test('within the leeway a spent token mints a sibling and the family stays valid', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens();
  const { refresh_token: child } = await readJson<Tokens>(await world.refresh(refresh_token));
  world.server.control.clock.advance({ seconds: 29 });
  const { refresh_token: sibling } = await readJson<Tokens>(await world.refresh(refresh_token));
  expect(sibling).not.toBe(child);
  expect([(await world.refresh(child)).status, (await world.refresh(sibling)).status]).toEqual([
    200, 200,
  ]);
});

test('reuse after the leeway revokes the newest token of the family too', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens();
  const { refresh_token: child } = await readJson<Tokens>(await world.refresh(refresh_token));
  world.server.control.clock.advance({ seconds: 30 });
  await world.refresh(refresh_token);
  expect((await world.refresh(child)).status).toBe(400);
});

test('without a leeway the second use is reuse immediately', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens({ client_id: 'strict' });
  const both = await Promise.all([
    world.refresh(refresh_token, { client_id: 'strict' }),
    world.refresh(refresh_token, { client_id: 'strict' }),
  ]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
});

test('reuse in one login does not affect another login of the same user', async () => {
  const world = createWorld();
  const one = await world.tokens();
  const other = await world.tokens();
  await world.refresh(one.refresh_token);
  world.server.control.clock.advance({ minutes: 1 });
  await world.refresh(one.refresh_token);
  expect((await world.refresh(other.refresh_token)).status).toBe(200);
});

test('daily use keeps a family alive until its absolute end', async () => {
  const world = createWorld();
  let { refresh_token } = await world.tokens();
  const days: number[] = [];
  for (let day = 1; day <= 8; day += 1) {
    world.server.control.clock.advance({ days: 1 });
    const response = await world.refresh(refresh_token);
    if (!response.ok) break;
    days.push(day);
    ({ refresh_token } = await readJson<Tokens>(response));
  }
  expect(days).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the lineage shows when each token was used and why the family was revoked', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens();
  await world.refresh(refresh_token);
  world.server.control.clock.advance({ seconds: 41 });
  await world.refresh(refresh_token);
  const lineage = world.server.control.refreshTokens.lineage(refresh_token);
  expect(lineage).toMatchObject({
    userId: 'ada',
    clientId: 'publisher-web',
    revokedBecause: expect.stringContaining('spent 41 s ago'),
    tokens: [
      { parentId: null, uses: [{ outcome: 'accepted' }, { outcome: 'refused' }] },
      { parentId: refresh_token.split('.')[0], uses: [] },
    ],
  });
});

test('a lineage never contains a whole token', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens();
  const { refreshTokens } = world.server.control;
  const shown = JSON.stringify(refreshTokens.list()) + refreshTokens.explain(refresh_token);
  expect(shown).not.toContain(refresh_token.split('.')[1]);
});

test('a refreshed ID token keeps its auth_time and has no nonce', async () => {
  const world = createWorld();
  const first = await world.tokens();
  world.server.control.clock.advance({ minutes: 10 });
  const second = await readJson<Tokens>(await world.refresh(first.refresh_token));
  const claims = (token = ''): Record<string, unknown> =>
    JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')));
  expect(claims(second.id_token)['auth_time']).toBe(claims(first.id_token)['auth_time']);
  expect(claims(second.id_token)).not.toHaveProperty('nonce');
});
