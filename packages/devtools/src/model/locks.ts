/** Who holds the session's lock, or waits for it. */
export interface LockView {
  readonly holder: 'this tab' | 'another tab' | 'no tab' | 'unknown';
  readonly waiting: number;
}

const UNKNOWN: LockView = { holder: 'unknown', waiting: 0 };

/** Returns the state of the lock of that name. A tab identifies itself by another lock with a unique name. */
export async function readLock(name: string): Promise<LockView> {
  const own = `${name}/devtools/${crypto.randomUUID()}`;
  try {
    return await navigator.locks.request(own, async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      const ownId = held.find((lock) => lock.name === own)?.clientId;
      const holder = held.find((lock) => lock.name === name);
      const waiting = pending.filter((lock) => lock.name === name).length;
      if (holder === undefined) return { holder: 'no tab', waiting };
      return { holder: holder.clientId === ownId ? 'this tab' : 'another tab', waiting };
    });
  } catch {
    // Missing on plain http, or denied.
    return UNKNOWN;
  }
}
