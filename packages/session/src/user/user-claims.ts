import { pathsOf } from '../api/schema-paths.js';
import { AuthError } from '../errors.js';
import type { UserSchema } from '../options.js';
import { isUser, type User } from '../user.js';

/** Claims of the protocol, which are not part of the user. */
const PROTOCOL_CLAIMS =
  /^(iss|aud|azp|exp|iat|nbf|jti|nonce|(at|c|s)_hash|sid|auth_time|acr|amr|act)$/;

/** Returns the claims about the user. A changed `exp`, e.g., is not a changed user. */
export function withoutProtocolClaims(
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !PROTOCOL_CLAIMS.test(name)));
}

/** Returns the user that the schema makes of a user's claims. @throws AuthError `claims_rejected`, `invalid_configuration` */
export type CheckUser = (claims: User) => User;

/** Creates the check of a session. The same claims give the same user, so that a renewal renders nothing. */
export function createCheckUser(schema: UserSchema | undefined): CheckUser {
  if (schema === undefined) return (claims) => claims;
  let last: { readonly text: string; readonly user: User } | undefined;
  return (claims) => {
    const text = JSON.stringify(claims);
    if (last?.text !== text) last = { text, user: checkUser(claims, schema) };
    return last.user;
  };
}

/** @throws AuthError `claims_rejected`; the message names the claims, never their values */
export function checkUser(claims: User, schema: UserSchema | undefined): User {
  if (schema === undefined) return claims;
  const result = schema['~standard'].validate(claims);
  if (result instanceof Promise) {
    throw new AuthError(
      'invalid_configuration',
      'The option "userSchema" must validate synchronously, since the first render cannot wait for it.',
    );
  }
  if (result.issues !== undefined) throw claimsRejected(pathsOf(result.issues));
  if (isUser(result.value)) return result.value;
  throw claimsRejected(['sub']);
}

function claimsRejected(claims: readonly string[]): AuthError {
  const names = claims.map((claim) => `"${claim}"`).join(', ');
  return new AuthError(
    'claims_rejected',
    `The user's claims do not match "userSchema": ${names}. Request the scope that provides them, or make them optional in the schema.`,
    { claims },
  );
}
