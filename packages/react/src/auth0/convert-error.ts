import { isAuthError } from '@sesamy-kit/session';
import { toOAuthError } from './errors.js';

/** Resolves like the promise; rejects with an error in Auth0's shape. */
export async function converting<Result>(promise: Promise<Result>): Promise<Result> {
  try {
    return await promise;
  } catch (error) {
    throw convert(error);
  }
}

/** An error of the session in Auth0's shape; any other as it is. */
export function convert(error: unknown): unknown {
  return isAuthError(error) ? toOAuthError(error) : error;
}
