import { describe, expect, test } from 'vitest';
import { createRecorder } from '../../src/testing/recorded-function.js';

const { record, recordAsync } = createRecorder();

describe('a recorded function', () => {
  test('a recorded function runs its implementation', () => {
    const add = record('add', (one: number, other: number) => one + other);
    expect(add(1, 2)).toBe(3);
  });

  test('a recorded function satisfies the matchers for calls', () => {
    const greet = record('greet', (name: string) => `Hello ${name}`);
    expect(greet).not.toHaveBeenCalled();
    greet('Ada');
    greet('Grace');
    expect(greet).toHaveBeenCalledTimes(2);
    expect(greet).toHaveBeenCalledWith('Ada');
    expect(greet).toHaveBeenNthCalledWith(1, 'Ada');
    expect(greet).toHaveBeenLastCalledWith('Grace');
    expect(greet.mock.lastCall).toEqual(['Grace']);
    expect(greet).toHaveReturnedWith('Hello Ada');
    expect(() => expect(greet).toHaveBeenCalledWith('Alan')).toThrow('"greet"');
  });

  test('a recorded function satisfies the matchers for promises', async () => {
    const load = recordAsync('load', async (id: number) => {
      if (id === 0) throw new Error('Unknown.');
      return id;
    });
    await Promise.allSettled([load(1), load(0)]);
    expect(load).toHaveResolvedWith(1);
    expect(load).toHaveResolvedTimes(1);
    expect(load.mock.settledResults[1]).toMatchObject({ type: 'rejected' });
  });

  test('a recorder counts the calls of all its functions in one order', () => {
    const first = record('first', () => {});
    const second = record('second', () => {});
    first();
    second();
    const [one = 0] = first.mock.invocationCallOrder;
    expect(second.mock.invocationCallOrder).toEqual([one + 1]);
  });

  test('a recorded function records what its implementation throws', () => {
    const fail = record('fail', () => {
      throw new Error('Down.');
    });
    expect(() => fail()).toThrow('Down.');
    expect(fail).toHaveBeenCalledOnce();
    expect(fail.mock.results).toMatchObject([{ type: 'throw', value: new Error('Down.') }]);
  });

  test('mockClear removes the calls and keeps the implementation', async () => {
    const load = recordAsync('load', async () => 1);
    load.mockResolvedValue(2);
    const before = load();
    load.mockClear();
    await before;
    expect(load.mock).toMatchObject({ calls: [], results: [], settledResults: [] });
    expect(await load()).toBe(2);
  });

  test('mockReset restores the initial implementation', async () => {
    const load = recordAsync('load', async () => 1);
    load.mockResolvedValue(2);
    load.mockResolvedValueOnce(3);
    load.mockReset();
    expect(await load()).toBe(1);
    expect(load).toHaveBeenCalledOnce();
  });

  test('replaced implementations for one call apply in their order', async () => {
    const load = recordAsync('load', async () => 1);
    load.mockResolvedValueOnce(2);
    load.mockRejectedValueOnce(new Error('Down.'));
    expect(await load()).toBe(2);
    await expect(load()).rejects.toThrow('Down.');
    expect(await load()).toBe(1);
  });

  test('the functions that replace an implementation can be chained', async () => {
    const load = recordAsync('load', async () => 1);
    const spy = load.mockReset().mockRejectedValue(new Error('Down.')).mockResolvedValueOnce(2);
    expect(await load()).toBe(2);
    await expect(load()).rejects.toThrow('Down.');
    expect(spy).toHaveBeenCalledTimes(2);
    spy.mockRestore();
    expect(await load()).toBe(1);
  });
});
