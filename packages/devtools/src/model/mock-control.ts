/** Someone who can log in at the mock. */
export interface MockUser {
  readonly id: string;
  readonly sub: string;
  readonly name: string;
}

/** What the mock is like right now. */
export interface MockView {
  readonly users: readonly MockUser[];
  /** How far its clock is ahead of the browser's. */
  readonly aheadMs: number;
  /** How many planned faults are still to happen. */
  readonly faultsLeft: number;
}

/** The control plane of a mock of Sesamy. */
export interface MockControl {
  readonly dashboardUrl: string;
  readonly look: () => Promise<MockView>;
  readonly advanceClock: (step: Readonly<Record<string, number>>) => Promise<void>;
  readonly resetClock: () => Promise<void>;
  readonly addFault: (fault: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  /** Ends the sessions and refresh tokens of a user, as an administrator would. */
  readonly endSessions: (userId: string) => Promise<void>;
  /** Signs a user in without the login page; resolves to the callback URL. */
  readonly signIn: (authorizationUrl: string, userId: string) => Promise<string>;
}

/** Looks for a mock at a URL; resolves to `null` for none, or one that this page may not control. */
export async function findMock(url: string): Promise<MockControl | null> {
  try {
    // The mock may be below a path.
    const base = new URL('mock/', url.replace(/\/?$/, '/'));
    const response = await fetch(new URL('health', base));
    const health: unknown = await response.json();
    return isMock(health) ? createMockControl(base) : null;
  } catch {
    return null;
  }
}

/** Whether a URL is on this machine, so that asking whether it is a mock bothers no server of others. */
export function isOnThisMachine(url: string): boolean {
  try {
    const { hostname } = new URL(url);
    return /^(?:localhost|.*\.localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
  } catch {
    return false;
  }
}

function createMockControl(base: URL): MockControl {
  async function call(operation: string, ...args: readonly unknown[]): Promise<unknown> {
    const response = await fetch(new URL(`control/${operation}`, base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`The mock rejected ${operation}.`);
    return isRecord(body) ? body['result'] : undefined;
  }

  return {
    dashboardUrl: base.href,
    async look() {
      const [users, now, faults] = await Promise.all([
        call('users/list'),
        call('clock/now'),
        call('faults/list'),
      ]);
      return {
        users: readUsers(users),
        aheadMs: typeof now === 'number' ? now - Date.now() : 0,
        faultsLeft: Array.isArray(faults) ? faults.filter(isDue).length : 0,
      };
    },
    advanceClock: async (step) => void (await call('clock/advance', step)),
    resetClock: async () => void (await call('clock/reset')),
    addFault: async (fault) => void (await call('faults/add', fault)),
    clearFaults: async () => void (await call('faults/clear')),
    async endSessions(user) {
      await call('sessions/end', { user });
      await call('refreshTokens/revoke', { user });
    },
    async signIn(authorizationUrl, user) {
      const callback = await call('signIn', { authorizationUrl, user });
      if (typeof callback !== 'string') throw new Error('The mock sent no callback.');
      return callback;
    },
  };
}

function isMock(health: unknown): boolean {
  return isRecord(health) && health['server'] === 'sesamy-mock';
}

function isDue(fault: unknown): boolean {
  return isRecord(fault) && fault['remaining'] !== 0;
}

function readUsers(users: unknown): readonly MockUser[] {
  if (!Array.isArray(users)) return [];
  return users.flatMap((user: unknown) => {
    if (!isRecord(user)) return [];
    const { id, sub, name } = user;
    return typeof id === 'string' && typeof sub === 'string' && typeof name === 'string'
      ? [{ id, sub, name }]
      : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
