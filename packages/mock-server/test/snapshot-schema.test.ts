import { describe, expect, test } from 'vitest';
import { ControlError, type Snapshot } from '../src/index.js';
import { createWorld, type World } from './support/world.js';

/** A snapshot with something in every map. */
async function fullSnapshot(world: World): Promise<Snapshot> {
  const tokens = await world.tokens();
  await world.refresh(tokens.refresh_token);
  await world.authorize({ prompt: 'login' });
  world.server.control.management.exhaustRateLimit('backend');
  world.server.control.management.answerListsAs('data');
  const snapshot = world.server.control.snapshot();
  return {
    ...snapshot,
    state: { ...snapshot.state, handlerLogouts: [['session', { at: 1 }]] },
  };
}

/** Paths to everything in a value, such as `['state', 'users', 0, 1, 'sub']`. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => {
    const own = [...path, key];
    return [own, ...pathsOf(Object(value)[key], own)];
  });
}

function withValueAt(value: object, path: readonly (string | number)[], put: unknown): unknown {
  const copy = structuredClone(value);
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => Object(at[key]), Object(copy));
  const last = path.at(-1) ?? '';
  if (put === undefined) delete parent[last];
  else parent[last] = put;
  return copy;
}

test('a snapshot with an entry in every map is restored', async () => {
  const world = createWorld({ seed: 1 });
  const snapshot = await fullSnapshot(world);
  const other = createWorld();
  other.server.control.restore(JSON.parse(JSON.stringify(snapshot)));
  expect(other.server.control.refreshTokens.list()).toHaveLength(1);
});

test('a user with undefined fields is restored', () => {
  const world = createWorld();
  world.server.control.users.add({ id: 'kim', ...({ locale: undefined } as object) });
  world.server.control.restore(world.server.control.snapshot());
  expect(world.server.control.users.get('kim').email).toBe('kim@example.com');
});

describe('an invalid snapshot', () => {
  test.each(['users', 'clients', 'sessions', 'management', 'rateLimits'])(
    'a snapshot without %s is rejected',
    async (name) => {
      const world = createWorld();
      const snapshot = withValueAt(await fullSnapshot(world), ['state', name], undefined);
      expect(() => world.server.control.restore(snapshot)).toThrow(new RegExp(`state\\.${name}`));
      expect(() => world.server.control.restore(snapshot)).toThrow(ControlError);
    },
  );

  test('a snapshot with null in place of a value is rejected', async () => {
    const world = createWorld();
    const snapshot = await fullSnapshot(world);
    const refused: string[] = [];
    for (const path of pathsOf(snapshot)) {
      if (path.includes('management')) continue;
      try {
        world.server.control.restore(withValueAt(snapshot, path, null));
        // Only what may be null in a snapshot of ours is accepted.
        expect(path.at(-1)).toMatch(/[a-z]/i);
      } catch (error) {
        expect(error).toBeInstanceOf(ControlError);
        refused.push(path.join('.'));
      }
    }
    expect(refused).toEqual(
      expect.arrayContaining([
        'now',
        'state.users.0',
        'state.users.0.1',
        'state.sessions.0.1.userId',
      ]),
    );
    expect(refused.length).toBeGreaterThan(200);
  });

  test.each([
    ['a time past the year 9999', ['now'], 8.64e15],
    ['an oldest key after the current one', ['keys', 'oldest'], 1],
    ['a random position of three numbers', ['random'], [1, 2, 3]],
    ['a cookie key of another length', ['cookieKey'], 'AAAA'],
  ])('a snapshot with %s is rejected', async (_, path, value) => {
    const world = createWorld();
    const snapshot = withValueAt(await fullSnapshot(world), path, value);
    expect(() => world.server.control.restore(snapshot)).toThrow(ControlError);
  });

  test('a snapshot with many errors is rejected with the first ten', () => {
    const { control } = createWorld().server;
    for (let count = 0; count < 500; count += 1) control.sessions.start({ user: 'ada' });
    const text = JSON.stringify(control.snapshot()).replaceAll('"userId":"ada"', '"userId":1');
    expect(() => control.restore(JSON.parse(text))).toThrow(
      /state\.sessions\.9\.1\.userId: [^;]+; and 490 more$/,
    );
  });

  test('an invalid snapshot changes nothing', async () => {
    const world = createWorld();
    const { refresh_token } = await world.tokens();
    const snapshot = withValueAt(
      world.server.control.snapshot(),
      ['state', 'management'],
      undefined,
    );
    expect(() => world.server.control.restore(snapshot)).toThrow(ControlError);
    expect(await world.refresh(refresh_token)).toHaveProperty('status', 200);
  });
});
