import type { JWTPayload } from 'jose';
import type { ServerContext } from '../context.js';

/** The expected claims of an ID token; omitted ones are not checked. */
export interface ExpectedIdToken {
  readonly clientId: string;
  /** The nonce of the login; a refresh has none. */
  readonly nonce?: string | undefined;
  /** The expected subject. */
  readonly sub?: string | undefined;
  /** The maximum time since the user authenticated. */
  readonly maxAgeSeconds?: number | undefined;
  readonly organization?: string | undefined;
}

/** Allows for the time between authentication and check. */
const LEEWAY_SECONDS = 300;

/**
 * Checks an ID token and returns its claims; null when it must not be trusted.
 * @see OIDC Core section 3.1.3.7
 */
export async function checkIdToken(
  server: ServerContext,
  idToken: string,
  expected: ExpectedIdToken,
): Promise<JWTPayload | null> {
  const { clientId, nonce, sub, maxAgeSeconds, organization } = expected;
  const claims = await server.keys
    .verify(idToken, server.clock.now())
    .catch((): JWTPayload => ({}));
  const isForUs = claims.iss === server.issuer && claims.aud === clientId;
  const hasNonce = nonce === undefined || claims['nonce'] === nonce;
  const isExpectedUser = sub === undefined || claims.sub === sub;
  const ageSeconds = server.clock.now() / 1000 - Number(claims['auth_time']);
  const isYoung = maxAgeSeconds === undefined || ageSeconds <= maxAgeSeconds + LEEWAY_SECONDS;
  const isMember = organization === undefined || claims['org_id'] === organization;
  const isDated = typeof claims.exp === 'number' && typeof claims.iat === 'number';
  const hasSubject = typeof claims.sub === 'string' && claims.sub !== '';
  const isWanted = hasNonce && isExpectedUser && isYoung && isMember;
  return isForUs && isWanted && isDated && hasSubject ? claims : null;
}
