/**
 * Web Locks for tests, which neither Node 20 nor happy-dom has: exclusive locks within this process, granted in the
 * order asked, with `ifAvailable`, `signal` and `query`.
 */
type Callback<T> = (lock: Lock | null) => T | PromiseLike<T>;

/** Makes the locks of a browser in which none is held. */
export function createLocks(): Pick<LockManager, 'request' | 'query'> {
  /** By name, a promise that resolves when every request so far is done. */
  const queues = new Map<string, Promise<void>>();

  async function request<T>(
    name: string,
    ...[optionsOrCallback, maybeCallback]: [Callback<T>] | [LockOptions, Callback<T>]
  ): Promise<T> {
    const options = typeof optionsOrCallback === 'function' ? {} : optionsOrCallback;
    const callback = typeof optionsOrCallback === 'function' ? optionsOrCallback : maybeCallback;
    if (callback === undefined) throw new TypeError('LockManager.request needs a callback');
    options.signal?.throwIfAborted();

    const before = queues.get(name);
    if (before !== undefined && options.ifAvailable === true) return callback(null);

    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const done = Promise.all([before, released]).then(() => {
      if (queues.get(name) === done) queues.delete(name);
    });
    queues.set(name, done);
    try {
      await (options.signal ? Promise.race([before, abortOf(options.signal)]) : before);
      return await callback({ name, mode: 'exclusive' });
    } finally {
      release();
    }
  }

  /** A queue lasts while its lock is held or waited for. */
  async function query(): Promise<LockManagerSnapshot> {
    return { held: [...queues.keys()].map((name) => ({ name, mode: 'exclusive' })), pending: [] };
  }

  return { request, query };
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

Object.defineProperty(navigator, 'locks', { value: createLocks(), configurable: true });
