import type { ClientOptions } from './clients.js';
import type { Lifetimes, MockServerOptions } from './options.js';
import type { Address, StandardClaims, User } from './users.js';

const ROOT_NAMES = namesOf<MockServerOptions & { readonly $schema?: string }>({
  $schema: true,
  issuer: true,
  customDomains: true,
  clients: true,
  users: true,
  vendorId: true,
  seed: true,
  fidelity: true,
  lifetimes: true,
  defaultAudience: true,
  audiences: true,
  requiresOfflineAccess: true,
  sendsIssParameter: true,
  sendsAuthenticationClaims: true,
  hasUserinfoCors: true,
  sessionCookieScope: true,
  enforcesRateLimits: true,
  hasControlPlane: true,
  controlToken: true,
  onWarning: true,
});

const LIFETIME_NAMES = namesOf<Lifetimes>({
  accessTokenSeconds: true,
  managementTokenSeconds: true,
  codeSeconds: true,
  loginSeconds: true,
  sessionIdleSeconds: true,
  sessionAbsoluteSeconds: true,
  refreshTokenIdleSeconds: true,
  refreshTokenAbsoluteSeconds: true,
});

const CLIENT_NAMES = namesOf<ClientOptions>({
  clientId: true,
  name: true,
  type: true,
  secretHash: true,
  clientSecret: true,
  callbacks: true,
  logoutUrls: true,
  webOrigins: true,
  grantTypes: true,
  refreshToken: true,
  scopes: true,
  isActive: true,
});

const REFRESH_TOKEN_NAMES = namesOf<ClientOptions['refreshToken'] & object>({
  rotation: true,
  leewaySeconds: true,
});

const USER_NAMES = namesOf<User>({
  id: true,
  sub: true,
  email: true,
  emailVerified: true,
  name: true,
  firstName: true,
  lastName: true,
  nickname: true,
  picture: true,
  locale: true,
  mobilePhone: true,
  workPhone: true,
  homePhone: true,
  company: true,
  tags: true,
  user_metadata: true,
  billingAddress: true,
  deliveryAddress: true,
  organizations: true,
  permissions: true,
  standardClaims: true,
  isBlocked: true,
  // Of a user that `control.users` has returned.
  createdAt: true,
  updatedAt: true,
});

const ADDRESS_NAMES = namesOf<Address>({
  country: true,
  zip: true,
  city: true,
  street: true,
  co: true,
  firstName: true,
  lastName: true,
});

const STANDARD_CLAIM_NAMES = namesOf<StandardClaims>({
  middleName: true,
  preferredUsername: true,
  profile: true,
  website: true,
  gender: true,
  birthdate: true,
  zoneinfo: true,
  phoneNumberVerified: true,
});

/** An option that is an object, or a list of objects. */
type Part =
  | 'lifetimes'
  | 'clients'
  | 'refreshToken'
  | 'users'
  | 'billingAddress'
  | 'deliveryAddress'
  | 'standardClaims';

/** The names of the fields of each part of the options, and of the options themselves (`''`). */
export const OPTION_NAMES: Readonly<Record<'' | Part, readonly string[]>> = {
  '': ROOT_NAMES,
  lifetimes: LIFETIME_NAMES,
  clients: CLIENT_NAMES,
  refreshToken: REFRESH_TOKEN_NAMES,
  users: USER_NAMES,
  billingAddress: ADDRESS_NAMES,
  deliveryAddress: ADDRESS_NAMES,
  standardClaims: STANDARD_CLAIM_NAMES,
};

/** The compiler checks that all names are there. */
function namesOf<Options extends object>(
  names: Readonly<Record<keyof Options & string, true>>,
): readonly string[] {
  return Object.keys(names);
}
