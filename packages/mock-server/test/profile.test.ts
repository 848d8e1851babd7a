import { expect, test } from 'vitest';
import { createWorld, readJson, type World } from './support/world.js';

test('an update returns the whole profile and is kept', async () => {
  const world = createWorld();
  const headers = await bearer(world);
  world.server.control.clock.advance({ minutes: 1 });
  const changed = await readJson<Record<string, unknown>>(
    await patch(world, headers, { firstName: 'Augusta', tags: ['a'] }),
  );
  const read = await readJson<Record<string, unknown>>(
    await world.send('/client/v1/profile', { headers }),
  );
  expect(changed).toMatchObject({
    firstName: 'Augusta',
    lastName: 'Lovelace',
    name: 'Augusta Lovelace',
    tags: ['a'],
  });
  expect(read).toEqual(changed);
  expect(changed['updatedAt']).not.toBe(changed['createdAt']);
});

test('an updated name is in the next ID token', async () => {
  const world = createWorld();
  const tokens = await world.tokens();
  await patch(world, { authorization: `Bearer ${tokens.access_token}` }, { firstName: 'Augusta' });
  const { id_token } = await readJson<{ id_token: string }>(
    await world.refresh(tokens.refresh_token),
  );
  expect(
    JSON.parse(atob(id_token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))),
  ).toMatchObject({ given_name: 'Augusta' });
});

test.each([
  ['email', { email: 'x@example.com' }],
  ['userId', { userId: 'other' }],
  ['firstName', { firstName: 42 }],
  ['firstName', { firstName: 'x'.repeat(501) }],
  ['tags', { tags: ['a', 1] }],
  ['billingAddress', { billingAddress: { planet: 'Mars' } }],
  ['user_metadata', { user_metadata: { deep: {} } }],
])('an invalid %s is rejected by name', async (field, body) => {
  const world = createWorld();
  const response = await patch(world, await bearer(world), body);
  expect(response.status).toBe(400);
  expect(await readJson(response)).toMatchObject({
    error: {
      code: 'validation_error',
      details: { field, reason: expect.any(String) },
      request_id: expect.stringMatching(/^req_/),
    },
  });
});

test.each(['', 'not json', '[]', '"x"', 'null'])('the body %j is rejected', async (body) => {
  const world = createWorld();
  const response = await world.send('/profile', {
    method: 'PATCH',
    headers: await bearer(world),
    body,
  });
  expect(response.status).toBe(400);
});

test('a token for another audience is rejected', async () => {
  const world = createWorld({ audiences: ['https://news.example'] });
  const { access_token } = await world.tokens({ audience: 'https://news.example' });
  const response = await world.send('/profile', {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(response.status).toBe(401);
});

test('an ID token is rejected as access token', async () => {
  const world = createWorld();
  const { id_token } = await world.tokens();
  const response = await world.send('/profile', {
    headers: { authorization: `Bearer ${id_token}` },
  });
  expect(response.status).toBe(401);
});

test('every response states the rate limit', async () => {
  const world = createWorld();
  const { headers } = await world.send('/profile', { headers: await bearer(world) });
  expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
    '300',
    '299',
  ]);
});

async function bearer(world: World): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${(await world.tokens()).access_token}` };
}

function patch(world: World, headers: HeadersInit, body: unknown): Promise<Response> {
  return world.send('/client/v1/profile', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
    body: JSON.stringify(body),
  });
}
