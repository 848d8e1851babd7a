import type { Profile } from '@sesamy-kit/react';

import type { Reader } from '../user-schema.js';

/** The names of a profile, any of which may be missing. */
export type NamesOfProfile = Pick<Partial<Profile>, 'firstName' | 'lastName' | 'name' | 'nickname'>;

/** The display name of a user: from their profile, else from the session. */
export function readerName(
  profile: NamesOfProfile,
  user?: Pick<Reader, 'name' | 'nickname'>,
): string {
  const fullName = [profile.firstName, profile.lastName].filter(isText).join(' ');
  const candidates = [fullName, profile.name, profile.nickname, user?.name, user?.nickname];
  return candidates.find(isText) ?? 'Reader';
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
