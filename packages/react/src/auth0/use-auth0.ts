'use client';

import { useContext } from 'react';
import { Auth0Context } from './auth0-context.js';
import type { Auth0ContextInterface, User } from './types.js';

/**
 * Returns the state and the functions of the provider. `TUser` is what the app asserts of its user, as in Auth0's SDK;
 * `userSchema` of a session checks it.
 */
export function useAuth0<TUser extends User = User>(
  context: React.Context<Auth0ContextInterface> = Auth0Context,
): Auth0ContextInterface<TUser> {
  // Auth0's signature: the type of the user is the caller's.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return useContext(context) as Auth0ContextInterface<TUser>;
}
