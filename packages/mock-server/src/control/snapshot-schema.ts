import * as v from 'valibot';
import { isClockTime } from '../clock.js';
import type { KeyPosition } from '../keys.js';
import type { ServerState } from '../state.js';

/** The whole state of a server, as plain JSON. Holds live tokens: treat it like a password file. */
export interface Snapshot {
  readonly version: 1;
  readonly now: number;
  readonly isFrozen: boolean;
  readonly keys: KeyPosition;
  /** Key of the token handler's cookies, in base64url. */
  readonly cookieKey: string;
  readonly random: readonly number[] | null;
  /** The state, its maps as arrays of entries. */
  readonly state: {
    readonly [Name in keyof ServerState]: ServerState[Name] extends Map<string, infer Value>
      ? readonly (readonly [string, Value])[]
      : ServerState[Name];
  };
}

const text = v.string();
const textOrNull = v.nullable(text);
const time = v.pipe(v.number(), v.finite());
const timeOrNull = v.nullable(time);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The entries of a map. */
function entries<const Schema extends v.GenericSchema>(
  value: Schema,
): v.ArraySchema<v.TupleSchema<[typeof text, Schema], undefined>, undefined> {
  return v.array(v.tuple([text, value]));
}

const address = v.record(text, text);

/** Loose, as a JavaScript caller may have given users and clients further fields. */
const user = v.looseObject({
  id: text,
  sub: text,
  email: text,
  emailVerified: v.boolean(),
  name: text,
  organizations: v.array(text),
  permissions: v.exactOptional(v.array(text)),
  standardClaims: v.exactOptional(
    v.strictObject({
      middleName: v.exactOptional(text),
      preferredUsername: v.exactOptional(text),
      profile: v.exactOptional(text),
      website: v.exactOptional(text),
      gender: v.exactOptional(text),
      birthdate: v.exactOptional(text),
      zoneinfo: v.exactOptional(text),
      phoneNumberVerified: v.exactOptional(v.boolean()),
    }),
  ),
  isBlocked: v.boolean(),
  createdAt: time,
  updatedAt: time,
  firstName: v.exactOptional(text),
  lastName: v.exactOptional(text),
  nickname: v.exactOptional(text),
  picture: v.exactOptional(text),
  locale: v.exactOptional(text),
  mobilePhone: v.exactOptional(text),
  workPhone: v.exactOptional(text),
  homePhone: v.exactOptional(text),
  company: v.exactOptional(text),
  tags: v.exactOptional(v.array(text)),
  user_metadata: v.exactOptional(v.record(text, v.union([text, v.number()]))),
  billingAddress: v.exactOptional(address),
  deliveryAddress: v.exactOptional(address),
});

const client = v.looseObject({
  clientId: text,
  name: text,
  type: v.picklist(['spa', 'native', 'web', 'management']),
  secretHash: textOrNull,
  callbacks: v.array(text),
  logoutUrls: v.array(text),
  webOrigins: v.array(text),
  grantTypes: v.array(v.picklist(['authorization_code', 'refresh_token', 'client_credentials'])),
  refreshToken: v.strictObject({
    rotation: v.picklist(['rotating', 'non-rotating']),
    leewaySeconds: v.number(),
  }),
  scopes: v.array(text),
  isActive: v.boolean(),
});

const authorizationRequest = v.strictObject({
  clientId: text,
  redirectUri: v.pipe(text, v.url()),
  responseMode: v.picklist(['query', 'fragment', 'form_post', 'web_message']),
  scope: text,
  audience: text,
  state: textOrNull,
  nonce: textOrNull,
  codeChallenge: textOrNull,
  codeChallengeMethod: v.picklist(['S256', 'plain']),
  prompt: v.array(text),
  maxAgeSeconds: v.nullable(v.number()),
  loginHint: textOrNull,
  screenHint: textOrNull,
  uiLocales: textOrNull,
  acrValues: textOrNull,
  organization: textOrNull,
  connection: textOrNull,
  requestedClaims: v.strictObject({ idToken: v.array(text), userinfo: v.array(text) }),
  issuer: text,
});

const login = v.strictObject({
  id: text,
  request: authorizationRequest,
  createdAt: time,
  status: v.picklist(['pending', 'authenticated', 'completed']),
  email: textOrNull,
  oneTimeCode: textOrNull,
  wrongCodes: count,
  userId: textOrNull,
});

const session = v.strictObject({
  id: text,
  userId: text,
  createdAt: time,
  authenticatedAt: time,
  lastUsedAt: time,
  clientIds: v.array(text),
  requestedClaims: v.array(text),
  endedAt: timeOrNull,
  endedBecause: textOrNull,
});

const code = v.strictObject({
  code: text,
  request: authorizationRequest,
  userId: text,
  sessionId: text,
  authenticatedAt: time,
  issuedAt: time,
  usedAt: timeOrNull,
});

const family = v.strictObject({
  id: text,
  clientId: text,
  userId: text,
  sessionId: text,
  scope: text,
  audience: text,
  organization: textOrNull,
  issuer: text,
  authenticatedAt: time,
  acr: v.exactOptional(textOrNull),
  createdAt: time,
  lastUsedAt: time,
  revokedAt: timeOrNull,
  revokedBecause: textOrNull,
});

const refreshToken = v.strictObject({
  id: text,
  token: text,
  familyId: text,
  parentId: textOrNull,
  issuedAt: time,
  spentAt: timeOrNull,
  uses: v.array(
    v.strictObject({
      at: time,
      outcome: v.picklist(['accepted', 'accepted in leeway', 'refused']),
    }),
  ),
});

const keys = v.pipe(
  v.strictObject({ current: count, oldest: count }),
  v.check(
    ({ current, oldest }) => oldest <= current,
    'must have no oldest key after the current one',
  ),
);

const state = v.strictObject({
  users: entries(user),
  clients: entries(client),
  logins: entries(login),
  sessions: entries(session),
  codes: entries(code),
  families: entries(family),
  refreshTokens: entries(refreshToken),
  handlerLogouts: entries(v.strictObject({ at: time })),
  management: v.record(text, v.array(v.record(text, v.unknown()))),
  rateLimits: entries(v.strictObject({ endsAt: time, left: v.number() })),
});

/** A whole snapshot: a missing part would fail some later request. */
export const snapshotSchema: v.GenericSchema<unknown, Snapshot> = v.strictObject({
  version: v.literal(1),
  now: v.pipe(v.number(), v.check(isClockTime, 'must be a time between the years 1970 and 9999')),
  isFrozen: v.boolean(),
  keys,
  cookieKey: v.pipe(text, v.regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')),
  random: v.nullable(v.pipe(v.array(v.number()), v.length(4))),
  state,
});
