import type { Profile, User } from '@sesamy-kit/react';

/** The names of a profile, any of which may be missing. */
export type NamesOfProfile = Pick<Partial<Profile>, 'firstName' | 'lastName' | 'name' | 'nickname'>;

/** The display name of a user: from their profile, else from the session. */
export function readerName(profile: NamesOfProfile, user?: User): string {
  const fullName = [profile.firstName, profile.lastName].filter(isText).join(' ');
  const candidates = [fullName, profile.name, profile.nickname, user?.name, user?.nickname];
  return candidates.find(isText) ?? 'Reader';
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
