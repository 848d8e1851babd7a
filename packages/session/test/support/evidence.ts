import { vi } from 'vitest';

/** Everything that a script of the page can read back after a reload, as text. */
export async function everythingStored(): Promise<string> {
  return JSON.stringify([
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    await recordsOf(indexedDB),
    document.cookie,
    history.state,
    location.href,
  ]);
}

/** Everything that is posted to other pages from now on, as text on request. */
export function listenToPages(): () => string {
  const post = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
  return () => JSON.stringify(post.mock.calls);
}

/** What tokens of the mock look like: a JWT, a refresh token, a cookie of the token handler. */
export const TOKEN = /eyJ|rt_/;

async function recordsOf(factory: IDBFactory): Promise<unknown[]> {
  const databases = await factory.databases();
  const all = databases.map(async ({ name = '' }) => {
    const database = await resultOf(factory.open(name));
    const stores = [...database.objectStoreNames].map((store) =>
      resultOf(database.transaction(store).objectStore(store).getAll()),
    );
    const records = await Promise.all(stores);
    database.close();
    return records;
  });
  return Promise.all(all);
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
