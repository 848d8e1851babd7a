import type { Profile, User } from '@sesamy-kit/react';

/** The names of a profile, any of which may be missing. */
export type NamesOfProfile = Pick<Partial<Profile>, 'firstName' | 'lastName' | 'name' | 'nickname'>;

/** What we call a reader: the name of their profile, else that of their login. */
export function readerName(profile: NamesOfProfile, user?: User): string {
  const fullName = [profile.firstName, profile.lastName].filter(isText).join(' ');
  const candidates = [fullName, profile.name, profile.nickname, user?.name, user?.nickname];
  return candidates.find(isText) ?? 'Reader';
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
