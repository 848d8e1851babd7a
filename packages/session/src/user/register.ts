import type { User, UserIdentity } from '../user.js';

/**
 * Where an app registers the type of its users, for every state, hook, component and guard:
 *
 * ```ts
 * declare module '@sesamy-kit/session' { // or '@sesamy-kit/react'
 *   interface Register {
 *     user: z.infer<typeof userSchema>; // the output of the option "userSchema"
 *   }
 * }
 * ```
 */
export interface Register {}

/** The type of the app's users; {@link User} without a registration. */
export type RegisteredUser = Register extends { readonly user: infer TUser extends UserIdentity }
  ? TUser
  : User;
