import * as v from 'valibot';
import type { ClientOptions } from './clients.js';
import type { ClockStep } from './clock.js';
import type { RequestFilter } from './control/requests.js';
import { isIssuer, type MockServerOptions } from './options.js';
import { isRegistrable } from './redirect-uri.js';
import { ENDPOINT_NAMES } from './request-facts.js';
import type { UserOptions } from './users.js';

/** What a configuration file may hold. */
export type ConfigFile = Omit<
  MockServerOptions,
  'onWarning' | 'hasControlPlane' | 'controlToken'
> & {
  readonly $schema?: string;
};

const text = v.string();
const texts = v.array(v.string());
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const url = v.pipe(v.string(), v.url('must be an absolute URL'));

/** A redirect URI as registered: an absolute URL in which `*` may stand. */
const registeredUrl = v.pipe(v.string(), v.check(isRegistrable, 'must be an absolute URL'));

const issuer = v.pipe(
  v.string(),
  v.check(isIssuer, 'must be an http(s) URL that ends with "/", without query or fragment'),
);

const address = v.strictObject({
  country: v.exactOptional(text),
  zip: v.exactOptional(text),
  city: v.exactOptional(text),
  street: v.exactOptional(text),
  co: v.exactOptional(text),
  firstName: v.exactOptional(text),
  lastName: v.exactOptional(text),
});

const standardClaims = v.strictObject({
  middleName: v.exactOptional(text),
  preferredUsername: v.exactOptional(text),
  profile: v.exactOptional(url),
  website: v.exactOptional(url),
  gender: v.exactOptional(text),
  birthdate: v.exactOptional(
    v.pipe(text, v.regex(/^\d{4}(-\d{2}-\d{2})?$/, 'must be YYYY-MM-DD, or YYYY')),
  ),
  zoneinfo: v.exactOptional(text),
  phoneNumberVerified: v.exactOptional(v.boolean()),
});

const userFields = {
  sub: v.exactOptional(text),
  email: v.exactOptional(v.pipe(text, v.regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'))),
  emailVerified: v.exactOptional(v.boolean()),
  name: v.exactOptional(text),
  firstName: v.exactOptional(text),
  lastName: v.exactOptional(text),
  nickname: v.exactOptional(text),
  picture: v.exactOptional(url),
  locale: v.exactOptional(text),
  mobilePhone: v.exactOptional(text),
  workPhone: v.exactOptional(text),
  homePhone: v.exactOptional(text),
  company: v.exactOptional(text),
  tags: v.exactOptional(texts),
  user_metadata: v.exactOptional(v.record(text, v.union([text, v.number()]))),
  billingAddress: v.exactOptional(address),
  deliveryAddress: v.exactOptional(address),
  organizations: v.exactOptional(texts),
  permissions: v.exactOptional(texts),
  standardClaims: v.exactOptional(standardClaims),
  isBlocked: v.exactOptional(v.boolean()),
};

/** A user of the configuration. */
export const userSchema: v.GenericSchema<unknown, UserOptions> = v.strictObject({
  id: v.pipe(text, v.minLength(1)),
  ...userFields,
});

/** Changes to a user. */
export const userChangesSchema: v.GenericSchema<
  unknown,
  Partial<Omit<UserOptions, 'id'>>
> = v.strictObject(userFields);

const clientFields = {
  name: v.exactOptional(text),
  type: v.exactOptional(v.picklist(['spa', 'native', 'web', 'management'])),
  clientSecret: v.exactOptional(v.nullable(text)),
  callbacks: v.exactOptional(v.array(registeredUrl)),
  logoutUrls: v.exactOptional(v.array(registeredUrl)),
  webOrigins: v.exactOptional(v.array(url)),
  grantTypes: v.exactOptional(
    v.array(v.picklist(['authorization_code', 'refresh_token', 'client_credentials'])),
  ),
  refreshToken: v.exactOptional(
    v.strictObject({
      rotation: v.picklist(['rotating', 'non-rotating']),
      leewaySeconds: seconds,
    }),
  ),
  scopes: v.exactOptional(texts),
  isActive: v.exactOptional(v.boolean()),
};

/** A client of the configuration. */
export const clientSchema: v.GenericSchema<unknown, ClientOptions> = v.strictObject({
  clientId: v.pipe(text, v.minLength(1)),
  ...clientFields,
});

/** Changes to a client. */
export const clientChangesSchema: v.GenericSchema<
  unknown,
  Partial<Omit<ClientOptions, 'clientId'>>
> = v.strictObject(clientFields);

/** Picks requests of the log. */
export const requestFilterSchema: v.GenericSchema<unknown, RequestFilter> = v.strictObject({
  method: v.exactOptional(text),
  path: v.exactOptional(text),
  endpoint: v.exactOptional(v.picklist(ENDPOINT_NAMES)),
  grant: v.exactOptional(v.nullable(text)),
  clientId: v.exactOptional(v.nullable(text)),
  user: v.exactOptional(v.nullable(text)),
  sessionId: v.exactOptional(v.nullable(text)),
  status: v.exactOptional(v.number()),
});

/** A step of the clock. */
export const clockStepSchema: v.GenericSchema<unknown, ClockStep> = v.strictObject({
  milliseconds: v.exactOptional(v.number()),
  seconds: v.exactOptional(v.number()),
  minutes: v.exactOptional(v.number()),
  hours: v.exactOptional(v.number()),
  days: v.exactOptional(v.number()),
});

/** A configuration file: the options of `createMockServer` that are plain data. */
export const configSchema: v.GenericSchema<unknown, ConfigFile> = v.strictObject({
  $schema: v.exactOptional(text),
  issuer: v.exactOptional(issuer),
  customDomains: v.exactOptional(v.array(issuer)),
  clients: v.exactOptional(v.array(clientSchema)),
  users: v.exactOptional(v.array(userSchema)),
  vendorId: v.exactOptional(
    v.pipe(text, v.regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and dashes')),
  ),
  seed: v.exactOptional(v.union([text, v.number()])),
  fidelity: v.exactOptional(v.picklist(['documented', 'engine'])),
  lifetimes: v.exactOptional(
    v.strictObject({
      accessTokenSeconds: v.exactOptional(seconds),
      managementTokenSeconds: v.exactOptional(seconds),
      codeSeconds: v.exactOptional(seconds),
      loginSeconds: v.exactOptional(seconds),
      sessionIdleSeconds: v.exactOptional(seconds),
      sessionAbsoluteSeconds: v.exactOptional(seconds),
      refreshTokenIdleSeconds: v.exactOptional(seconds),
      refreshTokenAbsoluteSeconds: v.exactOptional(seconds),
    }),
  ),
  defaultAudience: v.exactOptional(text),
  audiences: v.exactOptional(texts),
  requiresOfflineAccess: v.exactOptional(v.boolean()),
  sendsIssParameter: v.exactOptional(v.boolean()),
  sendsAuthenticationClaims: v.exactOptional(v.boolean()),
  hasUserinfoCors: v.exactOptional(v.boolean()),
  sessionCookieScope: v.exactOptional(v.picklist(['host', 'domain'])),
  enforcesRateLimits: v.exactOptional(v.boolean()),
});
