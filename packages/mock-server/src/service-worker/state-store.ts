import { createStore, del, get, set } from 'idb-keyval';
import type { MockCore } from '../mock-core.js';
import type { CookieJar } from './cookie-jar.js';
import { restoreMock, type SavedMock, saveMock } from './saved-mock.js';

/** Keeps the state of a mock in IndexedDB. */
export interface StateStore {
  /** Puts back what was saved before. A state that cannot be restored is removed. */
  restore(): Promise<void>;
  /** Saves the state. Where the browser denies IndexedDB, warns once: the state then ends with the worker. */
  save(): Promise<void>;
}

const KEY = 'mock';

/** Options of the store. */
export interface StateStoreOptions {
  /** Whether other mocks save their state here meanwhile, so that it is restored every time instead of once. */
  readonly isShared?: boolean;
}

/** Creates the store of one mock. Opens nothing before its first use. */
export function createStateStore(
  core: MockCore,
  jar: CookieJar,
  { isShared = false }: StateStoreOptions = {},
): StateStore {
  const { onWarning } = core.server.options;
  const store = onDemand(() => createStore(`sesamy-mock ${core.server.issuer}`, 'state'));
  let restoring: Promise<void> | null = null;
  let isDenied = false;

  const deny = (): void => {
    if (!isDenied)
      onWarning('IndexedDB is denied: the mock forgets its state when its worker stops.');
    isDenied = true;
  };
  const restore = async (): Promise<void> => {
    let saved: SavedMock | undefined;
    try {
      saved = await get<SavedMock>(KEY, store());
    } catch {
      return deny();
    }
    if (saved === undefined) return;
    try {
      restoreMock(core, jar, saved);
    } catch {
      core.control.reset();
      onWarning('The saved state is of another version of the mock, and was removed.');
      await del(KEY, store()).catch(deny);
    }
  };

  return {
    restore: () => (isShared ? restore() : (restoring ??= restore())),
    save: async () => {
      if (!isDenied) await set(KEY, saveMock(core, jar), store()).catch(deny);
    },
  };
}

function onDemand<Value>(create: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= create());
}
