import { assert, asyncProperty, array, nat } from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { holdLock } from '../../test/support/hold-lock.js';
import {
  createWorld,
  refusal,
  atLeast,
  never,
  type Grant,
} from '../../test/support/refresh-world.js';
import { AuthError } from '../errors.js';
import { createRefresh, withLock, type RefreshPorts } from './refresh.js';

let lockName = '';
let lockCount = 0;
beforeEach(() => {
  lockName = `lock-${lockCount++}`;
});

describe('in one tab', () => {
  test('a usable grant is returned without a request', async () => {
    const { world, createTab } = createWorld({ generation: 1, livesSeconds: 3600 });
    const { refresh, outcomes } = createTab(lockName);
    expect(await refresh(atLeast(10))).toEqual({ generation: 1, livesSeconds: 3600 });
    expect(world.requests).toBe(0);
    expect(outcomes).toEqual([{ grant: world.stored, isNew: false }]);
  });

  test('an unusable grant is renewed and stored', async () => {
    const { world, createTab } = createWorld();
    const { refresh, outcomes } = createTab(lockName);
    expect(await refresh(atLeast(10))).toEqual({ generation: 2, livesSeconds: 3600 });
    expect(world.stored?.generation).toBe(2);
    expect(outcomes).toEqual([{ grant: world.stored, isNew: true }]);
  });

  test('10,000 concurrent callers share one request and one settlement', async () => {
    const { world, createTab } = createWorld();
    const { refresh, outcomes } = createTab(lockName);
    const grants = await Promise.all(Array.from({ length: 10_000 }, () => refresh(atLeast(10))));
    expect(world.requests).toBe(1);
    expect(outcomes).toHaveLength(1);
    expect(new Set(grants)).toEqual(new Set([world.stored]));
  });

  test('callers join a refresh in progress', async () => {
    const { world, createTab } = createWorld();
    const { refresh } = createTab(lockName);
    const joined: Promise<Grant>[] = [];
    world.meanwhile = async () => void joined.push(refresh(atLeast(10)));
    const first = await refresh(atLeast(10));
    expect(await Promise.all(joined)).toEqual([first]);
    expect(world.requests).toBe(1);
  });

  test('a caller that no grant satisfies gets the new grant, after one request', async () => {
    const { world, createTab } = createWorld();
    const { refresh } = createTab(lockName);
    await Promise.all([refresh(atLeast(10)), refresh(never), refresh(never)]);
    expect(world.requests).toBe(1);
  });

  test('callers that a stored grant does not satisfy get another', async () => {
    const { world, createTab } = createWorld({ generation: 1, livesSeconds: 60 });
    const { refresh } = createTab(lockName);
    const [first, second, third] = await Promise.all([
      refresh(atLeast(10)),
      refresh(atLeast(60)),
      refresh(atLeast(600)),
    ]);
    expect([first, second, third]).toEqual([
      { generation: 1, livesSeconds: 60 },
      { generation: 1, livesSeconds: 60 },
      { generation: 2, livesSeconds: 3600 },
    ]);
    expect(world.requests).toBe(1);
  });

  test('a caller that two adopted grants do not satisfy gets a third', async () => {
    const { world, createTab } = createWorld({ generation: 1, livesSeconds: 60 });
    const { refresh } = createTab(lockName);
    const modest = refresh(atLeast(10));
    const middling = refresh((grant) => {
      // Another tab writes a better grant before the second flight reads.
      world.stored = { generation: 2, livesSeconds: 300 };
      return atLeast(300)(grant);
    });
    const demanding = refresh(atLeast(600));
    expect((await modest).livesSeconds).toBe(60);
    expect((await middling).livesSeconds).toBe(300);
    expect((await demanding).livesSeconds).toBe(3600);
    expect(world.requests).toBe(1);
  });

  test('a failed refresh rejects for all callers, settles once, and the next call retries', async () => {
    const { world, createTab } = createWorld();
    const { refresh, outcomes } = createTab(lockName);
    const failure = (world.failure = new AuthError('network', 'Offline.'));
    const results = await Promise.allSettled([1, 2, 3].map(() => refresh(atLeast(10))));
    expect(results).toEqual(results.map(() => ({ status: 'rejected', reason: failure })));
    expect(outcomes).toEqual([{ error: failure }]);
    expect(world.stored?.generation).toBe(1);
    world.failure = undefined;
    expect((await refresh(atLeast(10))).generation).toBe(2);
    expect(world.requests).toBe(2);
  });

  test('a refresh without a grant rejects with login_required and sends no request', async () => {
    const { world, createTab } = createWorld(null);
    const { refresh, outcomes } = createTab(lockName);
    await expect(refresh(atLeast(10))).rejects.toMatchObject({ code: 'login_required' });
    expect(world.requests).toBe(0);
    expect(outcomes).toHaveLength(1);
  });

  test('a grant that cannot be stored is returned, since the old one is used up', async () => {
    const { createTab } = createWorld();
    const { ports } = createTab(lockName);
    const full = new DOMException('full', 'QuotaExceededError');
    const refresh = createRefresh({ ...ports, write: () => Promise.reject(full) });
    expect(await refresh(atLeast(10))).toMatchObject({ generation: 2 });
  });

  test('every caller gets a usable or a new grant, with one request at most', async () => {
    await assert(
      asyncProperty(nat(100), array(nat(100), { minLength: 1 }), async (lives, wishes) => {
        const { world, createTab } = createWorld({ generation: 1, livesSeconds: lives });
        world.livesSeconds = 100;
        const { refresh } = createTab(lockName);
        const grants = await Promise.all(wishes.map((seconds) => refresh(atLeast(seconds))));
        for (const [index, seconds] of wishes.entries()) {
          expect(grants[index]?.livesSeconds).toBeGreaterThanOrEqual(seconds);
        }
        expect(world.requests).toBe(wishes.some((seconds) => seconds > lives) ? 1 : 0);
      }),
    );
  });
});

