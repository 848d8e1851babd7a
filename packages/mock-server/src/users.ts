/** A postal address of a profile. */
export interface Address {
  readonly country?: string;
  readonly zip?: string;
  readonly city?: string;
  readonly street?: string;
  readonly co?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** What a user may change through the profile API. */
export interface ProfileFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly nickname?: string;
  readonly picture?: string;
  readonly locale?: string;
  readonly mobilePhone?: string;
  readonly workPhone?: string;
  readonly homePhone?: string;
  readonly company?: string;
  readonly tags?: readonly string[];
  readonly user_metadata?: Readonly<Record<string, string | number>>;
  readonly billingAddress?: Address;
  readonly deliveryAddress?: Address;
}

/** Claims of OIDC Core section 5.1 that Sesamy's profile lacks. */
export interface StandardClaims {
  readonly middleName?: string;
  readonly preferredUsername?: string;
  /** URL of the profile page. */
  readonly profile?: string;
  readonly website?: string;
  readonly gender?: string;
  /** `YYYY-MM-DD`. */
  readonly birthdate?: string;
  /** Such as `Europe/Stockholm`. */
  readonly zoneinfo?: string;
  /** Whether `mobilePhone` is verified. Default false. */
  readonly phoneNumberVerified?: boolean;
}

/** Someone who can log in. */
export interface User extends ProfileFields {
  /** Short name for tests and the login page, such as `ada`. */
  readonly id: string;
  /** The `sub` claim and the profile's `userId`. */
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  /** Ids of the organizations the user is a member of. */
  readonly organizations: readonly string[];
  /** The user's permissions at the publisher's APIs: the `permissions` claim. Default: no such claim. */
  readonly permissions?: readonly string[];
  /** Further claims of the scopes `profile` and `phone`. */
  readonly standardClaims?: StandardClaims;
  readonly isBlocked: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A user as given to `createMockServer`; only `id` is needed, the rest is made up from it. */
export type UserOptions = Pick<User, 'id'> & Partial<Omit<User, 'id' | 'createdAt' | 'updatedAt'>>;

const SEEDED_AT = Date.UTC(2024, 0, 15, 9, 30);

/** The users every server starts with unless `users` is given. */
export const SEEDED_USERS: readonly UserOptions[] = [
  {
    id: 'ada',
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.com',
    locale: 'en-GB',
    tags: ['premium'],
    organizations: ['org_analytical'],
    permissions: ['publishers:read'],
    billingAddress: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      street: '12 St James’s Square',
      zip: 'SW1Y 4JH',
      city: 'London',
      country: 'GB',
    },
  },
  {
    id: 'grace',
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@example.com',
    locale: 'en-US',
  },
  {
    id: 'alan',
    firstName: 'Alan',
    lastName: 'Turing',
    email: 'alan@example.com',
    emailVerified: false,
    locale: 'sv-SE',
  },
];

/** Fills in the defaults of a user. */
export function createUser(options: UserOptions, now: number = SEEDED_AT): User {
  const email = options.email ?? `${options.id}@example.com`;
  return {
    sub: `email|${options.id}`,
    email,
    emailVerified: true,
    name: displayName(options) ?? email,
    organizations: [],
    isBlocked: false,
    createdAt: now,
    updatedAt: now,
    ...options,
  };
}

/** First and last name as one string, undefined when there is neither. */
export function displayName(fields: ProfileFields): string | undefined {
  const name = [fields.firstName, fields.lastName].filter(Boolean).join(' ');
  return name === '' ? undefined : name;
}
