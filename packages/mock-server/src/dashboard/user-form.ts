import { checked } from '../control/checked.js';
import { userSchema } from '../schemas.js';
import type { UserOptions } from '../users.js';
import { slugOf } from './slug.js';

/**
 * The user that the form describes; fields left empty are not in it.
 * @throws ControlError when it is not a user of the schema
 */
export function readUser(fields: Readonly<Record<string, string>>): UserOptions {
  const given = (name: string): string => fields[name]?.trim() ?? '';
  const user: Record<string, unknown> = {
    id: given('id') || slugOf(given('firstName')),
    emailVerified: given('emailVerified') === '1',
  };
  for (const name of ['firstName', 'lastName', 'email', 'locale'])
    if (given(name) !== '') user[name] = given(name);
  for (const name of ['organizations', 'permissions'])
    if (given(name) !== '') user[name] = given(name).split(/[\s,]+/);
  return checked(userSchema, user, 'The user');
}