describe('the settlement', () => {
  test('a refresh settles after the lock is released and before any caller continues', async () => {
    const { createTab } = createWorld();
    const { ports } = createTab(lockName);
    const order: string[] = [];
    let locked: Promise<unknown> | undefined;
    const refresh = createRefresh({
      ...ports,
      onSettled() {
        order.push('settled');
        locked = withLock(lockName, async () => order.push('lock granted again'), 1_000);
      },
    });
    await refresh(atLeast(10)).then(() => order.push('caller'));
    await locked;
    expect(order[0]).toBe('settled');
    expect(order).toHaveLength(3);
  });

  test('a refresh settles once even if the listener throws', async () => {
    const { createTab } = createWorld();
    const { ports } = createTab(lockName);
    const onSettled = vi.fn<RefreshPorts<Grant>['onSettled']>(() => {
      throw new Error('of the app');
    });
    const refresh = createRefresh({ ...ports, onSettled });
    await expect(refresh(atLeast(10))).rejects.toThrow('of the app');
    expect(onSettled).toHaveBeenCalledOnce();
    onSettled.mockImplementation(() => {});
    expect((await refresh(atLeast(10))).generation).toBe(2);
  });
});

describe('several tabs', () => {
  test('fifty tabs that refresh concurrently send one request and trigger no reuse detection', async () => {
    const { world, createTab } = createWorld();
    const tabs = Array.from({ length: 50 }, () => createTab(lockName));
    const grants = await Promise.all(tabs.map(({ refresh }) => refresh(atLeast(10))));
    expect(world.requests).toBe(1);
    expect(new Set(grants.map(({ generation }) => generation))).toEqual(new Set([2]));
    const news = tabs.flatMap(({ outcomes }) => outcomes).filter((o) => 'isNew' in o && o.isNew);
    expect(news).toHaveLength(1);
  });

  test('tabs with other locks do not wait for each other', async () => {
    const one = createWorld();
    const other = createWorld();
    const refreshOther = other.createTab(`${lockName}-other`).refresh;
    one.world.meanwhile = async () => void (await refreshOther(atLeast(10)));
    await one.createTab(lockName).refresh(atLeast(10));
    expect(other.world.requests).toBe(1);
  });

  test("a refresh after another tab's logout rejects with login_required", async () => {
    const { world, createTab } = createWorld();
    const free = await holdLock(lockName);
    const refreshing = createTab(lockName).refresh(atLeast(10));
    world.stored = null;
    await free();
    await expect(refreshing).rejects.toMatchObject({ code: 'login_required' });
    expect(world.requests).toBe(0);
  });
});

describe('a refusal', () => {
  test('a refusal removes the grant', async () => {
    const { world, createTab } = createWorld();
    const { refresh, outcomes } = createTab(lockName);
    world.spent.add(1);
    await expect(refresh(atLeast(10))).rejects.toBe(refusal);
    expect(world.stored).toBeNull();
    expect(outcomes).toEqual([{ error: refusal }]);
  });

  test('a refusal is ignored if another tab has renewed meanwhile', async () => {
    const { world, createTab } = createWorld();
    const { refresh, outcomes } = createTab(lockName);
    const renewed = { generation: 2, livesSeconds: 3600 };
    world.meanwhile = async () => {
      world.spent.add(1);
      world.stored = renewed;
    };
    expect(await refresh(atLeast(10))).toBe(renewed);
    expect(world.stored).toBe(renewed);
    expect(outcomes).toEqual([{ grant: renewed, isNew: false }]);
  });

  test('no other error than a refusal removes the grant', async () => {
    for (const code of [
      'network',
      'timeout',
      'authorization_failed',
      'callback_rejected',
    ] as const) {
      const { world, createTab } = createWorld();
      world.failure = new AuthError(code, 'No.');
      await expect(createTab(lockName).refresh(atLeast(10))).rejects.toMatchObject({ code });
      expect(world.stored?.generation).toBe(1);
    }
  });
});
