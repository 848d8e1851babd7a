import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { moveTokens, removeRevocation } from './raw-records.js';
import { recordNames, UNTIL_LOGIN } from './record-names.js';
import { openMemoryStore } from './memory-records.js';
import { createDatabase, openRecordStore, type RecordStore } from './records.js';

const names = recordNames('sesamy-kit:publisher-web');

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

const openRecords = (): RecordStore => openRecordStore(openMemoryStore, createDatabase());

test('moveTokens moves the refresh token to the revocations and keeps those that are pending', async () => {
  const records = openRecords();
  await records.put(names.tokens, { refreshToken: 'second' });
  await records.put(names.revocations, ['first']);
  expect(await moveTokens(names)).toBe('second');
  expect(await records.get(names.tokens)).toBeUndefined();
  expect(await records.get(names.revocations)).toEqual(['first', 'second']);
  expect(await records.get(names.quietUntil)).toBe(UNTIL_LOGIN);
});

test('moveTokens without a token record sets only the end of the probe pause', async () => {
  const records = openRecords();
  await records.put(names.revocations, ['first']);
  expect(await moveTokens(names)).toBeUndefined();
  expect(await records.get(names.revocations)).toEqual(['first']);
  expect(await records.get(names.quietUntil)).toBe(UNTIL_LOGIN);
});

test('removeRevocation removes one token', async () => {
  const records = openRecords();
  await records.put(names.revocations, ['first', 'second']);
  await removeRevocation(names, 'second');
  expect(await records.get(names.revocations)).toEqual(['first']);
});

test('moveTokens rejects if the database exists without its store', async () => {
  await new Promise((resolve) => {
    const opening = indexedDB.open('sesamy-kit');
    opening.addEventListener('success', () => {
      opening.result.close();
      resolve(undefined);
    });
  });
  await expect(moveTokens(names)).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('moveTokens does not create a database without its store', async () => {
  await expect(moveTokens(names)).rejects.toBeDefined();
  expect(await indexedDB.databases()).toEqual([]);
  const records = openRecords();
  await records.put(names.tokens, { refreshToken: 'later' });
  expect(records.isLasting).toBe(true);
});
