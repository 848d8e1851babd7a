import type { User } from '../users.js';

/** Claims about a user that a scope allows; empty ones are left out. */
export function scopeClaims(user: User, scope: string, issuer: string): Record<string, unknown> {
  const scopes = scope.split(' ');
  const claims: Record<string, unknown> = {};
  if (scopes.includes('profile')) Object.assign(claims, profileClaims(user, issuer));
  if (scopes.includes('email')) {
    Object.assign(claims, { email: user.email, email_verified: user.emailVerified });
  }
  if (scopes.includes('address') && user.billingAddress) {
    const { street, zip, city, country } = user.billingAddress;
    claims['address'] = { street_address: street, postal_code: zip, locality: city, country };
  }
  if (scopes.includes('phone') && user.mobilePhone) claims['phone_number'] = user.mobilePhone;
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** Where a user's picture is: their own, else one drawn by the server. */
export function pictureOf(user: User, issuer: string): string {
  return user.picture ?? `${issuer}avatars/${encodeURIComponent(user.id)}.svg`;
}

function profileClaims(user: User, issuer: string): Record<string, unknown> {
  return {
    name: user.name,
    given_name: user.firstName,
    family_name: user.lastName,
    nickname: user.nickname ?? user.firstName?.toLowerCase(),
    picture: pictureOf(user, issuer),
    locale: user.locale,
    updated_at: Math.floor(user.updatedAt / 1000),
  };
}
