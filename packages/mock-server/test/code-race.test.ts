import { expect, test } from 'vitest';
import { createWorld, readJson, type Tokens } from './support/world.js';

test('of two concurrent exchanges of one code one succeeds, and the other revokes its tokens', async () => {
  const world = createWorld();
  const code = await world.code();
  const responses = await Promise.all([world.exchange(code), world.exchange(code)]);
  const bodies = await Promise.all(
    responses.map((response) => readJson<Partial<Tokens>>(response)),
  );
  const refreshToken = bodies.find(({ refresh_token }) => refresh_token)?.refresh_token ?? '';
  expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  expect((await world.refresh(refreshToken)).status).toBe(400);
});

test('a wrong verifier does not use up the code', async () => {
  const world = createWorld();
  const code = await world.code();
  await world.exchange(code, { code_verifier: 'w'.repeat(43) });
  expect((await world.exchange(code)).status).toBe(200);
});
