import { AuthError } from '../../src/errors.js';
import { createRefresh, type RefreshPorts } from '../../src/tokens/refresh.js';

export interface Grant {
  readonly generation: number;
  readonly livesSeconds: number;
}

export type Outcome = Parameters<RefreshPorts<Grant>['onSettled']>[0];

export const refusal = new AuthError('login_required', 'The session is over.');
export const atLeast = (seconds: number) => (grant: Grant) => grant.livesSeconds >= seconds;
export const never = (): boolean => false;

/** A server that rotates, and a store that all tabs share. */
export function createWorld(stored: Grant | null = { generation: 1, livesSeconds: 0 }) {
  const world = {
    stored,
    spent: new Set<number>(),
    requests: 0,
    livesSeconds: 3600,
    /** Called while the request is in progress. */
    meanwhile: async (): Promise<void> => {},
    failure: undefined as AuthError | undefined,
  };
  const createTab = (lockName: string) => {
    const outcomes: Outcome[] = [];
    const ports: RefreshPorts<Grant> = {
      lockName,
      onStart() {},
      read: async () => world.stored,
      async request(grant) {
        world.requests++;
        await world.meanwhile();
        if (world.failure !== undefined) throw world.failure;
        if (world.spent.has(grant.generation)) throw refusal;
        world.spent.add(grant.generation);
        return { generation: grant.generation + 1, livesSeconds: world.livesSeconds };
      },
      isRefusal: (error) => error === refusal,
      write: async (grant, spent) => {
        const isExpected = world.stored === spent;
        if (isExpected) world.stored = grant;
        return isExpected;
      },
      clear: async () => void (world.stored = null),
      onSettled: (outcome) => void outcomes.push(outcome),
    };
    return { ports, outcomes, refresh: createRefresh(ports) };
  };
  return { world, createTab };
}
