import type { Profile } from '../profile.js';

/** The profile of a test session's user. */
export interface TestProfile {
  /** What `useProfile` returns; the fields that every profile has are filled in. */
  readonly profile?: Partial<Profile> | undefined;
}
