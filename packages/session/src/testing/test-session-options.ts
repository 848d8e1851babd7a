import type { SessionOptions, UserSchema } from '../options.js';
import type { SessionInfo } from '../session.js';
import type { SessionState } from '../state.js';
import type { User } from '../user.js';
import type { RegisteredUser } from '../user/register.js';
import type { TestResponses } from './test-api.js';

/** Options of `createTestSession` in addition to its state. */
export interface TestSessionSettings extends Partial<SessionOptions>, TestResponses {
  /** What `getAccessToken` resolves to while a user is signed in. Default `test-access-token`. */
  readonly accessToken?: string | undefined;
  /** What `info` resolves to while a user is signed in; the rest is `null`. */
  readonly info?: Partial<SessionInfo> | undefined;
}

/** The signed-in `user`, or any other `state`; by default no user is signed in. */
export type TestState =
  | { readonly user?: RegisteredUser | undefined; readonly state?: undefined }
  | { readonly user?: undefined; readonly state?: SessionState | undefined };

/** With a `userSchema`, the `user` is what the schema receives: the claims of a user, as a server sends them. */
export interface TestClaims {
  readonly userSchema: UserSchema;
  readonly user: User;
  readonly state?: undefined;
}

/**
 * Options of `createTestSession`. Those of a real session may be among them, such as `mode`, `apiUrl` and
 * `allowedOrigins`; `clientId` is optional.
 */
export type TestSessionOptions = TestSessionSettings & (TestState | TestClaims);
