import { ManagementClient } from '@sesamy-kit/server/management';
import type { ManagementClientOptions } from '@sesamy-kit/server/management';
import type { SesamyDouble } from './sesamy-double.js';

/** The secret of all doubles; it must not appear in any error or log. */
export const clientSecret = 's3cr3t-that-must-not-leak';

/** A client that talks to `double`. */
export function clientOf(
  double: SesamyDouble,
  options: ManagementClientOptions = {},
): ManagementClient {
  return new ManagementClient({
    clientId: 'backend',
    clientSecret,
    fetch: double.fetch,
    ...options,
  });
}

/** The error that `promise` rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error('The promise was fulfilled.')),
    (error: unknown) => error,
  );
}
