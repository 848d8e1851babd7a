import { ApiError, type Session, type SessionRequestInit } from '@sesamy-kit/session';

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

/** The signed-in user's profile in Sesamy's API. Instants are ISO 8601 strings. */
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

/** The fields to change; the others stay unchanged. */
export type ProfilePatch = Partial<
  Omit<Profile, 'userId' | 'createdAt' | 'updatedAt' | 'email' | 'emailVerified'>
>;

/**
 * Fetches the signed-in user's profile.
 * @throws AuthError when no credentials are available; ApiError when the API refuses
 */
export async function fetchProfile(session: Session): Promise<Profile> {
  const body = await session.fetchJson(profileUrl(session));
  if (isProfile(body)) return body;
  throw new ApiError({ status: 200, code: 'unexpected_profile' });
}

/**
 * Updates fields of the signed-in user's profile.
 * @returns the whole profile if the API returns it, else `null`
 * @throws AuthError when no credentials are available; ApiError when the API refuses
 */
export async function patchProfile(
  session: Session,
  patch: ProfilePatch,
  init?: Pick<SessionRequestInit, 'whenSignedOut'>,
): Promise<Profile | null> {
  const body = await session.fetchJson(profileUrl(session), {
    ...init,
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  });
  return isProfile(body) ? body : null;
}

function profileUrl(session: Session): string {
  return `${session.apiUrl}/client/v1/profile`;
}

/** Checks only `userId`, which identifies the profile; the other fields are trusted. */
function isProfile(value: unknown): value is Profile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'userId' in value &&
    typeof value.userId === 'string'
  );
}
