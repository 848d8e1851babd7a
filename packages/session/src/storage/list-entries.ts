import type { SessionMode } from '../options.js';
import { withDeadline } from '../platform/deadline.js';
import { hasCookie } from './cookies.js';
import { pageShared } from './page-shared.js';
import { DATABASE_NAME, STORE_NAME } from './traces.js';

/** Where an entry is. */
export type StoredIn = 'IndexedDB' | 'localStorage' | 'sessionStorage' | 'cookie' | 'memory';

/** An entry of a session, by name: its value stays where it is. */
export interface StoredEntry {
  readonly name: string;
  readonly where: StoredIn;
  /** What it is for. */
  readonly purpose: string;
  /** Whether a token or code that a script must not send elsewhere is in it. */
  readonly isSecret: boolean;
}

/** What the session reads before its mode is loaded. */
interface ListedSession {
  readonly key: string;
  readonly mode: SessionMode | 'auto';
  readonly hintCookie: string;
}

/** IndexedDB can hang forever, as it did in Safari. */
const RESPONSE_TIMEOUT_MS = 2_000;

const PURPOSES: Readonly<Record<string, readonly [purpose: string, isSecret: boolean]>> = {
  '': ["the user's claims for the first render, or the mark of a logout", false],
  '/tokens': ['access token and refresh token', true],
  '/logins': ['code verifiers of logins, until they are completed', true],
  '/quiet-until': ['when the server may be asked for a session again', false],
  '/revocations': ['refresh tokens that the server has yet to revoke', true],
  '/mode': ['the mode that `auto` has chosen', false],
  '/tab': ["this tab's login: in progress, or when it was completed", true],
};

/** Lists the entries of a session by name. Reads no value. */
export async function listEntries({
  key,
  mode,
  hintCookie,
}: ListedSession): Promise<readonly StoredEntry[]> {
  const stored = await listRecords().catch(() => []);
  const names: readonly (readonly [StoredIn, readonly string[]])[] = [
    ['IndexedDB', stored],
    ['localStorage', namesIn(() => localStorage)],
    ['sessionStorage', namesIn(() => sessionStorage)],
    ['memory', [...pageShared().keys()]],
  ];
  const entries = names.flatMap(([where, found]) =>
    found.flatMap((name) => {
      const [purpose, isSecret] = (name.startsWith(key) && PURPOSES[name.slice(key.length)]) || [];
      return purpose === undefined ? [] : [{ name, where, purpose, isSecret: isSecret === true }];
    }),
  );
  if (mode !== 'token-handler') return entries;
  const handler = { where: 'cookie', isSecret: false } as const;
  return [
    ...entries,
    ...(hasCookie(hintCookie)
      ? [{ ...handler, name: hintCookie, purpose: 'hints that a user may be signed in' }]
      : []),
    { ...handler, name: '(HttpOnly)', purpose: 'the tokens: no script can read them, or see them' },
  ];
}

function namesIn(storage: () => Storage): readonly string[] {
  try {
    return Object.keys(storage());
  } catch {
    // The browser denies it.
    return [];
  }
}

/** Lists the names of the records. Does not create the database. */
async function listRecords(): Promise<readonly string[]> {
  return withDeadline(readRecordNames(), RESPONSE_TIMEOUT_MS, 'No response.');
}

function readRecordNames(): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE_NAME);
    opening.addEventListener('error', () => reject(new Error('IndexedDB cannot be opened.')));
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
    opening.addEventListener('success', () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains(STORE_NAME)) {
        database.close();
        resolve([]);
        return;
      }
      const reading = database.transaction(STORE_NAME).objectStore(STORE_NAME).getAllKeys();
      reading.addEventListener('error', () => reject(new Error('IndexedDB cannot be read.')));
      reading.addEventListener('success', () => {
        database.close();
        resolve(reading.result.filter((name) => typeof name === 'string'));
      });
    });
  });
}
