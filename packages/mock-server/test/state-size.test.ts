import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepState } from '../src/cli/state-file.js';
import type { ServerContext } from '../src/context.js';
import { tokensSection } from '../src/dashboard/sections/tokens.js';
import { readView } from '../src/dashboard/view.js';
import { createMockServer } from '../src/index.js';
import { resolveOptions } from '../src/options.js';
import { RefreshTokenMap } from '../src/refresh-token-map.js';
import { createState, type RefreshToken, remember, type ServerState } from '../src/state.js';
import { createWorld } from './support/world.js';

/** A token whose reads are counted. */
function countedToken(id: number, familyId: string, onRead: () => void): RefreshToken {
  return {
    id: `rt_${id}`,
    token: `rt_${id}.secret`,
    get familyId() {
      onRead();
      return familyId;
    },
    parentId: null,
    get issuedAt() {
      onRead();
      return id;
    },
    spentAt: null,
    uses: [],
  };
}

function stateOfLogins(count: number, onRead: () => void): ServerState {
  const state = createState(resolveOptions({}));
  for (let index = 0; index < count; index += 1) {
    const id = `fam_${index}`;
    state.families.set(id, {
      id,
      clientId: 'publisher-web',
      userId: 'ada',
      sessionId: `ses_${index}`,
      scope: 'openid',
      audience: 'https://api.sesamy.com',
      organization: null,
      issuer: 'https://token.sesamy.com/',
      authenticatedAt: 0,
      createdAt: index,
      lastUsedAt: index,
      revokedAt: null,
      revokedBecause: null,
    });
    state.refreshTokens.set(`rt_${index}`, countedToken(index, id, onRead));
  }
  return state;
}

test('the dashboard lists the newest 50 of 20,000 logins by reading 50 tokens', async () => {
  let reads = 0;
  const state = stateOfLogins(20_000, () => (reads += 1));
  reads = 0;
  const dashboard = {
    server: { state } as ServerContext,
    control: createMockServer().control,
    view: readView('/mock/', new URLSearchParams()),
  };
  const text = String(await tokensSection(dashboard));
  expect([text.split('data-key="fam_19999"').length > 1, text.includes('fam_19949')]).toEqual([
    true,
    false,
  ]);
  expect(text).toContain('50 of 20,000 shown');
  expect(reads).toBe(50);
});

test('a family keeps track of its tokens after they were replaced, evicted and removed', () => {
  const tokens = new RefreshTokenMap();
  const add = (id: number, familyId: string): void =>
    remember(
      tokens,
      `rt_${id}`,
      countedToken(id, familyId, () => undefined),
    );
  add(1, 'fam_a');
  add(2, 'fam_a');
  add(3, 'fam_b');
  add(2, 'fam_b');
  tokens.delete('rt_3');
  const ids = (familyId: string): string[] => tokens.ofFamily(familyId).map(({ id }) => id);
  expect([ids('fam_a'), ids('fam_b')]).toEqual([['rt_1'], ['rt_2']]);
  for (let id = 4; id < 20_004; id += 1) add(id, 'fam_c');
  expect([ids('fam_a'), ids('fam_b'), ids('fam_c').length]).toEqual([[], [], 20_000]);
});

test('a restored server returns the lineage of an earlier token', async () => {
  const before = createWorld();
  const { refresh_token } = await before.tokens();
  await before.refresh(refresh_token);
  const after = createWorld();
  after.server.control.restore(before.server.control.snapshot());
  expect(after.server.control.refreshTokens.lineage(refresh_token)?.tokens).toHaveLength(2);
});

test('the text of a snapshot equals the snapshot as JSON', async () => {
  const world = createWorld({ seed: 1 });
  world.server.control.clock.freeze();
  await world.tokens();
  for (let count = 0; count < 450; count += 1) world.cookie();
  const { control } = world.server;
  expect(JSON.parse([...control.snapshotText()].join(''))).toEqual(
    JSON.parse(JSON.stringify(control.snapshot())),
  );
});

test('a snapshot read while the server works restores its first state', async () => {
  const world = createWorld();
  const { refresh_token } = await world.tokens();
  const pieces = world.server.control.snapshotText()[Symbol.iterator]();
  let text = String(pieces.next().value);
  await world.refresh(refresh_token);
  await world.tokens();
  for (let piece = pieces.next(); !piece.done; piece = pieces.next()) text += piece.value;
  const after = createWorld();
  after.server.control.restore(JSON.parse(text));
  expect(after.server.control.refreshTokens.list()).toHaveLength(1);
  expect((await after.refresh(refresh_token)).status).toBe(200);
});

test('a large state is written in pieces, each in a separate turn of the event loop', async () => {
  const { control } = createMockServer();
  for (let count = 0; count < 4000; count += 1) control.sessions.start({ user: 'ada' });
  const path = join(await mkdtemp(join(tmpdir(), 'sesamy-')), 'state.json');
  let turn = 0;
  const nextTurn = (): void => {
    turn += 1;
    counting = setImmediate(nextTurn);
  };
  let counting = setImmediate(nextTurn);
  const turns: number[] = [];
  const lengths: number[] = [];
  function* watched(): Generator<string> {
    for (const piece of control.snapshotText()) {
      turns.push(turn);
      lengths.push(piece.length);
      yield piece;
    }
  }
  const file = await keepState(
    path,
    { control: { ...control, snapshotText: watched } },
    () => ({}),
    () => undefined,
  );
  clearImmediate(counting);
  const written = [...turns];
  await file.close();
  expect(JSON.parse(await readFile(path, 'utf8')).snapshot.state.sessions).toHaveLength(4000);
  expect(Math.max(...lengths)).toBeLessThan(lengths.reduce((sum, each) => sum + each) / 20);
  expect(new Set(written).size).toBe(written.length);
});
