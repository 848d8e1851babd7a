import { ApiError, type Session } from '@sesamy-kit/session';

/** A postal address in Sesamy's profile. */
export interface Address {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly co?: string;
  readonly street?: string;
  readonly zip?: string;
  readonly city?: string;
  readonly country?: string;
}

/** What Sesamy's profile API knows of the signed-in person. Instants are ISO 8601 strings. */
export interface Profile {
  readonly userId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly name?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly locale?: string;
  readonly company?: string;
  readonly mobilePhone?: string;
  readonly workPhone?: string;
  readonly homePhone?: string;
  readonly tags?: readonly string[];
  readonly user_metadata?: Readonly<Record<string, string | number>>;
  readonly billingAddress?: Address;
  readonly deliveryAddress?: Address;
}

/** The fields to change; the others stay as they are. */
export type ProfilePatch = Partial<
  Omit<Profile, 'userId' | 'createdAt' | 'updatedAt' | 'email' | 'emailVerified'>
>;

/**
 * Gets the profile of the signed-in user.
 * @throws AuthError when there are no credentials to send; ApiError when the API says no
 */
export async function fetchProfile(session: Session): Promise<Profile> {
  const answer = await session.fetchJson(profileUrl(session));
  if (isProfile(answer)) return answer;
  throw new ApiError({ status: 200, code: 'unexpected_profile' });
}

/**
 * Changes fields of the profile of the signed-in user.
 * @returns the whole profile where the API answers with it, else `null`
 * @throws AuthError when there are no credentials to send; ApiError when the API says no
 */
export async function patchProfile(session: Session, patch: ProfilePatch): Promise<Profile | null> {
  const answer = await session.fetchJson(profileUrl(session), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  });
  return isProfile(answer) ? answer : null;
}

function profileUrl(session: Session): string {
  return `${session.apiUrl}/client/v1/profile`;
}

/** The rest of the fields are the API's promise; without this one nothing can be told apart. */
function isProfile(value: unknown): value is Profile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'userId' in value &&
    typeof value.userId === 'string'
  );
}
