import type { UserSchema } from '../options.js';
import { isUser, type User } from '../user.js';

/** Returns the user that the schema makes of stored claims; `null` if they do not match, or it is asynchronous. */
export function readTypedUser(claims: User | null, schema: UserSchema | undefined): User | null {
  if (claims === null || schema === undefined) return claims;
  const result = schema['~standard'].validate(claims);
  return 'value' in result && isUser(result.value) ? result.value : null;
}
