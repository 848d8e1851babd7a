import { openRecordStore } from '../storage/records.js';
import { IDBFactory } from 'fake-indexeddb';
import { set, createStore } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTransactions } from './transactions.js';

const minuteMs = 60_000;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

describe.each([
  ['with IndexedDB', () => {}],
  ['without IndexedDB', () => vi.stubGlobal('indexedDB', undefined)],
])('login transactions %s', (_where, prepare) => {
  beforeEach(() => prepare());

  test('are found by their state alone', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    expect(await transactions.find('s1')).toBe('one');
    expect(await transactions.find('s2')).toBe('two');
    expect(await transactions.find('s3')).toBeUndefined();
    expect(await transactions.find('')).toBeUndefined();
  });

  test('are found again after the redirect', async () => {
    await openTransactions('a', openRecordStore).add('s1', 'one');
    expect(await openTransactions('a', openRecordStore).find('s1')).toBe('one');
  });

  test('of two sessions do not meet', async () => {
    await openTransactions('a', openRecordStore).add('s', 'of a');
    expect(await openTransactions('b', openRecordStore).find('s')).toBeUndefined();
  });

  test('are all kept when many logins begin at once', async () => {
    const transactions = openTransactions('a', openRecordStore);
    const states = Array.from({ length: 50 }, (_, index) => `s${index}`);
    await Promise.all(states.map((state) => transactions.add(state, state)));
    expect(await Promise.all(states.map((state) => transactions.find(state)))).toEqual(states);
  });

  test('can be found until they are removed, and not after', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    await transactions.find('s1');
    await transactions.remove('s1');
    expect(await transactions.find('s1')).toBeUndefined();
    expect(await transactions.find('s2')).toBe('two');
  });

  test('can be removed twice', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.remove('s1');
    await transactions.remove('s1');
    expect(await transactions.find('s1')).toBeUndefined();
  });

  test('are all forgotten at once', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    await transactions.clear();
    expect(await transactions.find('s1')).toBeUndefined();
    expect(await transactions.find('s2')).toBeUndefined();
  });

  test('end after ten minutes', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one');
    vi.setSystemTime(Date.now() + 10 * minuteMs - 1);
    expect(await transactions.find('s')).toBe('one');
    vi.setSystemTime(Date.now() + 1);
    expect(await transactions.find('s')).toBeUndefined();
  });

  test('survive a clock that is turned back a little and end when it is turned back for good', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one');
    vi.setSystemTime(Date.now() - 9 * minuteMs);
    expect(await transactions.find('s')).toBe('one');
    vi.setSystemTime(Date.now() - minuteMs);
    expect(await transactions.find('s')).toBeUndefined();
  });

  test('that are over leave with the next login', async () => {
    const start = Date.now();
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('old', 'one');
    vi.setSystemTime(start + 11 * minuteMs);
    await transactions.add('new', 'two');
    vi.setSystemTime(start);
    expect(await transactions.find('old')).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'with the state %s are like any other',
    async (state) => {
      const transactions = openTransactions('a', openRecordStore);
      expect(await transactions.find(state)).toBeUndefined();
      await transactions.add(state, 'one');
      expect(await transactions.find(state)).toBe('one');
      await transactions.remove(state);
      expect(await transactions.find(state)).toBeUndefined();
    },
  );
});

describe('garbage where the transactions are kept', () => {
  const createdAt = Date.now();
  const garbage: unknown[] = [
    ...[null, 'text', 7, [], ['s'], { s: null }, { s: 'text' }, { s: {} }, { s: { value: 'v' } }],
    ...[{ s: { createdAt } }, { s: { value: 7, createdAt } }, { s: { value: 'v', createdAt: {} } }],
    { s: { value: 'v', createdAt: Number.NaN } },
    { s: { value: 'v', createdAt: String(createdAt) } },
    { s: { value: 'v', createdAt: { toString: 1, valueOf: 1 } } },
    { s: { value: 'v', createdAt: null } },
  ];

  test.each(garbage)('%j counts as none and gives way', async (value) => {
    await set('a/logins', value, createStore('sesamy-kit', 'records'));
    vi.setSystemTime(createdAt);
    const transactions = openTransactions('a', openRecordStore);
    expect(await transactions.find('s')).toBeUndefined();
    await transactions.add('t', 'two');
    expect(await transactions.find('t')).toBe('two');
  });

  test.each(['', '{', 'null', '[]', '"a"', '{"s":1}'])(
    'the text %j in sessionStorage counts as none and gives way',
    async (text) => {
      vi.stubGlobal('indexedDB', undefined);
      sessionStorage.setItem('a/logins', text);
      const transactions = openTransactions('a', openRecordStore);
      expect(await transactions.find('s')).toBeUndefined();
      await transactions.add('t', 'two');
      expect(await transactions.find('t')).toBe('two');
    },
  );
});

describe('a browser that keeps nothing for the page', () => {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', undefined);
    vi.stubGlobal('sessionStorage', undefined);
  });
  afterEach(() => vi.unstubAllGlobals());

  test('says that a login does not survive a redirect, and keeps it for a popup', async () => {
    const transactions = openTransactions('a', openRecordStore);
    expect(await transactions.add('s', 'one')).toBe(false);
    expect(await transactions.find('s')).toBe('one');
    await transactions.remove('s');
    expect(await transactions.find('s')).toBeUndefined();
  });
});
