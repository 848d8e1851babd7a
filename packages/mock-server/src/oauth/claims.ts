import type { User } from '../users.js';

/** The claims of each scope (OIDC Core section 5.4). */
const SCOPE_CLAIMS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'profile',
    [
      'name',
      'given_name',
      'family_name',
      'middle_name',
      'nickname',
      'preferred_username',
      'profile',
      'picture',
      'website',
      'gender',
      'birthdate',
      'zoneinfo',
      'locale',
      'updated_at',
    ],
  ],
  ['email', ['email', 'email_verified']],
  ['address', ['address']],
  ['phone', ['phone_number', 'phone_number_verified']],
]);

/** Every claim about a user that a scope or the `claims` parameter can request. */
export const STANDARD_CLAIMS: readonly string[] = [...SCOPE_CLAIMS.values()].flat();

/** Claims about a user that a scope allows or the `claims` parameter requests; empty ones are left out. */
export function scopeClaims(
  user: User,
  scope: string,
  issuer: string,
  requested: readonly string[] = [],
): Record<string, unknown> {
  const names = scope.split(' ').flatMap((each) => SCOPE_CLAIMS.get(each) ?? []);
  const values = standardClaims(user, issuer);
  const claims: Record<string, unknown> = {};
  for (const name of [...names, ...requested]) {
    if (values[name] !== undefined) claims[name] = values[name];
  }
  return claims;
}

/** Where a user's picture is: their own, else one drawn by the server. */
export function pictureOf(user: User, issuer: string): string {
  return user.picture ?? `${issuer}avatars/${encodeURIComponent(user.id)}.svg`;
}

function standardClaims(user: User, issuer: string): Record<string, unknown> {
  const { standardClaims: more = {}, mobilePhone } = user;
  return {
    name: user.name,
    given_name: user.firstName,
    family_name: user.lastName,
    middle_name: more.middleName,
    nickname: user.nickname ?? user.firstName?.toLowerCase(),
    preferred_username: more.preferredUsername,
    profile: more.profile,
    picture: pictureOf(user, issuer),
    website: more.website,
    gender: more.gender,
    birthdate: more.birthdate,
    zoneinfo: more.zoneinfo,
    locale: user.locale,
    updated_at: Math.floor(user.updatedAt / 1000),
    email: user.email,
    email_verified: user.emailVerified,
    address: addressClaim(user),
    phone_number: mobilePhone,
    phone_number_verified: mobilePhone && (more.phoneNumberVerified ?? false),
  };
}

/** OIDC Core section 5.1.1. */
function addressClaim({ billingAddress }: User): Record<string, unknown> | undefined {
  if (!billingAddress) return undefined;
  const { street, zip, city, country } = billingAddress;
  return { street_address: street, postal_code: zip, locality: city, country };
}
