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

  test('login transactions are found by their state only', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    expect(await transactions.find('s1')).toBe('one');
    expect(await transactions.find('s2')).toBe('two');
    expect(await transactions.find('s3')).toBeUndefined();
    expect(await transactions.find('')).toBeUndefined();
  });

  test('login transactions survive a redirect', async () => {
    await openTransactions('a', openRecordStore).add('s1', 'one');
    expect(await openTransactions('a', openRecordStore).find('s1')).toBe('one');
  });

  test('login transactions of two sessions are separate', async () => {
    await openTransactions('a', openRecordStore).add('s', 'of a');
    expect(await openTransactions('b', openRecordStore).find('s')).toBeUndefined();
  });

  test('login transactions are all kept when many logins start concurrently', async () => {
    const transactions = openTransactions('a', openRecordStore);
    const states = Array.from({ length: 50 }, (_, index) => `s${index}`);
    await Promise.all(states.map((state) => transactions.add(state, state)));
    expect(await Promise.all(states.map((state) => transactions.find(state)))).toEqual(states);
  });

  test('login transactions are found until they are removed', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    await transactions.find('s1');
    await transactions.remove('s1');
    expect(await transactions.find('s1')).toBeUndefined();
    expect(await transactions.find('s2')).toBe('two');
  });

  test('login transactions of a page that is leaving are found by the next page', async () => {
    const added = openTransactions('a', openRecordStore).add('s1', 'one', { isLeaving: true });
    expect(await added).toBe(true);
    expect(await openTransactions('a', openRecordStore).find('s1')).toBe('one');
  });

  test('login transactions of a page that is leaving are gone once they are removed', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one', { isLeaving: true });
    await transactions.remove('s1');
    expect(await transactions.find('s1')).toBeUndefined();
    expect(await openTransactions('a', openRecordStore).find('s1')).toBeUndefined();
  });

  test('login transactions can be removed twice', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.remove('s1');
    await transactions.remove('s1');
    expect(await transactions.find('s1')).toBeUndefined();
  });

  test('login transactions are all removed by clear', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s1', 'one');
    await transactions.add('s2', 'two');
    await transactions.clear();
    expect(await transactions.find('s1')).toBeUndefined();
    expect(await transactions.find('s2')).toBeUndefined();
  });

  test('login transactions expire after ten minutes', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one');
    vi.setSystemTime(Date.now() + 10 * minuteMs - 1);
    expect(await transactions.find('s')).toBe('one');
    vi.setSystemTime(Date.now() + 1);
    expect(await transactions.find('s')).toBeUndefined();
  });

  test('login transactions survive a small clock correction, and expire after a large one', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one');
    vi.setSystemTime(Date.now() - 9 * minuteMs);
    expect(await transactions.find('s')).toBe('one');
    vi.setSystemTime(Date.now() - minuteMs);
    expect(await transactions.find('s')).toBeUndefined();
  });

  test('expired login transactions are removed by the next login', async () => {
    const start = Date.now();
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('old', 'one');
    vi.setSystemTime(start + 11 * minuteMs);
    await transactions.add('new', 'two');
    vi.setSystemTime(start);
    expect(await transactions.find('old')).toBeUndefined();
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'login transactions can have the state %s',
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

describe('a login transaction of a page that is leaving', () => {
  test('waits at most a second for a database that does not open', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    vi.stubGlobal('indexedDB', { open: () => new EventTarget() });
    const transactions = openTransactions('a', openRecordStore);
    const added = transactions.add('s', 'one', { isLeaving: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await added).toBe(true);
    expect(sessionStorage.getItem('a/logins')).toContain('one');
  });

  test('is in the database before the page leaves, and not in the tab', async () => {
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one', { isLeaving: true });
    expect(sessionStorage.getItem('a/logins')).toBe('{}');
    expect(await transactions.find('s')).toBe('one');
  });

  test('stays in the tab if there is no database', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const transactions = openTransactions('a', openRecordStore);
    await transactions.add('s', 'one', { isLeaving: true });
    await transactions.add('t', 'two');
    expect(await transactions.find('s')).toBe('one');
  });

  test('waits for the database if the tab cannot store it', async () => {
    vi.stubGlobal('sessionStorage', undefined);
    const transactions = openTransactions('a', openRecordStore);
    expect(await transactions.add('s', 'one', { isLeaving: true })).toBe(true);
    vi.unstubAllGlobals();
  });
});

describe('invalid stored transactions', () => {
  const createdAt = Date.now();
  const garbage: unknown[] = [
    ...[null, 'text', 7, [], ['s'], { s: null }, { s: 'text' }, { s: {} }, { s: { value: 'v' } }],
    ...[{ s: { createdAt } }, { s: { value: 7, createdAt } }, { s: { value: 'v', createdAt: {} } }],
    { s: { value: 'v', createdAt: Number.NaN } },
    { s: { value: 'v', createdAt: String(createdAt) } },
    { s: { value: 'v', createdAt: { toString: 1, valueOf: 1 } } },
    { s: { value: 'v', createdAt: null } },
  ];

  test.each(garbage)(
    'the stored value %j counts as no transactions and is replaced',
    async (value) => {
      await set('a/logins', value, createStore('sesamy-kit', 'records'));
      vi.setSystemTime(createdAt);
      const transactions = openTransactions('a', openRecordStore);
      expect(await transactions.find('s')).toBeUndefined();
      await transactions.add('t', 'two');
      expect(await transactions.find('t')).toBe('two');
    },
  );

  test.each(['', '{', 'null', '[]', '"a"', '{"s":1}'])(
    'the text %j in sessionStorage counts as no transactions and is replaced',
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

describe('a browser without storage', () => {
  beforeEach(() => {
    vi.stubGlobal('indexedDB', undefined);
    vi.stubGlobal('sessionStorage', undefined);
  });
  afterEach(() => vi.unstubAllGlobals());

  test('without storage a transaction does not survive a redirect, and is kept for a popup', async () => {
    const transactions = openTransactions('a', openRecordStore);
    expect(await transactions.add('s', 'one')).toBe(false);
    expect(await transactions.find('s')).toBe('one');
    await transactions.remove('s');
    expect(await transactions.find('s')).toBeUndefined();
  });
});
